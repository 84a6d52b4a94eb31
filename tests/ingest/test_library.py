"""Registry, store and model opened together: what is missing, lost, or does not fit is said, and can be mended."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import data_dir
from ingest.errors import DataDirNotWritable, IndexLocked, IndexMissing, ModelMismatch, StoreUnavailable
from ingest.index.edge import EdgeStore
from ingest.index.lock import Holder, holder
from ingest.library import Library, drop_index, open_registry
from ingest.settings import Settings
from tests.ingest.shelf import Shelf, assert_whole, counts, text_of
from tests.quick_disk import quick_folder


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    monkeypatch.setattr(EdgeStore, "optimize", lambda _: None)
    with quick_folder() as folder:
        shelf = Shelf(folder)
        shelf.put("a.md", text_of("甲"))
        yield shelf


def to_read(settings: Settings) -> Library:
    return Library(settings, Holder("ask"))


def test_before_the_first_ingest_there_is_nothing_and_nothing_is_made(shelf: Shelf) -> None:
    for opener in (to_read, open_registry):
        with pytest.raises(IndexMissing, match="Nothing has been ingested yet"):
            opener(shelf.settings)
    assert not shelf.settings.data_dir.exists()
    shelf.settings.data_dir.mkdir()
    with pytest.raises(IndexMissing, match="Nothing has been ingested yet"):
        to_read(shelf.settings)
    assert list(shelf.settings.data_dir.iterdir()) == []


def test_a_deleted_index_is_said_and_made_anew(shelf: Shelf) -> None:
    shelf.ingest()
    before = shelf.documents()
    shutil.rmtree(shelf.settings.data_dir / "index")
    for _ in range(2):
        with pytest.raises(IndexMissing, match=r"empty, but 1 documents.*deleted") as told:
            to_read(shelf.settings)
    assert "caselore ingest --rebuild" in told.value.hint
    assert counts(shelf.ingest()) == {"updated": 1}
    assert shelf.documents() == before
    with to_read(shelf.settings) as library:
        assert_whole(library)


def test_a_deleted_registry_is_said_and_made_anew(shelf: Shelf) -> None:
    shelf.put("old.md", text_of("旧"))
    shelf.ingest()
    for file in shelf.settings.data_dir.glob("registry.sqlite3*"):
        file.unlink()
    (shelf.docs / "old.md").unlink()
    with pytest.raises(IndexMissing, match="Nothing has been ingested yet"):
        to_read(shelf.settings)
    assert counts(shelf.ingest()) == {"added": 1}
    # Nothing is left of what only the lost registry knew.
    assert list(shelf.stored()) == [meta.id for meta in shelf.documents().values()]


def test_a_registry_set_wrongly_costs_no_documents(shelf: Shelf) -> None:
    shelf.ingest()
    before = shelf.documents()
    wrong = f"sqlite:///{shelf.docs.parent / 'mistyped.sqlite3'}"
    for _ in range(2):
        with pytest.raises(StoreUnavailable, match="of another registry") as told:
            shelf.ingest(database_url=wrong)
        assert "CASELORE_DATABASE_URL" in told.value.hint
        assert "--rebuild" in told.value.hint
    assert shelf.documents() == before
    assert counts(shelf.ingest()) == {"unchanged": 1}
    drop_index(shelf.settings.model_copy(update={"database_url": wrong}), Holder("ingest"), keep_files=True)
    assert counts(shelf.ingest(database_url=wrong)) == {"added": 1}


def test_points_that_are_missing_hide_their_document_until_it_is_made_anew(shelf: Shelf) -> None:
    shelf.put("b.md", text_of("乙"))
    shelf.ingest()
    lost = shelf.documents()["a.md"].id
    with shelf.library() as library:
        library.store.delete_documents([lost])
    with shelf.library() as library:
        assert_whole(library)
        assert [meta.path for meta, _ in library.registry.documents()] == ["b.md"]
    assert counts(shelf.ingest()) == {"updated": 1, "unchanged": 1}


def test_another_model_is_refused_until_the_index_is_dropped(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.ingest()
    monkeypatch.setattr("ingest.embed_hashing.HashingEmbedder.fingerprint", "another")
    with to_read(shelf.settings) as library, pytest.raises(ModelMismatch, match="was built with hashing") as told:
        _ = library.embedder
    assert "--rebuild" in told.value.hint
    drop_index(shelf.settings, Holder("ingest"), keep_files=True)
    with pytest.raises(IndexMissing):
        to_read(shelf.settings)
    assert counts(shelf.ingest()) == {"updated": 1}


def test_dropping_with_the_files_forgets_them(shelf: Shelf) -> None:
    shelf.ingest()
    drop_index(shelf.settings, Holder("ingest"), keep_files=False)
    assert counts(shelf.ingest()) == {"added": 1}


def test_an_index_in_use_is_neither_opened_nor_dropped(shelf: Shelf) -> None:
    shelf.ingest()
    with shelf.library() as library:
        for attempt in (to_read, lambda one: drop_index(one, Holder("ingest"), keep_files=False)):
            with pytest.raises(IndexLocked, match="caselore test"):
                attempt(shelf.settings)
        assert_whole(library)
        assert len(library.registry.documents()) == 1
    assert holder(shelf.settings.data_dir) is None


@pytest.mark.parametrize("below", ["", "deeper"])
def test_a_file_in_the_place_of_the_data_folder_is_said(tmp_path: Path, below: str) -> None:
    (tmp_path / "data").write_text("")
    settings = Settings(data_dir=tmp_path / "data" / below, embed_model="hashing", _env_file=None)
    with pytest.raises(DataDirNotWritable, match="a file is in its place"):
        Library(settings, Holder("ingest"), create=True)


def test_a_disk_that_is_full_from_the_start_is_said(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.ingest()
    monkeypatch.setattr(data_dir, "MIN_FREE_BYTES", 2**60)
    with pytest.raises(DataDirNotWritable, match=r"full \(\d+ MiB free"):
        shelf.ingest()
    monkeypatch.undo()
    assert len(shelf.documents()) == 1


def test_a_disk_that_fills_up_loses_nothing(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.ingest()
    before = shelf.documents()
    shelf.put("a.md", text_of("乙"))
    monkeypatch.setattr("ingest.index.edge_shard.MIN_FREE_BYTES", 2**60)
    with pytest.raises(DataDirNotWritable, match="disk"):
        shelf.ingest()
    monkeypatch.undo()
    assert shelf.documents() == before
    assert counts(shelf.ingest()) == {"updated": 1}


def test_a_database_url_that_cannot_be_used_is_said_without_its_password(shelf: Shelf) -> None:
    for url in ("no url", "nosuchbase://user:secret@host/name"):
        with pytest.raises(DataDirNotWritable, match="CASELORE_DATABASE_URL") as told:
            open_registry(shelf.settings.model_copy(update={"database_url": url}))
        assert "secret" not in str(told.value)
