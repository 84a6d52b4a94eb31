"""Takes a MIME message apart (RFC 2045 to 2049): which parts are its text, its pictures, its files.

Python's own parser finds the parts; what it makes of wrong charsets and raw bytes in headers is done in header.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from email import policy
from email.message import Message
from email.parser import BytesParser

from ingest.parse.mail import header
from ingest.parse.mail.letter import Letter, Part

_TEXTS = ("text/html", "text/plain")
_ENCRYPTED = frozenset({"multipart/encrypted"})
_SMIME = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_SIGNATURES = frozenset({
    "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature", "application/pgp-keys"
})  # fmt: skip
_TNEF = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_DEEPEST = 30


def read(data: bytes) -> Letter | None:
    """The mail that `data` is, or None where it has no header that a mail has."""
    message = BytesParser(policy=policy.compat32).parsebytes(data.lstrip())
    if not any(message[name] for name in ("From", "To", "Subject", "Date", "MIME-Version", "Received")):
        return None
    letter = Letter(header.text_of(message, "Subject"), header.stated(message), header.sent(message))
    _Sorter(letter).sort(message, "", 0)
    return letter


@dataclass
class _Sorter:
    """Puts each part where it belongs. `shown` are the pictures beside an HTML text, which may show them."""

    letter: Letter
    shown: list[Part] = field(default_factory=list)

    def sort(self, message: Message, number: str, depth: int) -> None:
        media = message.get_content_type()
        if media in _ENCRYPTED:
            self.letter.sealed.append((Part(number or "1", media, b""), "encrypted"))
        elif message.get_content_maintype() == "multipart" and message.is_multipart() and depth < _DEEPEST:
            children = list(_numbered(message, number))
            if media == "multipart/alternative":
                children = _best(children)
            for child_number, child in children:
                self.sort(child, child_number, depth + 1)
        elif media in _SIGNATURES:
            return
        else:
            self._leaf(message, number or "1", media)

    def _leaf(self, message: Message, number: str, media: str) -> None:
        letter = self.letter
        part = _part(message, number, media)
        attached = message.get_content_disposition() == "attachment"
        if media in _SMIME:
            sealed = str(message.get_param("smime-type") or "").lower() != "signed-data"
            letter.sealed.append((part, "encrypted" if sealed else "signed"))
        elif media in _TNEF or part.name.lower() == "winmail.dat":
            letter.sealed.append((part, "tnef"))
        elif media == "text/calendar":
            letter.calendars.append(part)
        elif media in _TEXTS and not attached and not part.name:
            letter.texts.append(part)
        elif media.startswith("image/"):
            letter.pictures.append(part)
        else:
            letter.files.append(part)


def _numbered(message: Message, number: str) -> Iterator[tuple[str, Message]]:
    """The parts of a multipart message with their numbers."""
    for at, child in enumerate(message.get_payload(), start=1):
        if isinstance(child, Message):
            yield f"{number}.{at}" if number else str(at), child


def _best(children: list[tuple[str, Message]]) -> list[tuple[str, Message]]:
    """Of several renderings of one text, the last with text in it (they stand in order of richness), and a calendar."""

    def has_text(message: Message) -> bool:
        leaves = [one for one in message.walk() if one.get_content_type() in _TEXTS]
        return any(str(one.get_payload()).strip() for one in leaves)

    texts = [child for child in children if has_text(child[1])]
    calendars = [child for child in children if child[1].get_content_type() == "text/calendar"]
    html = [child for child in texts if any(one.get_content_type() == "text/html" for one in child[1].walk())]
    return [*(html or texts)[-1:], *calendars] or children


def _part(message: Message, number: str, media: str) -> Part:
    name = header.file_name(message)
    if media == "message/rfc822" and message.is_multipart():
        inner = message.get_payload(0)
        content = inner.as_bytes(policy=policy.compat32) if isinstance(inner, Message) else b""
        name = name or f"{header.text_of(inner, 'Subject') if isinstance(inner, Message) else ''}.eml"
    else:
        payload = message.get_payload(decode=True)
        content = payload if isinstance(payload, bytes) else b""
    names = tuple(
        value.strip("<> ")
        for value in (header.text_of(message, "Content-ID"), header.text_of(message, "Content-Location"))
    )
    return Part(number, media, content, name, header.charset(message), tuple(filter(None, names)))
