"""Unpacks the RTF in which Outlook keeps bodies (MS-OXRTFCP: LZ77 over a window that begins with usual RTF words)."""

import struct

_WINDOW = 4096
_BEGINNING = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
    b"\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_PACKED, _RAW = 0x75465A4C, 0x414C454D


def unpack(data: bytes) -> bytes:
    """The RTF that `data` packs; empty where it is cut off before any text or is not packed RTF."""
    if len(data) < 16:
        return b""
    _, size, kind, _ = struct.unpack_from("<4I", data)
    if kind == _RAW:
        return data[16 : 16 + size]
    if kind != _PACKED:
        return b""
    window = bytearray(_BEGINNING.ljust(_WINDOW, b"\0"))
    write, at = len(_BEGINNING), 16
    found = bytearray()
    while at < len(data):
        flags = data[at]
        at += 1
        for bit in range(8):
            if flags >> bit & 1:
                if at + 1 >= len(data):
                    return bytes(found)
                reference = data[at] << 8 | data[at + 1]
                at += 2
                offset, length = reference >> 4, (reference & 15) + 2
                if offset == write % _WINDOW:  # the mark of the end
                    return bytes(found[:size])
                piece = [0] * length
                for step in range(length):
                    piece[step] = window[(offset + step) % _WINDOW]
                    window[write % _WINDOW] = piece[step]
                    write += 1
                found += bytes(piece)
            else:
                if at >= len(data):
                    return bytes(found)
                window[write % _WINDOW] = data[at]
                found.append(data[at])
                write += 1
                at += 1
    return bytes(found[:size])
