"""Takes a file out of another: an attachment, an embedded workbook, a member of an archive. It runs in a worker."""

import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.document import Element, Locator, ParsedDocument
from ingest.errors import DocumentError, DocumentNotFound, EmptyDocument
from ingest.parse.containers import ZIP_MAGICS
from ingest.parse.context import Context
from ingest.parse.dispatch import parse_file
from ingest.parse.nested import shown_name, written_file
from ingest.parse.unpack import Unpacking, is_package
from ingest.said import Said

Told = Callable[[int, int], None]


class _Found(Exception):
    """Ends the reading of the outer files."""


@dataclass(frozen=True)
class _Search:
    """The `NestedReader` that looks for the file `wanted` leads to and copies it to `target`."""

    context: Context
    wanted: tuple[str, ...]
    target: Path

    def read(self, name: str, content: bytes, place: Locator) -> ParsedDocument:
        """As `NestedReader` says; what is not on the way is passed over."""
        shown = shown_name(name)
        if self.wanted[: len(place.within) + 1] != (*place.within, shown):
            # A document of attachments only must not count as empty.
            return ParsedDocument(elements=(Element(kind="note", text=shown, locator=place),))
        self.go_on(shown, content, self.wanted[len(place.within) + 1 :])
        return ParsedDocument(elements=())

    def go_on(self, shown: str, content: bytes, rest: tuple[str, ...]) -> None:
        """Copy the file, or look into it for the `rest`."""
        if not rest:
            self.target.write_bytes(content)
            raise _Found
        deeper = replace(self, wanted=rest)
        with written_file(shown, content) as path:
            if content.startswith(ZIP_MAGICS) and zipfile.is_zipfile(path) and not is_package(path):
                deeper.unpack(path, shown)
            else:
                parse_file(path, replace(self.context, nested=deeper))

    def unpack(self, archive: Path, shown: str) -> None:
        """Look for the member of the archive that `wanted` names."""
        most = self.context.max_bytes
        with tempfile.TemporaryDirectory(prefix="caselore-") as folder:
            unpacking = Unpacking(lambda _: True, most_bytes=most, most_file_bytes=most)
            unpacking.unpack(archive, Path(folder), shown)
            for path in sorted(Path(folder).rglob("*")):
                member = path.relative_to(folder).as_posix()
                # Named by its path, as places are; by its name alone, it is the first of that name.
                if path.is_file() and self.wanted[0] in (member, shown_name(member)):
                    self.go_on(self.wanted[0], path.read_bytes(), self.wanted[1:])


def take_out_in_worker(told: Told, *, path: str, within: Sequence[str], target: str, max_bytes: int) -> bytes:
    """Copy the file that the names `within` lead to out of the one at `path`. Raises `DocumentNotFound` where there is
    none, and what reading the outer files raises.
    """
    context = Context(max_bytes=max_bytes, progress=told)
    search = _Search(context, tuple(within), Path(target))
    try:
        parse_file(Path(path), replace(context, nested=search))
    # The parser that was at work takes the end of the search for a mishap of its own.
    except (_Found, DocumentError) as error:
        if not (Path(target).is_file() or isinstance(error, EmptyDocument)):
            raise
    if not Path(target).is_file():
        raise DocumentNotFound(
            Said("There is no {names} in the file.", names=" › ".join(within)), "Download the original and look there."
        )
    return b""
