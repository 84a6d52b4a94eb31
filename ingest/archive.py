"""Unpacks a zip archive among the files to ingest, in a worker process."""

from pathlib import Path

from ingest.document import Value
from ingest.parse.file_names import extension
from ingest.parse.unpack import NotTaken, Told, Unpacking, is_package
from ingest.source import MANIFEST, TAKEN_EXTENSIONS


class Unpacked(Value):
    """What became of an archive: the members not taken, and how many are of kinds that are no documents.

    `package` says that it is no archive but an office document that somebody has named so; nothing was unpacked.
    """

    package: bool = False
    not_taken: tuple[NotTaken, ...] = ()
    passed_over: int = 0


def unpack_in_worker(told: Told, *, archive: str, target: str, most_bytes: int, most_file_bytes: int) -> bytes:
    """Unpack the documents of `archive` into the folder `target`, which is made; an `Unpacked` as JSON.

    `most_bytes` is what may be unpacked in all, at all depths. Raises what `Unpacking.unpack` raises.
    """
    if is_package(Path(archive)):
        Path(target).mkdir(parents=True)
        return Unpacked(package=True).model_dump_json().encode()
    unpacking = Unpacking(_is_wanted, most_bytes=most_bytes, most_file_bytes=most_file_bytes, told=told)
    unpacking.unpack(Path(archive), Path(target), Path(archive).name)
    done = Unpacked(not_taken=tuple(unpacking.not_taken), passed_over=unpacking.passed_over)
    return done.model_dump_json().encode()


def _is_wanted(name: str) -> bool:
    return name == MANIFEST or extension(Path(name)) in TAKEN_EXTENSIONS
