"""What was read of a document in the library, read once and kept."""

import hashlib
import json
from pathlib import Path

from ingest.document import ParsedDocument
from ingest.library import Library
from ingest.parse.options import ReadOptions
from ingest.parse.reading import Parsed
from ingest.view.original import original


def parsed_of(library: Library, document_id: str) -> ParsedDocument:
    """The document as ingest reads it, text in pictures included. Takes as long as ingesting it the first time.

    Raises `DocumentNotFound` (also when its file has gone or was changed), `DocumentError`s, `ParsersUnavailable` and
    `DataDirNotWritable`.
    """
    path = original(library.registry, document_id)
    options = ReadOptions.of(library.settings)
    shaped = hashlib.sha256(json.dumps(options.shaping(), sort_keys=True).encode()).hexdigest()[:8]

    def make(target: Path) -> None:
        target.write_bytes(library.parsers.read(path, options))

    kept = library.views.kept(library.views.folder(document_id) / f"parsed-{shaped}.json", make)
    return Parsed.model_validate_json(kept.read_bytes()).document
