"""Words first: a fast ingest can be searched at once, and deepening it ends in what a full ingest makes."""

import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.deepen import BATCH, deepen_all, deepen_batch
from ingest.index.store import Filter, VectorQuery
from ingest.lexical import sparse_query
from ingest.library import Library
from ingest.pipeline import ingest
from ingest.registry import Registry
from ingest.report import Progress
from tests.ingest.shelf import Shelf, assert_whole, counts, environment, text_of
from tests.ingest.test_interrupted import COMMAND
from tests.quick_disk import quick_folder

LACKING = Filter(lacks_dense=True)


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    with quick_folder() as folder:
        shelf = Shelf(folder)
        shelf.put("a.md", text_of("甲", 3))
        shelf.put("b.md", text_of("乙", BATCH + 8))
        yield shelf


def shallow(library: Library) -> list[str]:
    return [meta.path for meta in library.registry.shallow()]


def nearest(library: Library, question: str) -> list[tuple[str, float]]:
    query = VectorQuery("dense", library.embedder.embed_query(question), 1000)
    return sorted((one.id, round(one.score, 4)) for one in library.store.search([query])[0])


def test_a_fast_ingest_is_searched_by_words_at_once(shelf: Shelf) -> None:
    report = shelf.ingest(ingest_profile="fast")
    assert counts(report) == {"added": 2}
    assert "embed" not in report.stages
    with shelf.library() as library:
        assert shallow(library) == ["a.md", "b.md"]
        assert library.registry.shallow_count() == 2
        assert library.store.count(LACKING) == library.store.count() == report.chunks
        assert nearest(library, "乙的切换步骤") == []
        (found,) = library.store.search([VectorQuery("bigrams", sparse_query("数据同步")["bigrams"], 5)])
        assert len(found) == 5


def test_the_next_full_ingest_makes_it_what_a_full_ingest_makes(shelf: Shelf) -> None:
    shelf.ingest(ingest_profile="fast")
    report = shelf.ingest()
    assert counts(report) == {"unchanged": 2}
    assert report.deepened == 2
    assert report.chunks == 0
    with quick_folder() as folder:
        fresh = Shelf(folder)
        fresh.docs = shelf.docs
        fresh.ingest()
        with shelf.library() as library, fresh.library() as full:
            assert (shallow(library), library.store.count(LACKING)) == ([], 0)
            assert nearest(library, "乙的切换步骤") == nearest(full, "乙的切换步骤")
    assert shelf.ingest().deepened == 0


def test_a_fast_ingest_leaves_deep_documents_deep_and_makes_changed_ones_shallow(shelf: Shelf) -> None:
    shelf.ingest()
    shelf.put("b.md", text_of("丙", 3))
    assert counts(shelf.ingest(ingest_profile="fast")) == {"updated": 1, "unchanged": 1}
    with shelf.library() as library:
        assert shallow(library) == ["b.md"]
    shelf.put("b.md", text_of("丁", 3))
    report = shelf.ingest()
    assert (counts(report), report.deepened) == ({"updated": 1, "unchanged": 1}, 0)
    with shelf.library() as library:
        assert shallow(library) == []


def test_what_is_removed_is_not_deepened(shelf: Shelf) -> None:
    shelf.ingest(ingest_profile="fast")
    (shelf.docs / "b.md").unlink()
    shelf.ingest(prune=True, ingest_profile="fast")
    with shelf.library() as library:
        assert shallow(library) == ["a.md"]
        assert deepen_all(library, Progress()) == 1


class Watched(Progress):
    def __init__(self) -> None:
        self.said: list[tuple[object, ...]] = []

    def start(self, files: int) -> None:
        self.said.append(("start", files))

    def file(self, path: Path) -> None:
        self.said.append((path.name,))

    def embedded(self, done: int, total: int) -> None:
        self.said.append((done, total))


def test_progress_is_told_batch_by_batch(shelf: Shelf) -> None:
    shelf.ingest(ingest_profile="fast")
    watched = Watched()
    with shelf.library() as library:
        in_b = library.store.count(Filter({"path": ("b.md",)}))
        deepen_all(library, watched)
    assert watched.said == [("start", 2), ("a.md",), (3, 3), ("b.md",), (BATCH, in_b), (in_b, in_b)]


def test_deepening_goes_on_after_the_last_batch_written(shelf: Shelf) -> None:
    shelf.ingest(ingest_profile="fast")
    with shelf.library() as library:
        b = next(meta for meta in library.registry.shallow() if meta.path == "b.md")
        assert deepen_batch(library, b) == BATCH
    with shelf.library() as library:
        rest = library.store.count(Filter({"path": ("b.md",)}, lacks_dense=True))
        assert rest == library.store.count(Filter({"path": ("b.md",)})) - BATCH
        assert deepen_batch(library, b) == rest
        assert shallow(library) == ["a.md", "b.md"]
        assert deepen_batch(library, b) == 0
        assert shallow(library) == ["a.md"]


def test_killed_runs_lose_nothing_and_the_next_one_finishes(shelf: Shelf) -> None:
    for number in range(40):
        shelf.put(f"{number:03}.md", text_of(f"丙{number}", 4))
    with shelf.library(ingest_profile="fast") as library:
        ingest(library, [shelf.docs])
        chunks, left = library.store.count(), library.store.count(LACKING)
        before = {stored.chunk.id: stored for stored in library.store.scroll()}
    for _ in range(3):
        run = subprocess.Popen(
            [*COMMAND, "ingest", "--deepen"],
            env=environment(shelf),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        _wait_until_deepened(shelf, run)
        run.send_signal(signal.SIGKILL)
        run.communicate()
        with shelf.library() as library:
            assert_whole(library)
            lacking = library.store.count(LACKING)
            # A document that is no longer called shallow has all its vectors.
            ids = tuple(meta.id for meta in library.registry.shallow())
            assert library.store.count(Filter({"document_id": ids}, lacks_dense=True)) == lacking
            assert lacking <= left
            left = lacking
            assert library.store.count() == chunks
    done = subprocess.run([*COMMAND, "ingest", "--deepen"], env=environment(shelf), capture_output=True, check=True)
    assert b"Traceback" not in done.stderr
    with shelf.library() as library:
        assert (shallow(library), library.store.count(LACKING)) == ([], 0)
        assert {stored.chunk.id: stored for stored in library.store.scroll()} == before


def _wait_until_deepened(shelf: Shelf, run: "subprocess.Popen[str]") -> None:
    """Wait until the run has finished another document, or ended."""
    registry, patience = Registry(shelf.settings), time.monotonic() + 60
    before = registry.shallow_count()
    while registry.shallow_count() == before and run.poll() is None:
        assert time.monotonic() < patience
        time.sleep(0.002)
    registry.close()
