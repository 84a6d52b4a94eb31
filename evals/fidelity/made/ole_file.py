"""Writes OLE containers (MS-CFB, version 3) small enough for a made file: every stream fills whole sectors."""

import struct
from dataclasses import dataclass, field
from itertools import pairwise

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR, _SMALLEST = 512, 4096


@dataclass
class Storage:
    """Streams by name (padded with zeros, so that none is small enough for the mini stream) and storages by name."""

    streams: dict[str, bytes] = field(default_factory=dict)
    storages: "dict[str, Storage]" = field(default_factory=dict)


def container(root: Storage) -> bytes:
    """The container that `root` is the root of."""
    entries: list[list[object]] = []
    sectors: list[bytes] = []
    chains: list[tuple[int, int]] = []

    def add(name: str, kind: int, content: bytes) -> int:
        start = _END
        if content:
            data = content.ljust(max(_SMALLEST, -(-len(content) // _SECTOR) * _SECTOR), b"\0")
            start, count = len(sectors), len(data) // _SECTOR
            sectors.extend(data[at : at + _SECTOR] for at in range(0, len(data), _SECTOR))
            chains.append((start, count))
            content = data
        entries.append([name, kind, _FREE, _FREE, start, len(content)])
        return len(entries) - 1

    def fill(at: int, storage: Storage) -> None:
        below = [add(name, 2, content) for name, content in storage.streams.items()]
        for name, inner in storage.storages.items():
            below.append(add(name, 1, b""))
            fill(below[-1], inner)
        # A tree that leans to the right is a tree: olefile walks it as it is.
        entries[at][3] = below[0] if below else _FREE
        for one, following in pairwise(below):
            entries[one][2] = following

    add("Root Entry", 5, b"")
    fill(0, root)
    entries[0][4] = _END
    directory = b"".join(_entry(*one) for one in entries)  # type: ignore[arg-type]
    directory = directory.ljust(-(-len(directory) // _SECTOR) * _SECTOR, b"\0")
    first_directory = len(sectors)
    sectors.extend(directory[at : at + _SECTOR] for at in range(0, len(directory), _SECTOR))
    chains.append((first_directory, len(directory) // _SECTOR))
    fats = 1
    while (len(sectors) + fats) > fats * 128:
        fats += 1
    table = [_FREE] * (fats * 128)
    for start, count in chains:
        for at in range(start, start + count):
            table[at] = at + 1 if at + 1 < start + count else _END
    places = list(range(len(sectors), len(sectors) + fats))
    for at in places:
        table[at] = _FAT
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, fats, first_directory, 0, 4096,
        _END, 0, _END, 0, 0,
    )  # fmt: skip
    header = header[:76] + struct.pack("<109I", *(places + [_FREE] * (109 - fats)))
    return header + b"".join(sectors) + struct.pack(f"<{len(table)}I", *table)


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    return struct.pack("<64sHBBIII16xI8x8xIQ", raw, len(raw), kind, 1, _FREE, right, child, 0, start, size)
