"""Has the files read that are embedded in a PDF or pinned to its pages."""

from collections.abc import Iterator

import pypdfium2

from ingest.document import Locator, ParsedDocument, Unread
from ingest.parse.context import Context

_MOST_FILES = 200


def read_attached(document: pypdfium2.PdfDocument, context: Context) -> Iterator[ParsedDocument]:
    """What each embedded file holds, in the file's order."""
    if context.nested is None:
        return
    place = Locator(kind="page", page=1)
    for at in range(min(document.count_attachments(), _MOST_FILES)):
        name = f"{at + 1}"
        try:
            attachment = document.get_attachment(at)
            name = attachment.get_name() or name
            content = bytes(attachment.get_data())
        except pypdfium2.PdfiumError:
            unread = Unread(
                message=f"The attachment {name} cannot be taken out of the PDF.",
                hint="Open the PDF in a viewer and save the attachment on its own.",
                locator=place,
            )
            yield ParsedDocument(elements=(), unread=(unread,))
            continue
        yield context.inside(name, content, place)
