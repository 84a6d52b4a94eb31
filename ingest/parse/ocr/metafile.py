"""Windows metafiles (EMF, WMF): drawings, which LibreOffice turns into pixels where it is there."""

import struct
import tempfile
from collections.abc import Callable
from pathlib import Path

from ingest.errors import UnsupportedFormat
from ingest.parse.context import Context
from ingest.parse.convert import saved, soffice
from ingest.said import Said

_WMF = (b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00")


def is_metafile(content: bytes) -> bool:
    """Whether it is an EMF ([MS-EMF] 2.3.4.2) or WMF ([MS-WMF] 2.3.2) file."""
    return content.startswith(_WMF) or _is_emf(content)


def to_png(content: bytes, name: str, progress: Callable[[int, int], None]) -> bytes:
    """The drawing as a picture. Raises `UnsupportedFormat` without LibreOffice, `ParseTimeout` and `DamagedDocument`
    when that cannot draw it.
    """
    if soffice() is None:
        raise UnsupportedFormat(
            Said("{name} is a Windows metafile, which is drawn by LibreOffice, and that is not installed.", name=name),
            "Install LibreOffice (Debian: apt install libreoffice-nogui), or put the picture in again as PNG.",
        )
    form = "emf" if _is_emf(content) else "wmf"
    with tempfile.TemporaryDirectory(prefix="caselore-drawing-") as folder:
        path = Path(folder) / (Path(name).name[:60] or "picture")
        path.write_bytes(content)
        with saved(path, form, "png", "png", Context(progress=progress)) as picture:
            return picture.read_bytes()


def _is_emf(content: bytes) -> bool:
    return len(content) >= 44 and struct.unpack_from("<I", content)[0] == 1 and content[40:44] == b" EMF"
