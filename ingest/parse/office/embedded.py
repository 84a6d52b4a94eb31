"""Files embedded in an Office document: what the object's part holds, and under what name.

An embedded Office file is a part of its own (`embeddings/Microsoft_Excel_Sheet1.xlsx`). Any other file is wrapped in an
OLE container: by the Packager in the stream `\\x01Ole10Native`, with its name before it; by Acrobat in `CONTENTS`; an
Office 97 object is the container itself.
"""

import posixpath
import struct

import olefile

_PACKAGED, _NATIVE, _CONTENTS = "Package", "\x01Ole10Native", "CONTENTS"
_ITSELF = (("WordDocument", ".doc"), ("Workbook", ".xls"), ("Book", ".xls"), ("PowerPoint Document", ".ppt"),
           ("__properties_version1.0", ".msg"))  # fmt: skip
_MAGICS = ((b"%PDF-", ".pdf"), (b"{\\rtf", ".rtf"), (b"PK\x03\x04", ""))
_MOST_NAME = 1024


def embedded_file(part: str, blob: bytes) -> tuple[str, bytes] | None:
    """(name, content) of the file in the object part `part`; None where it holds no file (a formula, a drawing).

    The name is what the user saw where the object says it, else the part's own.
    """
    name = posixpath.basename(part)
    if not blob.startswith(olefile.MAGIC):
        return name, blob
    stem = posixpath.splitext(name)[0]
    try:
        with olefile.OleFileIO(blob) as container:
            if container.exists(_NATIVE):
                return _unwrapped(container.openstream(_NATIVE).read(), stem)
            for stream in (_PACKAGED, _CONTENTS):
                if container.exists(stream):
                    content = container.openstream(stream).read()
                    endings = [ending for magic, ending in _MAGICS if content.startswith(magic)]
                    return (f"{stem}{endings[0]}", content) if endings else None
            for stream, ending in _ITSELF:
                if container.exists(stream):
                    return f"{stem}{ending}", blob
    except (OSError, ValueError, IndexError, TypeError, struct.error):  # what olefile raises on malformed containers
        return name, blob
    return None


def _unwrapped(native: bytes, stem: str) -> tuple[str, bytes] | None:
    """The file in an Ole10Native stream: size, 2 bytes, label, path, 8 bytes, path, size, content ([MS-OLEDS] 2.3.6 and
    how the Packager fills it).
    """
    try:
        label, at = _text(native, 6)
        _, at = _text(native, at)
        at += 4
        (length,) = struct.unpack_from("<I", native, at)
        at += 4 + length
        (size,) = struct.unpack_from("<I", native, at)
    except (struct.error, ValueError):
        return None
    content = native[at + 4 : at + 4 + size]
    name = posixpath.basename(label.replace("\\", "/")) or stem
    return (name, content) if content else None


def _text(native: bytes, at: int) -> tuple[str, int]:
    end = native.index(b"\0", at, at + _MOST_NAME)
    raw = native[at:end]
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding), end + 1
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1"), end + 1
