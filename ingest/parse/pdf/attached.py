"""Takes out the files that are embedded in a PDF or pinned to its pages, and has them read."""

from collections.abc import Iterable, Iterator

import pypdfium2

from ingest.document import Locator, ParsedDocument, Unread
from ingest.parse.context import Context
from ingest.said import Said

Attached = tuple[str, bytes | None]
"""The name of an embedded file and its bytes, None where it is damaged or there is no room for it."""

_MOST_FILES = 200
_PLACE = Locator(kind="page", page=1)


def take_out(document: pypdfium2.PdfDocument, max_bytes: int) -> Iterator[Attached]:
    """The embedded files in the file's order, until `max_bytes` are reached."""
    for at in range(min(document.count_attachments(), _MOST_FILES)):
        name = f"{at + 1}"
        try:
            attachment = document.get_attachment(at)
            name = attachment.get_name() or name
            content = bytes(attachment.get_data()) if max_bytes > 0 else None
        except pypdfium2.PdfiumError:
            content = None
        max_bytes -= len(content or b"")
        yield name, content


def read_attached(files: Iterable[Attached], context: Context) -> Iterator[ParsedDocument]:
    """What each embedded file holds. It may be a PDF itself: pdfium must be free by now."""
    for name, content in files:
        if content is not None:
            yield context.inside(name, content, _PLACE)
            continue
        unread = Unread(
            message=Said("The attachment {name} was not taken out of the PDF: it is damaged or too large.", name=name),
            hint="Open the PDF in a viewer and save the attachment on its own.",
            locator=_PLACE,
        )
        yield ParsedDocument(elements=(), unread=(unread,))
