"""Reads one file with everything a parser may need. It runs in a worker process: here the heavy readers are loaded."""

from collections.abc import Callable
from pathlib import Path

from ingest.document import ParsedDocument, Value
from ingest.parse.context import Context
from ingest.parse.dispatch import check_size, parse_file
from ingest.parse.nested import reading_inside
from ingest.parse.ocr.reading import reading_pictures
from ingest.parse.options import ReadOptions

Told = Callable[[int, int], None]
"""Is told (done, total): pages, sheets, slides or files of what is being read."""


class Parsed(Value):
    """A file read: the format its content has, and what its parser made of it."""

    format: str
    document: ParsedDocument


def context_for(options: ReadOptions, path: Path, told: Told) -> Context:
    """What the parser of the file at `path` is given; made anew for each file, since a reader counts what it has read.

    Raises `OSError` when `path` cannot be read.
    """
    context = Context(max_bytes=options.max_bytes, formulas=options.formulas, progress=told)
    return reading_inside(reading_pictures(context) if options.ocr else context, path)


def read(path: Path, options: ReadOptions, told: Told) -> Parsed:
    """The file with all that is inside it. Raises `DocumentError`s only."""
    check_size(path, options.max_bytes)
    form, document = parse_file(path, context_for(options, path, told))
    return Parsed(format=form, document=document)


def read_in_worker(told: Told, *, path: str, options: dict[str, object]) -> bytes:
    """As `read`, in the words that cross between processes: `Parsed` as JSON."""
    return read(Path(path), ReadOptions.model_validate(options), told).model_dump_json().encode()
