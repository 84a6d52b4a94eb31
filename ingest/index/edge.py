"""The embedded store: Qdrant's engine in this process, on a shard in the data folder."""

import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from qdrant_edge import (
    CountRequest,
    EdgeShard,
    FacetRequest,
    FieldCondition,
    HasVectorCondition,
    MatchAny,
    PointVectors,
    Query,
    QueryBatchRequest,
    QueryRequest,
    ScrollRequest,
    UpdateOperation,
)
from qdrant_edge import Filter as EdgeFilter
from qdrant_edge import Point as EdgePoint
from qdrant_edge import SparseVector as EdgeSparseVector

from ingest.errors import StoreUnavailable, UnavailableError
from ingest.index.edge_rebuild import Rebuild, has_room
from ingest.index.edge_shard import GRAPH_FROM, check_space, open_shard, shard_errors
from ingest.index.gate import Gate
from ingest.index.lock import IndexLock
from ingest.index.payload import (
    check_dimensions,
    check_key,
    conditions,
    from_payload,
    to_payload,
    uuids,
)
from ingest.index.store import ALL_VALUES, PAGE, Filter, Point, Scored, SparseVector, Store, StoredChunk, VectorQuery
from ingest.said import Said

if TYPE_CHECKING:
    from qdrant_edge import ConditionType, NamedVector

POINTS_PER_WRITE = 500
"""Points written in one operation. The engine holds Python's global lock while it writes: about 0.1 s for these."""

FLUSH_EVERY = 10_000
"""Points written between flushes, which let the write-ahead log start anew: 20 000 points take 4 s to replay."""

_log = logging.getLogger(__name__)


