"""The registry's promise: a reader sees the whole old document or the whole new one."""

from collections.abc import Callable, Iterator
from datetime import datetime, tzinfo
from pathlib import Path

import pytest

from ingest.document import DocumentMeta
from ingest.errors import DamagedDocument, DataDirNotWritable, DocumentNotFound
from ingest.registry import Registry
from ingest.settings import Settings

ROOT = Path("/library")
FILE = ROOT / "a.md"


def meta(document_id: str, title: str = "设计") -> DocumentMeta:
    return DocumentMeta(id=document_id, title=title, path="a.md", format="md")


@pytest.fixture
def registry(settings: Settings) -> Iterator[Registry]:
    settings.data_dir.mkdir()
    registry = Registry(settings)
    yield registry
    registry.close()


def test_a_document_is_unseen_until_it_is_whole(registry: Registry) -> None:
    registry.begin(meta("one"))
    assert registry.documents() == []
    assert registry.hidden() == {"one"}
    registry.activate(meta("one"), "recipe", 3, FILE, ROOT)
    assert registry.documents() == [(meta("one"), 3)]
    assert registry.hidden() == frozenset()
    assert registry.active_recipe("one") == "recipe"


def test_the_successor_takes_the_place_of_the_predecessor_at_once(registry: Registry) -> None:
    registry.activate(meta("one"), "r", 3, FILE, ROOT)
    registry.begin(meta("two"))
    assert [one.id for one, _ in registry.documents()] == ["one"]
    assert registry.activate(meta("two"), "r", 5, FILE, ROOT) == ["one"]
    assert [one.id for one, _ in registry.documents()] == ["two"]
    assert registry.hidden() == {"one"}
    registry.forget(["one"])
    assert registry.hidden() == frozenset()


def test_copies_share_a_document_until_the_last_has_gone(registry: Registry) -> None:
    registry.activate(meta("one"), "r", 3, FILE, ROOT)
    assert registry.attach(ROOT / "copy.md", ROOT, "one") == []
    assert registry.sources("one") == [FILE, ROOT / "copy.md"]
    assert registry.detach(FILE) == []
    assert registry.detach(ROOT / "copy.md") == ["one"]


def test_a_document_that_files_hold_is_not_forgotten(registry: Registry) -> None:
    registry.activate(meta("one"), "r", 3, FILE, ROOT)
    registry.hide(["one"])
    registry.forget(["one"])
    assert registry.hidden() == {"one"}
    assert registry.active_recipe("one") is None


def test_a_failure_is_kept_until_the_file_can_be_taken(registry: Registry) -> None:
    registry.fail(FILE, DamagedDocument("a.md is damaged.", "Save it again."))
    assert registry.failures() == [(FILE, "a.md is damaged.", "Save it again.")]
    registry.activate(meta("one"), "r", 3, FILE, ROOT)
    assert registry.failures() == []


def test_unknown_and_hidden_documents_are_not_found(registry: Registry) -> None:
    registry.begin(meta("one"))
    for document_id in ("one", "none"):
        with pytest.raises(DocumentNotFound, match=document_id):
            registry.document(document_id)


def test_files_and_roots(registry: Registry) -> None:
    registry.activate(meta("one"), "r", 3, FILE, ROOT)
    registry.activate(meta("two"), "r", 3, ROOT / "sub" / "b.md", ROOT / "sub")
    assert registry.roots() == [ROOT / "sub", ROOT]
    assert registry.files_under([ROOT / "sub"]) == [ROOT / "sub" / "b.md"]
    assert registry.file_document(FILE) == "one"
    assert registry.file_document(ROOT / "none") is None


def test_clear_forgets_everything(registry: Registry) -> None:
    registry.set_index_facts({"model": "m"})
    registry.activate(meta("one"), "r", 3, FILE, ROOT)
    registry.clear()
    assert (registry.documents(), registry.index_facts(), registry.roots()) == ([], {}, [])


def test_a_database_that_cannot_be_opened_is_advice(tmp_path: Path) -> None:
    broken = tmp_path / "registry.sqlite3"
    broken.write_bytes(b"this is no database, and long enough to be sure of it" * 20)
    with pytest.raises(DataDirNotWritable, match="not a database"):
        Registry(Settings(data_dir=tmp_path))


def test_the_mark_grows_with_every_change_whatever_the_clock_says(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stopped(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Stopped":
            return cls(2026, 1, 1, tzinfo=tz)

    monkeypatch.setattr("ingest.registry_rows.datetime", Stopped)
    registry.begin(meta("one"))
    marks = [registry.mark()]
    changes: list[Callable[[], object]] = [
        lambda: registry.activate(meta("one"), "r", 3, FILE, ROOT),
        lambda: registry.activate(meta("one", "改过的题目"), "r", 3, FILE, ROOT),
        lambda: registry.begin(meta("one")),
        lambda: registry.activate(meta("two"), "r", 3, FILE, ROOT),
        lambda: registry.hide(["two"]),
        lambda: registry.detach(FILE),
        lambda: registry.forget(["two"]),
        registry.invalidate,
        registry.clear,
    ]
    for change in changes:
        change()
        marks.append(registry.mark())
    assert marks == sorted(set(marks))
