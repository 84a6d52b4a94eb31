"""What a run makes of picture files that lie among the documents of a folder."""

from collections.abc import Iterator

import pytest

from ingest.index.edge import EdgeStore
from ingest.pipeline import ingest
from tests.ingest.parse.ocr.writing import encoded, written
from tests.ingest.shelf import Shelf, counts, text_of
from tests.quick_disk import quick_folder


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    monkeypatch.setattr(EdgeStore, "optimize", lambda _: None)
    with quick_folder() as folder:
        shelf = Shelf(folder)
        shelf.put("a.md", text_of("甲"))
        shelf.put("b.md", text_of("乙"))
        yield shelf


def test_a_picture_without_text_is_passed_over_in_a_folder(shelf: Shelf) -> None:
    picture = shelf.put("logo.png", encoded(written()))
    report = shelf.ingest()
    assert (counts(report), report.failures, report.pictures_passed_over) == ({"added": 2}, [], 1)
    with shelf.library() as library:
        assert library.registry.failures() == []
        named = ingest(library, [picture])
    assert [one.error for one in named.failures] == ["logo.png has no text in it."]


def test_pictures_in_folders_are_passed_over_when_they_are_not_read(shelf: Shelf) -> None:
    picture = shelf.put("photo.png", encoded(written()))
    with shelf.library(ocr=False) as library:
        report = ingest(library, [shelf.docs])
        assert (counts(report), report.pictures_passed_over) == ({"added": 2}, 1)
        assert [one.hint for one in ingest(library, [picture]).failures] == ["Set CASELORE_OCR=true to have them read."]


def test_a_picture_that_lost_its_text_is_no_document_any_more(shelf: Shelf) -> None:
    picture = shelf.put("a.png", encoded(written("Access list of the machine room")))
    assert counts(shelf.ingest()) == {"added": 3}
    picture.write_bytes(encoded(written()))
    assert counts(shelf.ingest()) == {"unchanged": 2, "removed": 1}
    assert set(shelf.documents()) == {"a.md", "b.md"}
