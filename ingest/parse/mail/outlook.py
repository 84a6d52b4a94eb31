"""Reads Outlook messages (.msg): an OLE container with one stream for each property (MS-OXMSG, MS-OXPROPS).

python-oxmsg was looked at: it takes undeclared 8-bit text for Latin-9, which garbles what Chinese Outlook wrote, and
gives no messages inside messages.
"""

import re
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import policy
from email.header import Header
from email.message import EmailMessage
from email.parser import HeaderParser
from pathlib import Path

import olefile

from ingest.document import ParsedDocument
from ingest.errors import DamagedDocument, UnreadableFile
from ingest.parse.context import PLAIN, Context
from ingest.parse.mail import header
from ingest.parse.mail.letter import Letter, Part, Stated
from ingest.parse.mail.packed_rtf import unpack
from ingest.parse.mail.parser import read_whole
from ingest.parse.plain.encoding import decode
from ingest.parse.rtf.text import plain_text
from ingest.said import Said

_SUBJECT, _HEADERS, _TO, _CC, _BCC = 0x0037, 0x007D, 0x0E04, 0x0E03, 0x0E02
_SENDER_NAME, _SENDER_SMTP, _SENDER_ADDRESS = 0x0C1A, 0x5D01, 0x0C1F
_SENT, _RECEIVED = 0x0039, 0x0E06
_BODY, _HTML, _RTF = 0x1000, 0x1013, 0x1009
_INTERNET_CODEPAGE, _CODEPAGE = 0x3FDE, 0x3FFD
_ATTACH_DATA, _LONG_NAME, _SHORT_NAME, _DISPLAY_NAME = 0x3701, 0x3707, 0x3704, 0x3001
_MEDIA, _CONTENT_ID, _CONTENT_LOCATION = 0x370E, 0x3712, 0x3713
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_DEEPEST = 4


def parse(path: Path, context: Context = PLAIN) -> ParsedDocument:
    """Read an Outlook message with its attachments. The body is part 1, the attachments are parts 2, 3, …

    Raises `UnreadableFile`, `DamagedDocument`, `EncryptedDocument` and `EmptyDocument`.
    """
    try:
        with olefile.OleFileIO(path) as container:
            letter = _letter(_Storage(container, ()), 0)
    # What olefile raises on malformed containers; its own errors are OSErrors without a number.
    except (OSError, ValueError, IndexError, TypeError, KeyError, struct.error) as error:
        if isinstance(error, OSError) and error.errno:
            raise UnreadableFile(
                Said("{name} cannot be read: {why}.", name=path.name, why=error.strerror),
                "Check the file's rights, then ingest again.",
            ) from error
        raise DamagedDocument(
            Said("{name} is a truncated or damaged Outlook message.", name=path.name), "Save it again from Outlook."
        ) from error
    return read_whole(path, letter, context)


@dataclass(frozen=True)
class _Storage:
    """A message, recipient or attachment inside the container."""

    container: olefile.OleFileIO
    path: tuple[str, ...]

    def text(self, property_id: int) -> str:
        """A property of text; empty when there is none."""
        wide = self._stream(f"__substg1.0_{property_id:04X}001F")
        if wide is not None:
            return wide.decode("utf-16-le", "replace").strip("\0")
        narrow = self._stream(f"__substg1.0_{property_id:04X}001E")
        if narrow is None:
            return ""
        narrow = narrow.rstrip(b"\0")
        return decode(narrow, self.charset(_CODEPAGE)) or narrow.decode("utf-8", "replace")

    def binary(self, property_id: int) -> bytes:
        """A property of bytes; empty when there is none."""
        return self._stream(f"__substg1.0_{property_id:04X}0102") or b""

    def fixed(self, property_id: int) -> bytes:
        """The eight bytes of a property of fixed size; empty when there is none."""
        stream = self._stream("__properties_version1.0") or b""
        # The header is of another size in messages, embedded messages and attachments; all are a multiple of 8.
        start = {0: 32}.get(len(self.path), 24 if self.path[-1:] == ("__substg1.0_3701000D",) else 8)
        for at in range(start, len(stream) - 15, 16):
            if stream[at + 2 : at + 4] == property_id.to_bytes(2, "little"):
                return stream[at + 8 : at + 16]
        return b""

    def charset(self, property_id: int) -> str:
        """The name of a code page that a property states; empty when it states none."""
        number = int.from_bytes(self.fixed(property_id)[:4], "little")
        return {0: "", 65001: "utf-8", 54936: "gb18030", 20936: "gb2312", 28591: "latin1"}.get(number, f"cp{number}")

    def below(self, prefix: str) -> "list[_Storage]":
        """The storages in this one whose names begin with `prefix`, in order."""
        depth = len(self.path)
        names = {
            entry[depth]
            for entry in map(tuple, self.container.listdir(streams=False, storages=True))
            if len(entry) == depth + 1 and entry[:depth] == self.path and entry[depth].startswith(prefix)
        }
        return [_Storage(self.container, (*self.path, name)) for name in sorted(names)]

    def _stream(self, name: str) -> bytes | None:
        path = [*self.path, name]
        if not self.container.exists(path) or self.container.get_type(path) != olefile.STGTY_STREAM:
            return None
        with self.container.openstream(path) as stream:
            return bytes(stream.read())


