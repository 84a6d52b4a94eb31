"""Reads files as ingest would, and gathers what a person wants to see of each."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ingest.document import DocumentMeta, ParsedDocument, Value
from ingest.errors import DocumentError
from ingest.metadata import Manifest, describe
from ingest.parse.options import ReadOptions
from ingest.parse.reading import Parsed
from ingest.parse.workers.pool import ParsePool
from ingest.source import SourceFile, content_id


class Understood(Value):
    """What was made of one file: its metadata as ingest would have it, and the document parsed."""

    file: Path
    metadata: DocumentMeta
    document: ParsedDocument

    def counts(self) -> dict[str, int]:
        """How many elements of each kind there are, tables' rows, and what was kept out or lost."""
        found: dict[str, int] = {}
        for element in self.document.elements:
            found[element.kind] = found.get(element.kind, 0) + 1
        rows = sum(len(element.table.rows) for element in self.document.elements if element.table)
        recognised = sum(element.confidence is not None for element in self.document.elements)
        more = {"rows": rows, "recognised": recognised, "left_out": len(self.document.left_out),
                "unread": len(self.document.unread)}  # fmt: skip
        return found | {name: number for name, number in more.items() if number}


def understand(
    files: Iterable[SourceFile], manifests: Mapping[Path, Manifest], options: ReadOptions, pool: ParsePool
) -> Iterator[Understood | tuple[SourceFile, DocumentError]]:
    """Each file read in a worker, or what is wrong with it. `manifests` are those of the files' roots."""
    for file in files:
        try:
            parsed = Parsed.model_validate_json(pool.read(file.path, options))
            document_id = content_id(file.path)
        except DocumentError as error:
            yield file, error
            continue
        metadata = describe(file.path, file.root, document_id, parsed.format, parsed.document, manifests[file.root])
        yield Understood(file=file.path, metadata=metadata, document=parsed.document)
