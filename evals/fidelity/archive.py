"""Reads a zip archive as ingest does: unpacked in a worker, each document in it read on its own."""

from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.archives import Archives
from ingest.document import Locator, ParsedDocument
from ingest.metadata import Manifest
from ingest.parse.gathered import Gathered
from ingest.parse.options import ReadOptions
from ingest.parse.places import move_document
from ingest.parse.reading import Parsed
from ingest.parse.workers.limits import Limits
from ingest.parse.workers.pool import ParsePool
from ingest.report import Progress
from ingest.settings import Settings
from ingest.source import discover


def read_archive(path: Path) -> ParsedDocument:
    """All documents of the archive as one, each at its path inside it. Raises the first `DocumentError` of a member."""
    found = Gathered()
    with TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), _env_file=None)
        with ParsePool(Limits.of(settings)) as pool:
            sources = discover([path])
            opened = Archives(settings).open(
                pool, sources.files, {file.root: Manifest() for file in sources.files}, Progress()
            )
            for _, error in opened.not_taken:
                raise error
            for file in opened.files:
                document = Parsed.model_validate_json(pool.read(file.path, ReadOptions.of(settings))).document
                way = _way(file.inside.relative_to(path)) if file.inside else ()

                def inside(place: Locator, way: tuple[str, ...] = way) -> Locator:
                    return place.model_copy(update={"within": (*way, *place.within)})

                found.take(move_document(document, inside))
    return found.document()


def _way(inside: Path) -> tuple[str, ...]:
    """The names of the files that lead to a member: the archives on its path, and its path in the innermost."""
    names: list[str] = []
    start = 0
    for at, part in enumerate(inside.parts, 1):
        if part.endswith(".zip") or at == len(inside.parts):
            names.append("/".join(inside.parts[start:at]))
            start = at
    return tuple(names)
