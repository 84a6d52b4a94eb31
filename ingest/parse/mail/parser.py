"""Reads mails as they travel (.eml, RFC 5322)."""

from pathlib import Path

from ingest.document import ParsedDocument
from ingest.errors import DamagedDocument, EmptyDocument, EncryptedDocument
from ingest.parse.context import PLAIN, Context
from ingest.parse.file_bytes import read_bytes
from ingest.parse.mail import mime
from ingest.parse.mail.header import SHOWN
from ingest.parse.mail.letter import Letter
from ingest.parse.mail.reader import read_letter
from ingest.said import Said


def parse(path: Path, context: Context = PLAIN) -> ParsedDocument:
    """Read a mail with its attachments. `part` of a locator is the header field or the part's number (RFC 3501 section
    6.4.5); lines count from the top of the decoded part.

    Raises `UnreadableFile`, `DamagedDocument` (no mail), `EncryptedDocument` and `EmptyDocument`.
    """
    letter = mime.read(read_bytes(path))
    if letter is None:
        raise DamagedDocument(
            Said("{name} has no mail header.", name=path.name), "Save the mail again from the mail program."
        )
    return read_whole(path, letter, context)


def read_whole(path: Path, letter: Letter, context: Context) -> ParsedDocument:
    """The mail that a file is. Raises `EncryptedDocument` and `EmptyDocument`."""
    open_parts = letter.texts or letter.files or letter.pictures
    if letter.sealed and not open_parts and all(why == "encrypted" for _, why in letter.sealed):
        raise EncryptedDocument(
            Said("{name} is an encrypted mail.", name=path.name),
            "Open it in a mail program that has the key, and save it decrypted.",
        )
    document = read_letter(letter, context)
    if not letter.subject and not any(element.locator.part not in SHOWN for element in document.elements):
        raise EmptyDocument(
            Said("{name} has no text in it.", name=path.name), "Leave it out, or save it again with its content."
        )
    return document
