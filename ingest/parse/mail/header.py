"""Decodes what mail headers state: encoded words (RFC 2047), parameters (RFC 2231), and bytes that break both."""

import base64
import binascii
import quopri
import re
from datetime import datetime
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from ingest.parse.mail.letter import Stated
from ingest.parse.plain.encoding import decode

SHOWN = {
    "From": "发件人",
    "Sender": "代发人",
    "To": "收件人",
    "Cc": "抄送",
    "Bcc": "密送",
    "Date": "日期",
}
"""The fields a reader is shown, by the names that mail programs give them."""
_WORD = re.compile(r"=\?([^?\s]+)\?([bqBQ])\?([^?]*)\?=")
_WORDS = re.compile(rf"{_WORD.pattern}(?:\s*{_WORD.pattern})*")
_LONGEST = 4000


def text_of(message: Message, name: str) -> str:
    """The header field as its reader sees it; empty when there is none."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")
    return decoded(raw)


def decoded(raw: str) -> str:
    """A header's raw value (undecoded bytes as surrogates) on one line, with its encoded words decoded."""
    data = raw.encode("utf-8", "surrogateescape")
    text = decode(data) or data.decode("utf-8", "replace")
    return " ".join(_WORDS.sub(lambda found: _words(found[0]), text).split())[:_LONGEST]


def stated(message: Message) -> tuple[Stated, ...]:
    """The fields that a reader is shown."""
    found = []
    for field, label in SHOWN.items():
        value = text_of(message, field)
        if field == "Date":
            moment = sent(message)
            value = f"{moment:%Y-%m-%d %H:%M}" if moment else value
        else:
            value = _people(message, field) or value
        if value and not (field == "Sender" and value == _people(message, "From")):
            found.append(Stated(field, label, value))
    return tuple(found)


def sent(message: Message) -> datetime | None:
    """When the mail was sent, by the sender's clock."""
    try:
        return parsedate_to_datetime(text_of(message, "Date"))
    except ValueError:
        return None


def file_name(message: Message) -> str:
    """The name of the file that the part carries; empty when it has none."""
    for parameter, header in (("filename", "content-disposition"), ("name", "content-type")):
        found = message.get_param(parameter, header=header)
        if isinstance(found, tuple):
            charset, _, value = found
            return decode(value.encode("latin-1", "replace"), charset or "") or value
        if found:
            return decoded(str(found))
    return ""


def charset(message: Message) -> str:
    """What the part states of its encoding; empty when it states nothing."""
    found = message.get_param("charset")
    return found[2] if isinstance(found, tuple) else str(found or "")


def _people(message: Message, name: str) -> str:
    """The names and addresses of a field; empty where they cannot be told apart."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")
    pairs = [(decoded(person), decoded(address)) for person, address in getaddresses([raw])]
    return "、".join(f"{person} <{address}>" if person and address else person or address for person, address in pairs)


def _words(run: str) -> str:
    """Adjoining encoded words as text. Programs cut characters in two between them, so bytes are joined first."""
    pieces: list[tuple[str, bytes]] = []
    for name, kind, body in _WORD.findall(run):
        charset = name.split("*")[0].lower()
        data = _unpack(kind.lower(), body)
        if pieces and pieces[-1][0] == charset:
            pieces[-1] = charset, pieces[-1][1] + data
        else:
            pieces.append((charset, data))
    return "".join(decode(data, charset) or data.decode("utf-8", "replace") for charset, data in pieces)


def _unpack(kind: str, body: str) -> bytes:
    raw = body.encode("ascii", "ignore")
    if kind == "q":
        return quopri.decodestring(raw.replace(b"_", b" "), header=False)
    try:
        return base64.b64decode(raw.rstrip(b"=") + b"=" * (-len(raw.rstrip(b"=")) % 4))
    except binascii.Error:
        return raw
