"""Reading ahead: in bounds, in order, and stopped at once when the run is."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ingest.ahead import Ahead
from ingest.errors import ParsersUnavailable
from ingest.index.edge import EdgeStore
from ingest.parse.workers.limits import Limits
from ingest.parse.workers.pool import ParsePool
from ingest.pipeline import ingest
from ingest.report import Outcome, Progress
from ingest.source import SourceFile
from tests.ingest.parse.workers import misdeeds
from tests.ingest.shelf import Shelf, counts, text_of
from tests.quick_disk import quick_folder


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    monkeypatch.setattr(EdgeStore, "optimize", lambda _: None)
    with quick_folder() as folder:
        yield Shelf(folder)


def sources(shelf: Shelf, number: int) -> list[SourceFile]:
    return [SourceFile(shelf.put(f"{n:02}.md", text_of(str(n), 1)), shelf.docs) for n in range(number)]


def test_the_next_files_are_read_but_not_all(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []
    read = ParsePool.read

    def note(pool: ParsePool, path: Path, *others: Any) -> bytes:
        begun.append(path.name)
        return bytes(read(pool, path, *others))

    monkeypatch.setattr(ParsePool, "read", note)
    files = sources(shelf, 12)
    with shelf.library() as library, Ahead(library, files, {shelf.docs: {}}, Progress()) as ahead:
        bound = library.parsers.limits.workers + 1
        for number, (file, draft) in enumerate(ahead):
            assert file == files[number]
            assert draft().content
            assert len(begun) <= number + 1 + bound
    assert sorted(begun) == [file.path.name for file in files]


def test_of_equal_files_one_is_read(shelf: Shelf) -> None:
    files = [SourceFile(shelf.put(f"{n}.md", text_of("同", 1)), shelf.docs) for n in range(3)]
    with shelf.library() as library, Ahead(library, files, {shelf.docs: {}}, Progress()) as ahead:
        assert [draft().content is not None for _, draft in ahead].count(True) == 1


def test_left_early_it_stops_what_is_being_read(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    started, read = threading.Event(), ParsePool.read

    def hang(pool: ParsePool, *_: object) -> bytes:
        started.set()
        return pool.call(f"{misdeeds.HERE}:hang", {}, "a.md")

    monkeypatch.setattr(ParsePool, "read", hang)
    files = sources(shelf, 6)
    with shelf.library() as library:
        begun = time.monotonic()
        with Ahead(library, files, {shelf.docs: {}}, Progress()) as ahead:
            next(iter(ahead))
            assert started.wait(20)
        assert time.monotonic() - begun < 20
        monkeypatch.setattr(ParsePool, "read", read)
        assert counts(ingest(library, [shelf.docs])) == {"added": 6}


def test_a_file_that_hangs_its_parser_costs_itself_only(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    sources(shelf, 4)
    call = ParsePool.call

    def sometimes(pool: ParsePool, function: str, arguments: Any, name: str, *others: Any) -> bytes:
        if name == "01.md":
            return call(pool, f"{misdeeds.HERE}:hang", {}, name)
        return call(pool, function, arguments, name, *others)

    monkeypatch.setattr(ParsePool, "call", sometimes)
    monkeypatch.setattr("ingest.library.open_parsers", lambda _: ParsePool(Limits(2, 5.0, 60, 1024)))
    told: list[tuple[str, Outcome | None]] = []

    class Listener(Progress):
        def finished(self, path: Path, outcome: Outcome | None) -> None:
            told.append((path.name, outcome))

    with shelf.library() as library:
        report = ingest(library, [shelf.docs], progress=Listener())
    assert told == [("00.md", "added"), ("01.md", "failed"), ("02.md", "added"), ("03.md", "added")]
    (failure,) = report.failures
    assert failure.error == "01.md was given up: no progress in 5 s."


def test_pages_read_are_told_to_who_watches(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    def slowly(pool: ParsePool, path: Path, _: object, told: Any) -> bytes:
        pool.call(f"{misdeeds.HERE}:go_on", {"seconds": 0.5}, path.name, told)
        return bytes(real(pool, path, _, told))

    real: Any = ParsePool.read
    monkeypatch.setattr(ParsePool, "read", slowly)
    heard: list[tuple[str, int, int]] = []

    class Listener(Progress):
        def reading(self, path: Path, done: int, total: int) -> None:
            heard.append((path.name, done, total))

    shelf.put("a.md", text_of("甲"))
    with shelf.library() as library:
        ingest(library, [shelf.docs], progress=Listener())
    assert ("a.md", 1, 2) in heard


def test_a_stopped_parser_is_no_fault_of_the_document(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    pool = ParsePool(Limits(1, 30, 30, 1024))
    monkeypatch.setattr("ingest.library.open_parsers", lambda _: pool)
    shelf.put("a.md", text_of("甲"))
    with shelf.library() as library:
        pool.close()
        with pytest.raises(ParsersUnavailable):
            ingest(library, [shelf.docs])
        assert library.registry.failures() == []
