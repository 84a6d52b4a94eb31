"""Windows metafiles (EMF, WMF): drawings, which only LibreOffice can turn into pixels."""

import struct

from ingest.errors import UnsupportedFormat

_WMF = (b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00")


def is_metafile(content: bytes) -> bool:
    """Whether it is an EMF ([MS-EMF] 2.3.4.2) or WMF ([MS-WMF] 2.3.2) file."""
    return content.startswith(_WMF) or _is_emf(content)


def _is_emf(content: bytes) -> bool:
    return len(content) >= 44 and struct.unpack_from("<I", content)[0] == 1 and content[40:44] == b" EMF"


def to_png(content: bytes, name: str) -> bytes:
    """The drawing as a picture. Raises `UnsupportedFormat` when there is no LibreOffice to draw it."""
    raise UnsupportedFormat(f"{name} is a Windows metafile, which was not read.", "Save it as PNG and put it in again.")
