"""Reads mailboxes (.mbox, RFC 4155): mails one after the other, each read as a file inside."""

import re
from pathlib import Path

from ingest.document import Locator, ParsedDocument
from ingest.errors import EmptyDocument
from ingest.parse.context import PLAIN, Context
from ingest.parse.file_bytes import read_bytes
from ingest.parse.gathered import Gathered
from ingest.parse.mail import mime
from ingest.said import Said

_START = re.compile(rb"^From [^\r\n]*\d{4}[^\r\n]*\r?\n", re.MULTILINE)
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)


def parse(path: Path, context: Context = PLAIN) -> ParsedDocument:
    """Read a mailbox. Each mail is a file inside, named by its number and subject.

    Raises `UnreadableFile` and `EmptyDocument`.
    """
    data = read_bytes(path)
    found = Gathered()
    separators = list(_START.finditer(data))
    starts = [one.end() for one in separators] or [0]
    ends = [*(one.start() for one in separators[1:]), len(data)]
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1):
        content = _ESCAPED.sub(rb"\1", data[start:end])
        letter = mime.read(content)
        name = f"{number} {letter.subject if letter else ''}".strip()
        found.take(context.inside(f"{name}.eml", content, Locator(kind="section")))
        context.progress(number, len(starts))
    if not found.elements and not found.unread:
        raise EmptyDocument(
            Said("{name} has no mail in it.", name=path.name), "Leave it out, or save the mails one by one."
        )
    return found.document()
