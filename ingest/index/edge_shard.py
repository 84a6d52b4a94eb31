"""The Qdrant Edge shard on disk: made whole or not at all, opened with advice, its errors put in our words."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qdrant_edge import (
    Distance,
    EdgeConfig,
    EdgeOptimizersConfig,
    EdgeShard,
    EdgeSparseVectorParams,
    EdgeVectorParams,
    Modifier,
    PayloadSchemaType,
    UpdateOperation,
)

from ingest.data_dir import MIN_FREE_BYTES
from ingest.errors import CaseloreError, DataDirNotWritable, IndexDamaged, IndexLocked, UnavailableError
from ingest.index.payload import wrong_dimensions
from ingest.index.store import CLEAR_FROM, FILTER_KEYS, SPARSE_SCAN_BELOW, SPARSE_VECTORS
from ingest.said import Said

GRAPH_FROM = 20_000
"""Chunks from which `optimize` builds the HNSW graph. Comparing with all of 20 000 vectors (512 numbers each) takes
2.4 ms; the graph answers in 0.6 ms, but takes half a minute to build and misses 1 % of the best 100.
"""


def open_shard(path: Path, dimensions: int) -> EdgeShard:
    """The shard at `path`, made if there is none. Raises `IndexDamaged`, `ModelMismatch`, `DataDirNotWritable`."""
    with shard_errors(path, dimensions):
        _tidy(path)
        if not path.exists():
            _create(path, dimensions)
        return EdgeShard.load(str(path), _config(dimensions))


def remove_shard(path: Path) -> None:
    """Delete the shard at `path` and what belongs to it. Raises `DataDirNotWritable`."""
    with shard_errors(path):
        _tidy(path)
        if path.exists():
            # Renamed first, so that a kill half-way leaves no half shard in its place.
            path.rename(_old(path))
            shutil.rmtree(_old(path))


def swap_in(fresh: Path, path: Path) -> None:
    """Put the closed shard at `fresh` in the place of the closed shard at `path`. A kill half-way loses neither."""
    with shard_errors(path):
        path.rename(_old(path))
        fresh.rename(path)
        shutil.rmtree(_old(path), ignore_errors=True)


def check_space(path: Path) -> None:
    """Raises `DataDirNotWritable` when the disk has less than `MIN_FREE_BYTES` left."""
    free = shutil.disk_usage(path).free
    if free < MIN_FREE_BYTES:
        raise DataDirNotWritable(
            Said(
                "The disk of {path} is full ({free} MiB free, {min_free_bytes} needed).",
                path=path,
                free=free // 2**20,
                min_free_bytes=MIN_FREE_BYTES // 2**20,
            ),
            "Free some space, or set CASELORE_DATA_DIR to another disk.",
        )


@contextmanager
def shard_errors(path: Path, dimensions: int | None = None) -> Iterator[None]:
    """Turns what the engine raises into the tree of `ingest/errors.py`."""
    try:
        yield
    except CaseloreError:
        raise
    except OSError as error:
        raise _not_writable(path, error.strerror or str(error)) from error
    except BaseException as error:
        # The engine raises bare Exceptions, and Rust panics as a BaseException of a class that cannot be imported.
        if type(error) is Exception or type(error).__name__ == "PanicException":
            raise _translate(path, dimensions, str(error)) from error
        raise


def _translate(path: Path, dimensions: int | None, said: str) -> UnavailableError:
    if "WouldBlock" in said:
        return IndexLocked(
            Said("The index at {path} is held by another process.", path=path), "Wait for it to end, or stop it."
        )
    if "expected vector size" in said or "Vector dimension error" in said:
        return wrong_dimensions(dimensions)
    if "No space left" in said or "ermission denied" in said or "Read-only" in said:
        return _not_writable(path, said)
    return IndexDamaged(
        Said("The index at {path} cannot be used: {why}", path=path, why=" ".join(said.split())[:200]),
        "Build it anew: `caselore ingest --rebuild`.",
    )


def _not_writable(path: Path, why: str) -> DataDirNotWritable:
    return DataDirNotWritable(
        Said("The index at {path} cannot be written: {why}.", path=path, why=" ".join(why.split())[:200]),
        "Check the rights and the space there, or set CASELORE_DATA_DIR to another folder.",
    )


def _create(path: Path, dimensions: int) -> None:
    """Made under another name and then renamed: a kill half-way leaves no shard without its payload indexes."""
    fresh = path.with_name(f"{path.name}.new-create")
    check_space(path.parent)
    shard = EdgeShard.create(str(fresh), _config(dimensions))
    for key in FILTER_KEYS:
        shard.update(UpdateOperation.create_field_index(key, PayloadSchemaType.Keyword))
    shard.close()
    fresh.rename(path)


def _tidy(path: Path) -> None:
    """Finish or undo what a killed process left half-way."""
    if _old(path).exists() and not path.exists():
        _old(path).rename(path)
    for leftover in (_old(path), *path.parent.glob(f"{path.name}.new-*")):
        shutil.rmtree(leftover, ignore_errors=True)


def _old(path: Path) -> Path:
    return path.with_name(f"{path.name}.old")


def _config(dimensions: int) -> EdgeConfig:
    sparse = EdgeSparseVectorParams(full_scan_threshold=SPARSE_SCAN_BELOW, modifier=Modifier.Idf)
    bytes_per_vector = 4 * dimensions
    return EdgeConfig(
        vectors={"dense": EdgeVectorParams(size=dimensions, distance=Distance.Cosine)},
        sparse_vectors=dict.fromkeys(SPARSE_VECTORS, sparse),
        optimizers=EdgeOptimizersConfig(
            indexing_threshold=GRAPH_FROM * bytes_per_vector // 1024, vacuum_min_vector_number=CLEAR_FROM
        ),
    )
