"""One document's replacement, watched: a reader that searches all the time never sees both versions nor a half one."""

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest import replace
from ingest.embed_hashing import HashingEmbedder
from ingest.errors import StoreUnavailable
from ingest.index.edge import EdgeStore
from ingest.index.store import Point
from ingest.library import Library
from ingest.parse.workers.pool import ParsePool
from ingest.pipeline import ingest
from retrieval.assistant import Assistant
from tests.ingest.shelf import SECTIONS, Shelf, assert_whole, counts, text_of
from tests.quick_disk import quick_folder

QUESTION = "双活架构的数据同步与切换步骤"

Sight = tuple[str, int]
"""What a reader saw of a document: its title, and how many of its chunks."""


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    monkeypatch.setattr(EdgeStore, "optimize", lambda _: None)
    # Several batches a document, and several writes: time to be caught in between.
    monkeypatch.setattr(replace, "BATCH", 4)
    monkeypatch.setattr("ingest.index.edge.POINTS_PER_WRITE", 3)
    with quick_folder() as folder:
        shelf = Shelf(folder)
        shelf.put("a.md", text_of("甲"))
        yield shelf


class SlowEmbedder(HashingEmbedder):
    """Takes its time over each batch."""

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        time.sleep(0.02)
        return super().embed_passages(texts)


@pytest.fixture
def _slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.library.load_embedder", lambda _: SlowEmbedder())
    write = EdgeStore.upsert

    def slowly(store: EdgeStore, points: Sequence[Point]) -> None:
        for point in points:
            write(store, [point])
            time.sleep(0.002)

    monkeypatch.setattr(EdgeStore, "upsert", slowly)


@contextmanager
def watched(library: Library) -> Iterator[Counter[frozenset[Sight]]]:
    """A thread that searches all the time; counts what it saw, and lets it see the last state at the end."""
    sights: Counter[frozenset[Sight]] = Counter()
    ended, errors = threading.Event(), []

    def look() -> None:
        assistant = Assistant(library)
        try:
            while not ended.is_set():
                passages = assistant.search(QUESTION, k=1000).passages
                assert len({passage.chunk.id for passage in passages}) == len(passages)
                sights[frozenset(Counter(passage.document.title for passage in passages).items())] += 1
        except Exception as error:  # noqa: BLE001 - told at the end, by the thread that asserts
            errors.append(error)

    reader = threading.Thread(target=look)
    reader.start()
    try:
        yield sights
        let_look(sights)
    finally:
        ended.set()
        reader.join()
    assert errors == []


def let_look(sights: Counter[frozenset[Sight]]) -> None:
    """Wait until the reader has looked at what there is now."""
    seen, patience = sights.total(), time.monotonic() + 20
    while sights.total() < seen + 2 and time.monotonic() < patience:
        time.sleep(0.005)


@pytest.mark.usefixtures("_slow")
def test_a_reader_sees_the_old_document_or_the_new_one(shelf: Shelf) -> None:
    with shelf.library() as library:
        ingest(library, [shelf.docs])
        with watched(library) as sights:
            for name, sections in (("乙", 20), ("甲", SECTIONS), ("丙", 5), ("甲", SECTIONS)):
                shelf.put("a.md", text_of(name, sections))
                assert counts(ingest(library, [shelf.docs])) == {"updated": 1}
                let_look(sights)
        assert_whole(library)
    whole = {("甲方案", SECTIONS), ("乙方案", 20), ("丙方案", 5)}
    assert set(sights) == {frozenset({one}) for one in whole}


@pytest.mark.usefixtures("_slow")
def test_a_reader_sees_the_old_description_or_the_new_one(shelf: Shelf) -> None:
    with shelf.library() as library:
        ingest(library, [shelf.docs])
        with watched(library) as sights:
            for title in ("一版", "二版", "三版"):
                shelf.put("manifest.jsonl", json.dumps({"path": "a.md", "title": title}))
                assert counts(ingest(library, [shelf.docs])) == {"updated": 1}
                let_look(sights)
        assert_whole(library)
    assert set(sights) - {frozenset({("甲方案", SECTIONS)})} == {
        frozenset({(title, SECTIONS)}) for title in ("一版", "二版", "三版")
    }


