"""What only the embedded store does: optimising beside its users, recovering, and refusing what is damaged."""

import logging
import shutil
import sys
import threading
import time
from collections import namedtuple
from pathlib import Path

import pytest
from qdrant_edge import EdgeShard, UpdateOperation
from qdrant_edge import Point as EdgePoint

from ingest.errors import DataDirNotWritable, IndexDamaged, IndexLocked
from ingest.index import edge, edge_shard
from ingest.index.edge_rebuild import Rebuild
from ingest.index.lock import Holder
from ingest.index.open import drop_store, open_store
from ingest.index.store import Filter, Store, VectorQuery
from ingest.settings import Settings
from tests.contract.points import DIMENSIONS, chunk_id, dense, point, sparse

DiskUsage = namedtuple("DiskUsage", "total used free")


def open_edge(settings: Settings) -> Store:
    return open_store(settings, DIMENSIONS, Holder("test"))


def fill(store: Store, chunks: int) -> None:
    """Chunks 0, 1, … of two documents: `kept` has those with even numbers, `gone` the others."""
    store.upsert([point(str(n), (n, 500, 1, 0), {n: 1.0}, document="gone" if n % 2 else "kept") for n in range(chunks)])


def shard_path(settings: Settings) -> Path:
    return settings.data_dir / "index"


