"""Opens text, HTML and mails with nothing but Python's own readers, and PDF pages with pdfplumber."""

import email
import email.policy
import html
import re
from email.message import EmailMessage
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber

from ingest.document import Locator

_TAG = re.compile(r"<[^>]+>")
_SLACK = 1.5


def lines(path: Path, locator: Locator, encoding: str, markup: bool = False) -> str:
    """The lines of a text file; of HTML without its tags."""
    if locator.line_start is None:
        raise LookupError("no line")
    text = path.read_bytes().decode(encoding).removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    chosen = text.split("\n")[locator.line_start - 1 : locator.line_end or locator.line_start]
    if not chosen:
        raise LookupError(f"line {locator.line_start}")
    said = "\n".join(chosen)
    return html.unescape(_TAG.sub("", said)) if markup else said


def page(path: Path, locator: Locator) -> str:
    """The words inside the box on the page."""
    document = _pages(path)
    if not locator.page or locator.page > len(document.pages):
        raise LookupError(f"page {locator.page}")
    if locator.bbox is None:
        raise LookupError(f"no box on page {locator.page}")
    x0, y0, x1, y1 = locator.bbox
    box = (x0 - _SLACK, y0 - _SLACK, x1 + _SLACK, y1 + _SLACK)
    said: str = document.pages[locator.page - 1].crop(box, strict=False).extract_text() or ""
    return said


def mail(path: Path, locator: Locator) -> str:
    """A header's value, or a body part's text, numbered as in IMAP."""
    message = _message(path)
    if locator.part is None:
        raise LookupError("no part")
    if locator.part in message:
        return str(message[locator.part])
    part = numbered_parts(message).get(locator.part)
    if part is None:
        raise LookupError(f"part {locator.part}")
    content = part.get_content()
    text = content if isinstance(content, str) else content.decode(errors="replace")
    return html.unescape(_TAG.sub("", text)) if part.get_content_type() == "text/html" else text


def numbered_parts(message: Any, number: str = "") -> dict[str, EmailMessage]:
    """The parts that are not containers, by their numbers (RFC 3501, section 6.4.5)."""
    if not message.is_multipart() or message.get_content_type() == "message/rfc822":
        return {number or "1": message}
    found: dict[str, EmailMessage] = {}
    for at, part in enumerate(message.iter_parts(), 1):
        found |= numbered_parts(part, f"{number}.{at}" if number else str(at))
    return found


@lru_cache(maxsize=4)
def _message(path: Path) -> EmailMessage:
    return email.message_from_bytes(path.read_bytes(), policy=email.policy.default)


@lru_cache(maxsize=2)
def _pages(path: Path) -> Any:
    return pdfplumber.open(BytesIO(path.read_bytes()))