class EdgeStore(Store):
    """A `Store` in the data folder. It owns `lock` and releases it when closed.

    A write survives a killed process once it returns, and one of up to `POINTS_PER_WRITE` points is kept whole or not
    at all. Reads go on while others write and while `optimize` works.
    """

    def __init__(self, path: Path, dimensions: int, lock: IndexLock) -> None:
        self._path = path
        self._dimensions = dimensions
        self._lock = lock
        self._gate = Gate()
        self._writing = threading.Lock()
        self._optimizing = threading.Lock()
        self._rebuild: Rebuild | None = None
        self._missed: list[UpdateOperation] | None = None
        self._graph_built = False
        self._cleared = True
        self._unflushed = 0
        self._shard: EdgeShard | None = open_shard(path, dimensions)

    def upsert(self, points: Sequence[Point]) -> None:
        """Write the points, `POINTS_PER_WRITE` at a time, through the write-ahead log."""
        for start in range(0, len(points), POINTS_PER_WRITE):
            batch = points[start : start + POINTS_PER_WRITE]
            # Checked here, since the engine logs an operation before it refuses it.
            check_dimensions((point.dense for point in batch), self._dimensions)
            check_space(self._path)
            self._write(UpdateOperation.upsert_points([_point(point) for point in batch]), len(batch))

    def add_dense(self, vectors: Mapping[str, NDArray[np.float32]]) -> None:
        """Give chunks their dense vectors, in one operation through the write-ahead log."""
        check_dimensions(vectors.values(), self._dimensions)
        check_space(self._path)
        with self._writing, self._open() as shard:
            # The engine refuses an operation that names a point it does not have, half-way through it.
            known = shard.retrieve(list(uuids(list(vectors))), with_payload=False, with_vector=False)
            given = [PointVectors(one.id, {"dense": vectors[str(one.id)].tolist()}) for one in known]
            if given:
                self._apply(shard, UpdateOperation.update_vectors(given), len(given))

    def delete_documents(self, document_ids: Sequence[str]) -> None:
        """Remove every chunk of these documents, in one operation."""
        gone = self.count(Filter({"document_id": tuple(document_ids)}))
        if gone:
            condition = EdgeFilter(must=[_any_of("document_id", document_ids)])
            self._write(UpdateOperation.delete_points_by_filter(condition), gone)
            self._cleared = False

    def search(self, queries: Sequence[VectorQuery]) -> list[list[Scored]]:
        """One ranked list per query. Fewer than `GRAPH_FROM` chunks are compared one by one, so exactly."""
        requests = [_request(query) for query in queries]
        with self._open() as shard:
            answers = shard.query_batch(QueryBatchRequest(requests))
        return [[Scored(str(point.id), point.score) for point in answer] for answer in answers]

    def retrieve(self, ids: Sequence[str]) -> list[StoredChunk]:
        """The chunks of these ids, in the order asked for; unknown ids are left out."""
        with self._open() as shard:
            records = shard.retrieve(list(uuids(ids)), with_payload=True, with_vector=False)
        found = {str(record.id): from_payload(record.payload) for record in records}
        return [found[one] for one in ids if one in found]

    def scroll(self, where: Filter = Filter()) -> Iterator[StoredChunk]:
        """Every chunk that `where` lets through, read a page at a time: others may write meanwhile."""
        condition, after = _filter(where), None
        while True:
            request = ScrollRequest(after, PAGE, condition, with_payload=True, with_vector=False)
            with self._open() as shard:
                records, after = shard.scroll(request)
            for record in records:
                yield from_payload(record.payload)
            if after is None:
                return

    def count(self, where: Filter = Filter()) -> int:
        """How many chunks `where` lets through, exactly."""
        with self._open() as shard:
            return shard.count(CountRequest(exact=True, filter=_filter(where)))

    def facet(self, key: str, where: Filter = Filter()) -> dict[str, int]:
        """How many chunks each value of a filter key has, exactly. Raises `UnknownFilter`."""
        check_key(key)
        with self._open() as shard:
            response = shard.facet(FacetRequest(key, ALL_VALUES, exact=True, filter=_filter(where)))
        # Values that only deleted chunks had come back with a count of 0.
        return {str(hit.value): hit.count for hit in response.hits if hit.count}

    def optimize(self) -> None:
        """Build the graph and clear out what was deleted, on a copy that then takes the shard's place.

        Reads and writes go on meanwhile. Does nothing when there is nothing to gain, or while another thread is at it.
        Where the copy cannot be made or put in place, that is logged and the shard stays as it is.
        """
        if not self._optimizing.acquire(blocking=False):
            return
        try:
            rebuild = self._start_rebuild()
            if rebuild:
                self._finish_rebuild(rebuild)
        finally:
            self._optimizing.release()

    def close(self) -> None:
        """Wait for calls in progress, flush, and let others open the index. Ends an `optimize` early."""
        with self._writing, self._gate.alone():
            if self._rebuild:
                self._rebuild.cancel()
            if self._shard is None:
                self._lock.release()
                return
            shard, self._shard = self._shard, None
            try:
                with shard_errors(self._path):
                    shard.close()
            finally:
                self._lock.release()

    def _start_rebuild(self) -> Rebuild | None:
        with self._writing, self._open() as shard:
            chunks = shard.count(CountRequest(exact=True))
            if self._cleared and (self._graph_built or chunks < GRAPH_FROM):
                return None
            self._cleared = self._graph_built = True
            shard.flush()
            if not has_room(self._path):
                _log.warning("The index is not optimized: the disk of %s has no room for a copy of it.", self._path)
                return None
            with _only_logged():
                self._rebuild = Rebuild(self._path)
                self._missed = []
            return self._rebuild

    def _finish_rebuild(self, rebuild: Rebuild) -> None:
        improved = False
        try:
            improved = rebuild.wait()
        finally:
            with self._writing:
                missed, self._missed, self._rebuild = self._missed, None, None
                try:
                    if improved and self._shard is not None and rebuild.catch_up(missed or ()):
                        self._swap(rebuild, self._shard)
                finally:
                    rebuild.discard()

    def _swap(self, rebuild: Rebuild, shard: EdgeShard) -> None:
        with self._gate.alone():
            self._shard = None
            try:
                with _only_logged(), shard_errors(self._path, self._dimensions):
                    shard.close()
                    rebuild.take_place()
            finally:
                # Whichever of the two lies there now: readers and writers go on.
                self._shard = open_shard(self._path, self._dimensions)

    def _write(self, operation: UpdateOperation, points: int) -> None:
        with self._writing, self._open() as shard:
            self._apply(shard, operation, points)

    def _apply(self, shard: EdgeShard, operation: UpdateOperation, points: int) -> None:
        shard.update(operation)
        if self._missed is not None:
            self._missed.append(operation)
        self._graph_built = False
        self._unflushed += points
        if self._unflushed >= FLUSH_EVERY:
            shard.flush()
            self._unflushed = 0

    @contextmanager
    def _open(self) -> Iterator[EdgeShard]:
        with self._gate.together(), shard_errors(self._path, self._dimensions):
            if self._shard is None:
                raise StoreUnavailable(Said("The index at {path} has been closed.", path=self._path), "Open it again.")
            yield self._shard


@contextmanager
def _only_logged() -> Iterator[None]:
    try:
        yield
    except UnavailableError as error:
        _log.warning("The index is not optimized and stays as it is: %s", error)


def _point(point: Point) -> EdgePoint:
    vectors: dict[str, NamedVector] = {name: _sparse(vector) for name, vector in point.sparse.items()}
    if point.dense is not None:
        vectors["dense"] = point.dense.tolist()
    return EdgePoint(point.chunk.id, vectors, to_payload(point))


def _sparse(vector: SparseVector) -> EdgeSparseVector:
    return EdgeSparseVector(vector.indices.tolist(), vector.values.tolist())


def _request(query: VectorQuery) -> QueryRequest:
    vector = _sparse(query.vector) if isinstance(query.vector, SparseVector) else query.vector.tolist()
    nearest = Query.Nearest(vector, using=query.using)
    return QueryRequest(query.limit, query=nearest, filter=_filter(query.where), with_payload=False, with_vector=False)


def _filter(where: Filter) -> EdgeFilter | None:
    equal, excluded = conditions(where)
    must: list[ConditionType] = [_any_of(key, values) for key, values in equal.items()]
    must_not: list[ConditionType] = [_any_of("document_id", excluded)] if excluded else []
    if where.lacks_dense:
        must_not.append(HasVectorCondition("dense"))
    return EdgeFilter(must=must, must_not=must_not) if must or must_not else None


def _any_of(key: str, values: Sequence[str]) -> FieldCondition:
    return FieldCondition(key, match=MatchAny(list(values)))
