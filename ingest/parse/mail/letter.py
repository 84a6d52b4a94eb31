"""A mail as its reader sees it, whichever program wrote the file: what its header states, its texts, its files."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Stated:
    """A line of the header: the field's name, what mail programs call it, and its value."""

    field: str
    label: str
    value: str


@dataclass(frozen=True)
class Part:
    """A text or file of the mail.

    `number` is the part's number (RFC 3501 section 6.4.5), `media` its type as `text/html`, `name` the file's name or
    empty, `charset` what is stated of its encoding. `names` are those under which an HTML text refers to it: its
    content id and location.
    """

    number: str
    media: str
    content: bytes
    name: str = ""
    charset: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Letter:
    """`texts` are read one after the other; `pictures` only where no text shows them; `sealed` are parts that nobody
    can read without a key, or that are packed in a way only their program knows: what each is.
    """

    subject: str
    stated: tuple[Stated, ...]
    sent: datetime | None
    texts: list[Part] = field(default_factory=list)
    pictures: list[Part] = field(default_factory=list)
    files: list[Part] = field(default_factory=list)
    calendars: list[Part] = field(default_factory=list)
    sealed: list[tuple[Part, str]] = field(default_factory=list)
