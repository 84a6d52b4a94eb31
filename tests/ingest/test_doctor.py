"""What doctor finds."""

import shutil
from collections.abc import Iterator

import pytest

from ingest import doctor
from ingest.doctor import Finding, examine
from ingest.index.edge import EdgeStore
from ingest.index.lock import Holder
from ingest.library import Library
from ingest.settings import Settings
from tests.ingest.shelf import SECTIONS, Shelf, text_of
from tests.quick_disk import quick_folder


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    monkeypatch.setattr(EdgeStore, "optimize", lambda _: None)
    with quick_folder() as folder:
        shelf = Shelf(folder)
        shelf.put("a.md", text_of("甲"))
        yield shelf


def find(settings: Settings) -> dict[str, Finding]:
    findings = {finding.subject: finding for finding in examine(settings)}
    assert all(finding.fine or finding.hint for finding in findings.values())
    return findings


def test_nothing_is_wrong_after_an_ingest(shelf: Shelf) -> None:
    shelf.ingest()
    found = find(shelf.settings)
    assert all(finding.fine for finding in found.values())
    assert f"1 documents, {SECTIONS} chunks, model hashing" in found["index"].state


def test_before_the_first_ingest_only_the_index_is_missing_and_nothing_is_made(shelf: Shelf) -> None:
    found = find(shelf.settings)
    assert [subject for subject, finding in found.items() if not finding.fine] == ["index"]
    assert "caselore ingest" in found["index"].hint
    assert not shelf.settings.data_dir.exists()


def test_a_model_that_is_not_here_is_named_with_how_to_get_it(shelf: Shelf) -> None:
    settings = shelf.settings.model_copy(update={"embed_model": "m3e-small", "models_dir": shelf.docs})
    assert "caselore models pull m3e-small" in find(settings)["embedding model"].hint
    settings = shelf.settings.model_copy(update={"embed_model": "no such model"})
    assert not find(settings)["embedding model"].fine


def test_an_index_of_another_model_is_told(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.ingest()
    monkeypatch.setattr("ingest.embed_hashing.HashingEmbedder.fingerprint", "another")
    index = find(shelf.settings)["index"]
    assert not index.fine
    assert "--rebuild" in index.hint


def test_who_has_the_index_open_is_told(shelf: Shelf) -> None:
    shelf.ingest()
    with Library(shelf.settings, Holder("serve", url="http://127.0.0.1:8000")):
        index = find(shelf.settings)["index"]
    assert index.fine
    assert "in use by `caselore serve`" in index.state


def test_a_deleted_index_is_told_as_often_as_asked(shelf: Shelf) -> None:
    shelf.ingest()
    shutil.rmtree(shelf.settings.data_dir / "index")
    for _ in range(2):
        index = find(shelf.settings)["index"]
        assert not index.fine
        assert "has been deleted" in index.state


def test_half_written_documents_and_failures_are_told(shelf: Shelf) -> None:
    shelf.put("empty.md", b"")
    shelf.ingest()
    with shelf.library() as library:
        ((meta, _),) = library.registry.documents()
        library.registry.begin(meta)
    found = find(shelf.settings)
    assert "1 documents are half written" in found["unfinished"].state
    failure = found[f"not taken: {shelf.docs / 'empty.md'}"]
    assert "is empty" in failure.state


def test_a_broken_registry_is_told(shelf: Shelf) -> None:
    shelf.settings.data_dir.mkdir()
    (shelf.settings.data_dir / "registry.sqlite3").write_bytes(b"no database, and long enough to be sure" * 50)
    assert "not a database" in find(shelf.settings)["registry"].state


def test_a_data_folder_that_cannot_be_used_is_told(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    file = shelf.put("file", b"")
    settings = shelf.settings.model_copy(update={"data_dir": file / "data"})
    assert "is a file" in find(settings)["data folder"].state
    with monkeypatch.context() as changed:
        changed.setattr(doctor, "MIN_FREE_BYTES", 2**60)
        assert "needed" in find(shelf.settings)["data folder"].state
    monkeypatch.setattr("os.access", lambda *_: False)
    assert "not writable" in find(shelf.settings)["data folder"].state


@pytest.mark.parametrize(("program", "says"), [(None, "not installed"), ("/opt/office/soffice", "/opt/office/soffice")])
def test_whether_libreoffice_is_there_and_what_for(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, program: str | None, says: str
) -> None:
    monkeypatch.setattr("ingest.parse.convert.soffice", lambda: program)
    finding = find(shelf.settings)["LibreOffice"]
    assert finding.fine
    assert says in finding.state
    assert ".doc, .wps, .xls" in finding.state


def test_documents_found_by_words_only_are_told(shelf: Shelf) -> None:
    shelf.put("a.md", text_of("甲", 2))
    shelf.ingest(ingest_profile="fast")
    (told,) = (one for one in examine(shelf.settings) if one.subject == "search by meaning")
    assert "1 documents" in told.state
    assert told.fine
    assert "--deepen" in told.hint
    shelf.ingest()
    assert "search by meaning" not in {one.subject for one in examine(shelf.settings)}
