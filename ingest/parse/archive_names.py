"""The names inside a zip archive: decoded as they were meant, and refused where they lead out of the archive."""

import re
import stat
import struct
import unicodedata
import zipfile
import zlib

_UTF8_FLAG = 0x800
_UNICODE_PATH = 0x7075
_DRIVE = re.compile(r"^[A-Za-z]:")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")


def name_of(entry: zipfile.ZipInfo) -> str:
    """The member's name. Archives made on a Chinese Windows hold GBK and do not say so (APPNOTE.TXT, appendix D)."""
    name = entry.orig_filename
    if not entry.flag_bits & _UTF8_FLAG:
        # zipfile has read it as CP437, which gives every byte a character.
        raw = name.encode("cp437", "replace")
        name = _unicode_path(entry.extra, raw) or _decoded(raw)
    return unicodedata.normalize("NFC", name).replace("\\", "/")


def safe_parts(entry: zipfile.ZipInfo) -> tuple[str, ...] | None:
    """The folders and the name of the member below the archive; None when it must not be unpacked: it is a link or no
    file at all, or its name is absolute, climbs (`..`), or cannot be one.
    """
    name = name_of(entry)
    kind = stat.S_IFMT(entry.external_attr >> 16)
    parts = tuple(part for part in name.split("/") if part not in ("", "."))
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR) or not parts:
        return None
    if name.startswith("/") or ".." in parts or any(_DRIVE.match(part) or _CONTROLS.search(part) for part in parts):
        return None
    return parts


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437")


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    """The UTF-8 name that Info-ZIP puts beside the one in the archive's own encoding (APPNOTE.TXT, 4.6.9)."""
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and len(field) > 5 and struct.unpack_from("<L", field, 1)[0] == zlib.crc32(raw):
            try:
                return field[5:].decode()
            except UnicodeDecodeError:
                return None
    return None