def _letter(message: _Storage, depth: int) -> Letter:
    sent = _sent(message)
    letter = Letter(" ".join(message.text(_SUBJECT).split()), _stated(message, sent), sent)
    body = _body(message)
    if body.content.strip():
        letter.texts.append(body)
    for number, attachment in enumerate(message.below("__attach_version1.0_"), start=2):
        _attach(letter, attachment, str(number), depth)
    return letter


def _body(message: _Storage) -> Part:
    """The richer text: HTML, else plain, else what the packed RTF says."""
    html = message.binary(_HTML)
    if html:
        return Part("1", "text/html", html, charset=message.charset(_INTERNET_CODEPAGE))
    text = message.text(_HTML) or message.text(_BODY)
    media = "text/html" if message.text(_HTML) else "text/plain"
    if not text.strip():
        text = plain_text(unpack(message.binary(_RTF)))
    return Part("1", media, text.encode("utf-8", "replace"), charset="utf-8")


def _stated(message: _Storage, sent: datetime | None) -> tuple[Stated, ...]:
    name, address = message.text(_SENDER_NAME), message.text(_SENDER_SMTP) or message.text(_SENDER_ADDRESS)
    # Inside an Exchange domain the address is a directory path (/O=…), which says nothing to a reader.
    known = "@" in address and address != name
    values = {
        "From": " ".join(filter(None, (name, f"<{address}>" if known and name else address if known else ""))),
        "To": message.text(_TO),
        "Cc": message.text(_CC),
        "Bcc": message.text(_BCC),
        "Date": f"{sent:%Y-%m-%d %H:%M}{' UTC' if sent.tzinfo is UTC else ''}" if sent else "",
    }
    people = {field: "、".join(filter(None, re.split(r"\s*;\s*", value))) for field, value in values.items()}
    return tuple(Stated(field, header.SHOWN[field], value.strip()) for field, value in people.items() if value.strip())


def _sent(message: _Storage) -> datetime | None:
    """When it was sent: by the sender's clock where the header came along, else in UTC."""
    stated = header.sent(HeaderParser().parsestr(message.text(_HEADERS)))
    ticks = int.from_bytes(message.fixed(_SENT) or message.fixed(_RECEIVED), "little")
    if stated or not 0 < ticks < 1 << 62:
        return stated
    try:
        return _EPOCH + timedelta(microseconds=ticks // 10)
    except OverflowError:
        return None


def _attach(letter: Letter, attachment: _Storage, number: str, depth: int) -> None:
    name = next(filter(None, map(attachment.text, (_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME))), "")
    media = attachment.text(_MEDIA).lower()
    names = tuple(filter(None, (attachment.text(_CONTENT_ID).strip("<> "), attachment.text(_CONTENT_LOCATION))))
    inner = attachment.below(f"__substg1.0_{_ATTACH_DATA:04X}000D")
    part = Part(number, media, attachment.binary(_ATTACH_DATA), name, names=names)
    if inner and inner[0].container.exists([*inner[0].path, "__properties_version1.0"]) and depth < _DEEPEST:
        nested = _letter(inner[0], depth + 1)
        letter.files.append(Part(number, "message/rfc822", _as_mime(nested), f"{nested.subject or name or 'mail'}.eml"))
    elif inner:
        letter.sealed.append((part, "object"))
    elif name.lower().endswith((".p7m", ".p7s")) or media.startswith(("multipart/signed", "application/pkcs7")):
        if not name.lower().endswith(".p7s"):
            letter.sealed.append((part, "encrypted" if "signed" not in media else "signed"))
    elif media.startswith("image/") or name.lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".bmp")):
        letter.pictures.append(part)
    elif part.content:
        letter.files.append(part)


def _as_mime(letter: Letter) -> bytes:
    """A message inside a message as a file of its own, with the same parts in the same order."""
    message = EmailMessage()
    message["Subject"] = letter.subject
    for line in letter.stated:
        if line.field == "Date" and letter.sent:
            message["Date"] = letter.sent
        elif line.field != "Date":
            # As a bare phrase: what stands here need not be an address, and the library drops what it cannot parse.
            message._headers.append((line.field, Header(line.value, "utf-8").encode()))  # type: ignore[attr-defined]
    for text in letter.texts:
        message.set_content(text.content.decode(text.charset or "utf-8", "replace"), subtype=text.media.split("/")[1])
    for part in (*letter.pictures, *letter.files):
        main, _, sub = (part.media or "application/octet-stream").partition("/")
        if main in ("message", "multipart", "text") or not sub:
            main, sub = "application", "octet-stream"
        message.add_attachment(
            part.content, main, sub, filename=part.name or None, cid=f"<{part.names[0]}>" if part.names else None
        )
    return message.as_bytes(policy=policy.compat32)