def test_reads_and_writes_go_on_while_optimizing(quick_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_edge(quick_settings)
    fill(store, 300)
    store.delete_documents(["gone"])
    wait = Rebuild.wait

    def meanwhile(self: Rebuild) -> bool:
        store.upsert([point("new", (1, 0, 0, 0), {1000: 1.0}, document="new")])
        store.upsert([point("2", text="replaced", document="kept")])
        store.upsert([point("short-lived", document="short-lived")])
        store.delete_documents(["short-lived"])
        assert store.count() == 151
        finished = wait(self)
        assert finished, "there was something to clear out"
        return finished

    monkeypatch.setattr(Rebuild, "wait", meanwhile)
    store.optimize()
    assert store.facet("document_id") == {"kept": 150, "new": 1}
    assert [one.chunk.text for one in store.retrieve([chunk_id("2")])] == ["replaced"]
    (ranked,) = store.search([VectorQuery("words", sparse({1000: 1.0}), 10)])
    assert [one.id for one in ranked] == [chunk_id("new")]
    store.close()
    again = open_edge(quick_settings)
    assert again.facet("document_id") == {"kept": 150, "new": 1}
    again.close()


def test_a_large_index_gets_its_graph(quick_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (edge, edge_shard):
        monkeypatch.setattr(module, "GRAPH_FROM", 500)
    store = open_edge(quick_settings)
    fill(store, 1000)
    store.optimize()
    (ranked,) = store.search([VectorQuery("dense", dense(1, 0, 0, 0), 10)])
    assert [one.id for one in ranked] == [chunk_id(str(n)) for n in range(999, 989, -1)]
    store.close()
    shard = EdgeShard.load(str(shard_path(quick_settings)))
    assert shard.info().indexed_vectors_count == 2 * 1000, "the dense vectors in the graph, the words as ever"
    shard.close()


def test_nothing_is_started_where_nothing_is_to_gain(quick_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Rebuild, path: Path) -> None:
        pytest.fail("a copy was made")

    store = open_edge(quick_settings)
    fill(store, 300)
    with monkeypatch.context() as patch:
        patch.setattr(Rebuild, "__init__", refuse)
        store.delete_documents(["unknown"])
        store.optimize()
    store.delete_documents(["gone"])
    store.optimize()
    monkeypatch.setattr(Rebuild, "__init__", refuse)
    store.optimize()
    store.close()


def test_a_failed_optimization_changes_nothing(
    quick_settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    store = open_edge(quick_settings)
    fill(store, 300)
    store.delete_documents(["gone"])
    monkeypatch.setattr(sys, "executable", shutil.which("false"))
    with caplog.at_level(logging.WARNING):
        store.optimize()
    assert "could not be optimized" in caplog.text
    assert store.count() == 150
    assert {path.name for path in quick_settings.data_dir.glob("index.*")} == {"index.lock", "index.holder"}
    store.close()


@pytest.mark.parametrize("failing", [1, 2])
def test_a_copy_that_cannot_take_the_place_is_discarded_and_the_shard_goes_on(
    quick_settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, failing: int
) -> None:
    store = open_edge(quick_settings)
    fill(store, 300)
    store.delete_documents(["gone"])
    take_place, rename, renames = Rebuild.take_place, Path.rename, []

    def failing_rename(path: Path, target: Path) -> Path:
        renames.append(path)
        if len(renames) == failing:
            raise OSError(5, "Input/output error")
        return rename(path, target)

    def fail(self: Rebuild) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(Path, "rename", failing_rename)
            take_place(self)

    with caplog.at_level(logging.WARNING), monkeypatch.context() as patch:
        patch.setattr(Rebuild, "take_place", fail)
        store.optimize()
    assert len(renames) == failing
    assert "Input/output error" in caplog.text
    store.upsert([point("new", document="new")])
    assert store.facet("document_id") == {"kept": 150, "new": 1}
    assert {path.name for path in quick_settings.data_dir.glob("index.*")} == {"index.lock", "index.holder"}
    store.delete_documents(["new"])
    store.optimize()
    assert store.facet("document_id") == {"kept": 150}
    store.close()


@pytest.mark.parametrize("step", ["copytree", "load"])
def test_a_copy_that_cannot_be_made_or_read_leaves_nothing(
    quick_settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, step: str
) -> None:
    class Unreadable:
        @staticmethod
        def load(path: str) -> None:
            refuse()

    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    store = open_edge(quick_settings)
    fill(store, 300)
    store.delete_documents(["gone"])
    with caplog.at_level(logging.WARNING), monkeypatch.context() as patch:
        if step == "copytree":
            patch.setattr(shutil, "copytree", refuse)
        else:
            patch.setattr("ingest.index.edge_rebuild.EdgeShard", Unreadable)
        store.optimize()
    assert "No space left" in caplog.text
    assert store.count() == 150
    assert {path.name for path in quick_settings.data_dir.glob("index.*")} == {"index.lock", "index.holder"}
    store.close()


def test_what_lies_in_the_current_folder_is_not_run(
    quick_settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "ingest.py").write_text("raise SystemExit('this code must never run')")
    monkeypatch.chdir(tmp_path)
    store = open_edge(quick_settings)
    fill(store, 300)
    store.delete_documents(["gone"])
    with caplog.at_level(logging.WARNING):
        store.optimize()
    assert caplog.text == ""
    store.close()


def test_closing_ends_an_optimization(quick_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = quick_settings.data_dir / "slow"
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(slow))
    store = open_edge(quick_settings)
    fill(store, 300)
    store.delete_documents(["gone"])
    optimizing = threading.Thread(target=store.optimize)
    optimizing.start()
    while not list(quick_settings.data_dir.glob("index.new-*/edge_config.json")):
        time.sleep(0.01)
    started = time.monotonic()
    store.close()
    optimizing.join()
    assert time.monotonic() - started < 20
    again = open_edge(quick_settings)
    assert again.count() == 150
    again.close()


def test_what_a_killed_process_left_half_way_is_put_right(quick_settings: Settings) -> None:
    store = open_edge(quick_settings)
    fill(store, 10)
    store.close()
    path = shard_path(quick_settings)
    shutil.copytree(path, path.with_name("index.new-abc"))
    (path.with_name("index.new-create") / "wal").mkdir(parents=True)
    path.rename(path.with_name("index.old"))
    store = open_edge(quick_settings)
    assert store.count() == 10
    store.close()
    assert sorted(one.name for one in quick_settings.data_dir.iterdir()) == ["index", "index.holder", "index.lock"]


@pytest.mark.parametrize(
    ("file", "harm"),
    [
        ("edge_config.json", b"\xff\x00"),
        ("wal/first-index", b""),
        ("segments/*/segment.json", b"{"),
        ("segments/*/vector_storage-dense/vectors/status.dat", b""),  # makes the engine panic
    ],
)
def test_a_damaged_index_is_said_to_be_so(quick_settings: Settings, file: str, harm: bytes) -> None:
    store = open_edge(quick_settings)
    fill(store, 10)
    store.close()
    (damaged,) = shard_path(quick_settings).glob(file)
    damaged.write_bytes(harm)
    for _ in range(2):  # the lock is let go, so that the second try fails for the same reason
        with pytest.raises(IndexDamaged, match="index") as raised:
            open_edge(quick_settings)
        assert "caselore ingest --rebuild" in raised.value.hint
        assert "\n" not in raised.value.message
    drop_store(quick_settings, Holder("ingest"))
    store = open_edge(quick_settings)
    assert store.count() == 0
    store.close()


def test_a_point_that_caselore_did_not_write_is_said_to_be_damage(quick_settings: Settings) -> None:
    open_edge(quick_settings).close()
    shard = EdgeShard.load(str(shard_path(quick_settings)))
    foreign = EdgePoint(chunk_id("foreign"), {"dense": [1.0, 0.0, 0.0, 0.0]}, {"text": "not a chunk"})
    shard.update(UpdateOperation.upsert_points([foreign]))
    shard.close()
    store = open_edge(quick_settings)
    with pytest.raises(IndexDamaged):
        store.retrieve([chunk_id("foreign")])
    store.close()


def test_nothing_is_written_to_a_full_disk(quick_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_edge(quick_settings)
    fill(store, 10)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: DiskUsage(10**12, 10**12 - 2**20, 2**20))
    with pytest.raises(DataDirNotWritable, match="full"):
        store.upsert([point("more")])
    assert store.count() == 10, "and what is there can be read"
    store.delete_documents(["gone"])
    assert store.count(Filter({"document_id": ("kept",)})) == store.count() == 5, "and made smaller"
    store.optimize()
    store.close()


def test_an_open_index_cannot_be_opened_or_dropped(quick_settings: Settings) -> None:
    store = open_edge(quick_settings)
    with pytest.raises(IndexLocked, match="`caselore test`"):
        open_edge(quick_settings)
    with pytest.raises(IndexLocked, match="`caselore test`"):
        drop_store(quick_settings, Holder("ingest"))
    store.upsert([point("a")])
    store.close()


def test_a_chunk_goes_with_its_own_document(quick_settings: Settings) -> None:
    store = open_edge(quick_settings)
    stranger = point("a", document="one")
    mixed = type(stranger)(stranger.chunk, point("b", document="two").document, stranger.dense, stranger.sparse)
    with pytest.raises(ValueError, match="is of one, not of two"):
        store.upsert([mixed])
    store.close()
