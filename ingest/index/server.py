"""The store on a Qdrant server or cluster, for more than one process or machine."""

import time
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from qdrant_client import models

from ingest.errors import StoreUnavailable
from ingest.index.payload import (
    check_dimensions,
    check_key,
    conditions,
    from_payload,
    to_payload,
    uuids,
    wrong_dimensions,
)
from ingest.index.server_calls import Server
from ingest.index.store import (
    ALL_VALUES,
    CLEAR_FROM,
    FILTER_KEYS,
    PAGE,
    SPARSE_SCAN_BELOW,
    SPARSE_VECTORS,
    Filter,
    Point,
    Scored,
    SparseVector,
    Store,
    StoredChunk,
    VectorQuery,
)
from ingest.said import Said

POINTS_PER_REQUEST = 100
"""About 3 MB of JSON with vectors of 512 numbers; the server takes 32 MB."""

OPTIMIZE_WAIT_S = 600


class ServerStore(Store):
    """A `Store` that is one collection of a Qdrant server, made if there is none.

    Several processes may use it. A write is applied when it returns; `POINTS_PER_REQUEST` points are kept whole or not
    at all. The constructor raises `StoreUnavailable`, and `ModelMismatch` for a collection of other dimensions.
    """

    def __init__(self, url: str, api_key: str | None, collection: str, dimensions: int) -> None:
        self._collection = collection
        self._dimensions = dimensions
        self._server = Server(url, api_key)
        self._client = self._server.client
        self._closed = False
        try:
            self._make()
            self._check()
        except BaseException:
            self.close()
            raise

    def upsert(self, points: Sequence[Point]) -> None:
        """Write the points, `POINTS_PER_REQUEST` at a time, and wait until each request is applied."""
        for start in range(0, len(points), POINTS_PER_REQUEST):
            batch = points[start : start + POINTS_PER_REQUEST]
            check_dimensions((point.dense for point in batch), self._dimensions)
            structs = [_point(point) for point in batch]
            self._open().call(self._client.upsert, self._collection, structs, wait=True)

    def add_dense(self, vectors: Mapping[str, NDArray[np.float32]]) -> None:
        """Give chunks their dense vectors, `POINTS_PER_REQUEST` at a time, and wait until each request is applied."""
        check_dimensions(vectors.values(), self._dimensions)
        ids = uuids(list(vectors))
        for start in range(0, len(ids), POINTS_PER_REQUEST):
            batch = ids[start : start + POINTS_PER_REQUEST]
            # The server refuses a request that names a point it does not have, half-way through it.
            known = self._open().call(
                self._client.retrieve, self._collection, batch, with_payload=False, with_vectors=False
            )
            given = [models.PointVectors(id=one.id, vector={"dense": vectors[str(one.id)].tolist()}) for one in known]
            if given:
                self._open().call(self._client.update_vectors, self._collection, given, wait=True)

    def delete_documents(self, document_ids: Sequence[str]) -> None:
        """Remove every chunk of these documents, and wait until that is applied."""
        if document_ids:
            condition = _any_of("document_id", document_ids)
            selector = models.FilterSelector(filter=models.Filter(must=[condition]))
            self._open().call(self._client.delete, self._collection, selector, wait=True)

    def search(self, queries: Sequence[VectorQuery]) -> list[list[Scored]]:
        """One ranked list per query, in one request."""
        requests = [_request(query) for query in queries]
        answers = self._open().call(self._client.query_batch_points, self._collection, requests)
        return [[Scored(str(point.id), point.score) for point in answer.points] for answer in answers]

    def retrieve(self, ids: Sequence[str]) -> list[StoredChunk]:
        """The chunks of these ids, in the order asked for; unknown ids are left out."""
        records = self._open().call(
            self._client.retrieve, self._collection, list(uuids(ids)), with_payload=True, with_vectors=False
        )
        found = {str(record.id): from_payload(record.payload) for record in records}
        return [found[one] for one in ids if one in found]

    def scroll(self, where: Filter = Filter()) -> Iterator[StoredChunk]:
        """Every chunk that `where` lets through, read a page at a time: others may write meanwhile."""
        condition, after = _filter(where), None
        while True:
            records, after = self._open().call(
                self._client.scroll, self._collection, condition, PAGE, offset=after, with_payload=True
            )
            for record in records:
                yield from_payload(record.payload)
            if after is None:
                return

    def count(self, where: Filter = Filter()) -> int:
        """How many chunks `where` lets through, exactly."""
        return self._open().call(self._client.count, self._collection, _filter(where), exact=True).count

    def facet(self, key: str, where: Filter = Filter()) -> dict[str, int]:
        """How many chunks each value of a filter key has, exactly. Raises `UnknownFilter`."""
        check_key(key)
        response = self._open().call(
            self._client.facet, self._collection, key, _filter(where), limit=ALL_VALUES, exact=True
        )
        # Values that only deleted chunks had come back with a count of 0.
        return {str(hit.value): hit.count for hit in response.hits if hit.count}

    def optimize(self) -> None:
        """Wait, at most `OPTIMIZE_WAIT_S`, until the server has built the graph: it does so by itself."""
        end = time.monotonic() + OPTIMIZE_WAIT_S
        while time.monotonic() < end:
            info = self._open().call(self._client.get_collection, self._collection)
            if info.status != models.CollectionStatus.YELLOW:
                return
            time.sleep(0.2)

    def close(self) -> None:
        """Close the connections. A second call does nothing."""
        self._closed = True
        self._server.close()

    def _open(self) -> Server:
        if self._closed:
            raise StoreUnavailable(Said("The store at {url} has been closed.", url=self._server.url), "Open it again.")
        return self._server

    def _make(self) -> None:
        if self._exists():
            return
        sparse = models.SparseVectorParams(
            index=models.SparseIndexParams(full_scan_threshold=SPARSE_SCAN_BELOW), modifier=models.Modifier.IDF
        )
        try:
            self._server.call(
                self._client.create_collection,
                self._collection,
                vectors_config={"dense": models.VectorParams(size=self._dimensions, distance=models.Distance.COSINE)},
                sparse_vectors_config=dict.fromkeys(SPARSE_VECTORS, sparse),
                optimizers_config=models.OptimizersConfigDiff(vacuum_min_vector_number=CLEAR_FROM),
            )
        except StoreUnavailable:
            if not self._exists():  # else another process was quicker
                raise

    def _exists(self) -> bool:
        return self._server.call(self._client.collection_exists, self._collection)

    def _check(self) -> None:
        info = self._server.call(self._client.get_collection, self._collection)
        dense = info.config.params.vectors
        params = dense.get("dense") if isinstance(dense, dict) else None
        if params is None or set(SPARSE_VECTORS) - set(info.config.params.sparse_vectors or {}):
            raise StoreUnavailable(
                Said(
                    "The collection {collection} at {url} was not made by Caselore.",
                    collection=self._collection,
                    url=self._server.url,
                ),
                "Set CASELORE_COLLECTION to another name.",
            )
        if params.size != self._dimensions:
            raise wrong_dimensions(self._dimensions)
        for key in FILTER_KEYS:
            if key not in info.payload_schema:
                self._server.call(
                    self._client.create_payload_index,
                    self._collection,
                    key,
                    models.PayloadSchemaType.KEYWORD,
                    wait=True,
                )


