"""What was read of a document in the library, kept since it was ingested."""

import contextlib
import hashlib
import json
import zlib
from pathlib import Path

from ingest.document import Element, Locator, ParsedDocument
from ingest.errors import DataDirNotWritable
from ingest.library import Library
from ingest.parse.options import ReadOptions
from ingest.parse.reading import Parsed
from ingest.view.original import original
from ingest.view.place import likeness


def parsed_of(library: Library, document_id: str) -> ParsedDocument:
    """The document as ingest reads it, text in pictures included; read again where ingest did not keep it.

    Raises `DocumentNotFound` (also when its file has gone or was changed), `DocumentError`s, `ParsersUnavailable` and
    `DataDirNotWritable`.
    """
    path = original(library.registry, document_id)

    def make(target: Path) -> None:
        target.write_bytes(zlib.compress(library.parsers.read(path, ReadOptions.of(library.settings))))

    kept = library.views.kept(_target(library, document_id), make)
    return Parsed.model_validate_json(zlib.decompress(kept.read_bytes())).document


def keep_parsed(library: Library, document_id: str, content: bytes) -> None:
    """Keep what ingest has read of a document, a `Parsed` as JSON, in the place of what was read of it before."""
    # The document is in the index all the same; what is not kept is read when it is asked for.
    with contextlib.suppress(DataDirNotWritable):
        library.views.put(_target(library, document_id), zlib.compress(content))


def nearest_element(document: ParsedDocument, at: Locator) -> int | None:
    """The first element (from 0) of those whose place, or that of one of their rows, is most like `at`; None where
    nothing stands in that part of the file.
    """

    def score(element: Element) -> tuple[int, ...]:
        rows = element.table.rows if element.table else ()
        return max(likeness(one, at) for one in (element.locator, *(row.locator for row in rows)))

    scores = [score(one) for one in document.elements]
    best = max(scores, default=(0,))
    return scores.index(best) if any(best) else None


def _target(library: Library, document_id: str) -> Path:
    shaping = ReadOptions.of(library.settings).shaping()
    shaped = hashlib.sha256(json.dumps(shaping, sort_keys=True).encode()).hexdigest()[:8]
    return library.views.folder(document_id) / f"parsed-{shaped}.json.z"
