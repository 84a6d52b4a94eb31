"""What is stored beside a chunk's vectors, and what it becomes when read back."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from ingest.chunk import Chunk
from ingest.document import DocumentMeta
from ingest.errors import IndexDamaged, ModelMismatch, UnknownFilter
from ingest.index.store import FILTER_KEYS, Filter, Point, StoredChunk
from ingest.said import Said

Payload = dict[str, str]
"""The document's metadata as flat fields (its id is `document_id`; absent fields are left out), which filters and
facets use, and the whole chunk as JSON in `chunk`. JSON and not nested fields: Qdrant Edge takes 20 times as long to
convert the nested form, and pydantic reads JSON as fast as it reads dicts.
"""


def to_payload(point: Point) -> Payload:
    """The payload of a point. Raises ValueError when the chunk belongs to another document than the one given."""
    if point.chunk.document_id != point.document.id:
        raise ValueError(f"chunk {point.chunk.id} is of {point.chunk.document_id}, not of {point.document.id}")
    document = point.document.model_dump(exclude_none=True)
    document["document_id"] = document.pop("id")
    return {**document, "chunk": point.chunk.model_dump_json(exclude_computed_fields=True)}


def from_payload(payload: Mapping[str, Any] | None) -> StoredChunk:
    """The chunk and its document. Raises `IndexDamaged` when `to_payload` did not write this payload."""
    try:
        fields = dict(payload or {})
        chunk = _chunk(fields.pop("chunk"))
        return StoredChunk(chunk, DocumentMeta(id=fields.pop("document_id"), **fields))
    except (KeyError, TypeError, ValidationError) as error:
        raise IndexDamaged(
            "The index holds a point that Caselore did not write.",
            "Build it anew with `caselore ingest --rebuild`, or set CASELORE_COLLECTION to a collection of its own.",
        ) from error


@lru_cache(maxsize=1024)
def _chunk(text: str) -> Chunk:
    """Most questions to a service find chunks that others found before. At most some 15 MB."""
    return Chunk.model_validate_json(text)


def check_dimensions(vectors: Iterable[NDArray[np.float32] | None], dimensions: int) -> None:
    """Raises `ModelMismatch` when a dense vector has not as many numbers as those in the index."""
    for vector in vectors:
        if vector is not None and vector.shape != (dimensions,):
            raise wrong_dimensions(vector.shape[-1])


def wrong_dimensions(dimensions: int | None) -> ModelMismatch:
    """The error for vectors that are not as long as those in the index."""
    return ModelMismatch(
        Said(
            "The index was built with vectors of another length than the model's ({dimensions} numbers).",
            dimensions=dimensions,
        ),
        "Set CASELORE_EMBED_MODEL to the model it was built with, or build it anew: `caselore ingest --rebuild`.",
    )


def check_key(key: str) -> None:
    """Raises `UnknownFilter` when documents do not have this key."""
    if key not in FILTER_KEYS:
        raise UnknownFilter(
            Said("Documents cannot be filtered by {key}.", key=repr(key)),
            Said("The keys are: {names}.", names=", ".join(FILTER_KEYS)),
        )


def conditions(where: Filter) -> tuple[dict[str, list[str]], list[str]]:
    """What must hold (for each key, one of these values) and the documents that must not match.

    Raises `UnknownFilter`. Excluded documents are taken out of the first part, since Qdrant 1.16 lets everything
    through where `must` and `must_not` hold the very same condition.
    """
    for key in where.equals:
        check_key(key)
    must = {key: list(values) for key, values in where.equals.items()}
    if "document_id" in must:
        must["document_id"] = [one for one in must["document_id"] if one not in where.exclude_documents]
    return must, sorted(where.exclude_documents)


def uuids(ids: Sequence[str]) -> list[str]:
    """Those of `ids` that can be the id of a point; Qdrant refuses a whole request for one that cannot."""
    return [one for one in ids if _is_uuid(one)]


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