def drop_collection(url: str, api_key: str | None, collection: str) -> None:
    """Delete the collection with all its chunks; none of that name is no error. Raises `StoreUnavailable`."""
    server = Server(url, api_key)
    try:
        server.call(server.client.delete_collection, collection)
    finally:
        server.close()


def _point(point: Point) -> models.PointStruct:
    vectors: dict[str, models.Vector] = {name: _sparse(vector) for name, vector in point.sparse.items()}
    if point.dense is not None:
        vectors["dense"] = point.dense.tolist()
    return models.PointStruct(id=point.chunk.id, vector=vectors, payload=to_payload(point))


def _sparse(vector: SparseVector) -> models.SparseVector:
    return models.SparseVector(indices=vector.indices.tolist(), values=vector.values.tolist())


def _request(query: VectorQuery) -> models.QueryRequest:
    vector = _sparse(query.vector) if isinstance(query.vector, SparseVector) else query.vector.tolist()
    return models.QueryRequest(
        query=vector, using=query.using, limit=query.limit, filter=_filter(query.where), with_payload=False
    )


def _filter(where: Filter) -> models.Filter | None:
    equal, excluded = conditions(where)
    must: list[models.Condition] = [_any_of(key, values) for key, values in equal.items()]
    must_not: list[models.Condition] = [_any_of("document_id", excluded)] if excluded else []
    if where.lacks_dense:
        must_not.append(models.HasVectorCondition(has_vector="dense"))
    return models.Filter(must=must, must_not=must_not) if must or must_not else None


def _any_of(key: str, values: Sequence[str]) -> models.FieldCondition:
    return models.FieldCondition(key=key, match=models.MatchAny(any=list(values)))
