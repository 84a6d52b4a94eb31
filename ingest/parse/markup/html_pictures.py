"""Finds the pictures of an HTML page that the file itself carries. Others would have to be fetched, and never are."""

import base64
import binascii
import re
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

FindPicture = Callable[[str], tuple[str, bytes] | None]
"""Gives the name and the bytes of the picture that a `src` names, or None where the file does not carry it."""

_DATA_URI = re.compile(r"data:image/(?P<kind>[\w.+-]+)(?:;[\w=.+-]+)*?(?P<base64>;base64)?,(?P<data>.*)", re.I | re.S)


def carries_none(source: str) -> None:
    """For pages that have no pictures beside those written into them."""


def written_in(source: str) -> bytes | None:
    """The picture that is written into its own address (RFC 2397), or None where it is not, or is damaged."""
    found = _DATA_URI.match(source.strip())
    if not found or found["kind"].lower().startswith("svg"):
        return None
    if not found["base64"]:
        return unquote_to_bytes(found["data"])
    try:
        return base64.b64decode(re.sub(rb"\s", b"", unquote_to_bytes(found["data"])))
    except binascii.Error:
        return None