@pytest.mark.usefixtures("_slow")
def test_a_reader_sees_a_new_document_and_a_removed_one_whole_or_not_at_all(shelf: Shelf) -> None:
    with shelf.library() as library:
        ingest(library, [shelf.docs])
        with watched(library) as sights:
            for _ in range(3):
                new = shelf.put("b.md", text_of("乙"))
                assert counts(ingest(library, [shelf.docs])) == {"added": 1, "unchanged": 1}
                let_look(sights)
                new.unlink()
                assert counts(ingest(library, [shelf.docs], prune=True)) == {"unchanged": 1, "removed": 1}
                let_look(sights)
    alone = frozenset({("甲方案", SECTIONS)})
    assert set(sights) == {alone, alone | {("乙方案", SECTIONS)}}


def test_a_store_that_fails_half_way_leaves_the_old_document(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    def half(store: EdgeStore, points: Sequence[Point]) -> None:
        write(store, points[: len(points) // 2])
        raise StoreUnavailable("The store is away.", "Try again.")

    shelf.ingest()
    before = shelf.documents()
    shelf.put("a.md", text_of("乙"))
    write = EdgeStore.upsert
    with shelf.library() as library:
        monkeypatch.setattr(EdgeStore, "upsert", half)
        with pytest.raises(StoreUnavailable):
            ingest(library, [shelf.docs])
        monkeypatch.undo()
        assert_whole(library)
    assert shelf.documents() == before
    assert counts(shelf.ingest()) == {"updated": 1}
    assert len(shelf.stored()) == 1


def test_a_model_that_fails_half_way_changes_nothing(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    class FailingEmbedder(HashingEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
            raise StoreUnavailable("No memory is left.", "Try again.")

    shelf.ingest()
    stored, before = shelf.stored(), shelf.documents()
    for change in ({}, {"chunk_chars": 100}):
        shelf.put("a.md", text_of("甲" if change else "乙"))
        monkeypatch.setattr("ingest.library.load_embedder", lambda _: FailingEmbedder())
        with shelf.library(**change) as library, pytest.raises(StoreUnavailable):
            ingest(library, [shelf.docs])
        monkeypatch.undo()
        assert (shelf.stored(), shelf.documents()) == (stored, before)


@pytest.mark.parametrize("times", [1, 2])
def test_points_that_another_process_deletes_are_written_again_once(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    deleted: list[str] = []

    def and_lose(store: EdgeStore, points: Sequence[Point]) -> None:
        write(store, points)
        if len(deleted) < times:
            deleted.append(points[0].document.id)
            store.delete_documents(deleted)

    shelf.ingest()
    before = shelf.documents()
    shelf.put("a.md", text_of("乙"))
    write = EdgeStore.upsert
    monkeypatch.setattr(EdgeStore, "upsert", and_lose)
    if times == 1:
        assert counts(shelf.ingest()) == {"updated": 1}
        assert [meta.title for meta in shelf.documents().values()] == ["乙方案"]
        return
    with pytest.raises(StoreUnavailable, match=r"a\.md does not stay"):
        shelf.ingest()
    assert shelf.documents() == before
    assert counts(shelf.ingest()) == {"updated": 1}


def test_a_file_that_changes_while_it_is_read_is_not_taken(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.ingest()
    before = shelf.documents()
    shelf.put("a.md", text_of("乙"))
    read = ParsePool.read

    def read_and_change(pool: ParsePool, path: Path, *others: Any) -> bytes:
        content = read(pool, path, *others)
        shelf.put("a.md", text_of("丙"))
        return content

    monkeypatch.setattr(ParsePool, "read", read_and_change)
    report = shelf.ingest()
    assert [failure.error for failure in report.failures] == ["a.md changed while it was read."]
    assert shelf.documents() == before
    monkeypatch.undo()
    assert counts(shelf.ingest()) == {"updated": 1}
    assert [meta.title for meta in shelf.documents().values()] == ["丙方案"]
