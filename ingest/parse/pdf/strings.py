"""Takes texts out of pdfium."""

import ctypes
from typing import Any

import pypdfium2.raw as pdfium


def read_string(get: Any) -> str:
    """A text that pdfium copies into a buffer as UTF-16; `get(buffer, bytes)` gives how many bytes it has."""
    size = get(None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    get(ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", errors="replace").replace("\x00", "")
