"""What a run makes of a folder: what is new, changed, the same, gone, moved, copied or broken."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import draft
from ingest.errors import DocumentNotFound, NothingToIngest
from ingest.index.edge import EdgeStore
from ingest.parse.workers.pool import ParsePool
from ingest.pipeline import ingest, remove
from ingest.report import Outcome, Progress
from tests.ingest.shelf import SECTIONS, Shelf, assert_whole, counts, text_of
from tests.quick_disk import quick_folder


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    # It starts a process, and what can be found does not depend on it.
    monkeypatch.setattr(EdgeStore, "optimize", lambda _: None)
    with quick_folder() as folder:
        shelf = Shelf(folder)
        shelf.put("a.md", text_of("甲"))
        shelf.put("b.md", text_of("乙"))
        yield shelf


def no_parsing(*_: object) -> None:
    pytest.fail("a file was parsed")


def test_a_second_run_parses_and_embeds_nothing(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    first = shelf.ingest()
    assert (counts(first), first.chunks) == ({"added": 2}, 2 * SECTIONS)
    assert set(first.stages) == {"parse", "split", "embed", "lexical", "write", "optimize"}
    monkeypatch.setattr(ParsePool, "read", no_parsing)
    second = shelf.ingest()
    assert (counts(second), second.chunks, second.stages) == ({"unchanged": 2}, 0, {})


def test_a_changed_file_replaces_its_document(shelf: Shelf) -> None:
    shelf.ingest()
    old = shelf.documents()["a.md"].id
    shelf.put("a.md", text_of("丙", 5))
    report = shelf.ingest()
    assert (counts(report), report.chunks) == ({"updated": 1, "unchanged": 1}, 5)
    assert shelf.documents()["a.md"].title == "丙方案"
    assert old not in shelf.stored()


def test_a_file_changed_back_is_its_old_document_again(shelf: Shelf) -> None:
    shelf.ingest()
    before = shelf.documents()
    for text in (text_of("丙"), text_of("甲")):
        shelf.put("a.md", text)
        assert counts(shelf.ingest()) == {"updated": 1, "unchanged": 1}
    assert shelf.documents() == before


def test_a_broken_file_is_reported_and_keeps_what_was_indexed_of_it(shelf: Shelf) -> None:
    shelf.ingest()
    before = shelf.documents()
    broken = shelf.put("a.md", b"")
    report = shelf.ingest()
    assert counts(report) == {"unchanged": 1, "failed": 1}
    (failure,) = report.failures
    assert failure.path == str(broken)
    assert "a.md is empty" in failure.error
    assert failure.hint
    assert shelf.documents() == before
    with shelf.library() as library:
        assert library.registry.failures() == [(broken, failure.error, failure.hint)]
    shelf.put("a.md", text_of("甲"))
    assert counts(shelf.ingest()) == {"unchanged": 2}
    with shelf.library() as library:
        assert library.registry.failures() == []


def test_the_failure_of_a_file_that_has_gone_is_forgotten(shelf: Shelf) -> None:
    broken = shelf.put("c.md", b"")
    shelf.ingest()
    broken.unlink()
    shelf.ingest()
    with shelf.library() as library:
        assert library.registry.failures() == []


def test_a_removed_file_stays_until_pruned(shelf: Shelf) -> None:
    shelf.ingest()
    (shelf.docs / "a.md").unlink()
    assert counts(shelf.ingest()) == {"unchanged": 1}
    assert sorted(shelf.documents()) == ["a.md", "b.md"]
    assert counts(shelf.ingest(prune=True)) == {"unchanged": 1, "removed": 1}
    assert list(shelf.documents()) == ["b.md"]
    assert len(shelf.stored()) == 1


def test_pruning_leaves_other_folders_alone(shelf: Shelf) -> None:
    other = shelf.put("../other/c.md", text_of("丙"))
    shelf.ingest()
    shelf.ingest(other.parent)
    other.unlink()
    assert counts(shelf.ingest(prune=True)) == {"unchanged": 2}
    assert sorted(shelf.documents()) == ["a.md", "b.md", "c.md"]


def test_a_folder_that_has_gone_can_be_pruned_but_not_ingested(shelf: Shelf) -> None:
    shelf.ingest()
    shutil.rmtree(shelf.docs)
    with pytest.raises(NothingToIngest, match="does not exist"):
        shelf.ingest()
    assert len(shelf.documents()) == 2
    assert counts(shelf.ingest(prune=True)) == {"removed": 2}
    assert shelf.stored() == {}


def test_copies_are_one_document_until_the_last_has_gone(shelf: Shelf) -> None:
    copy = shelf.put("z/copy.md", text_of("甲"))
    report = shelf.ingest()
    assert (counts(report), report.chunks) == ({"added": 2, "unchanged": 1}, 2 * SECTIONS)
    assert sorted(shelf.documents()) == ["a.md", "b.md"]
    (shelf.docs / "a.md").unlink()
    shelf.ingest(prune=True)
    assert sorted(shelf.documents()) == ["b.md", "z/copy.md"]
    copy.unlink()
    assert counts(shelf.ingest(prune=True)) == {"unchanged": 1, "removed": 1}


def test_a_row_in_the_manifest_for_the_first_of_two_copies_counts(shelf: Shelf) -> None:
    shelf.put("z/copy.md", text_of("甲"))
    shelf.ingest()
    shelf.put("manifest.jsonl", json.dumps({"path": "a.md", "title": "新题"}))
    assert counts(shelf.ingest()) == {"updated": 1, "unchanged": 2}
    assert shelf.documents()["a.md"].title == "新题"
    assert counts(shelf.ingest()) == {"unchanged": 3}


def test_a_moved_file_takes_its_document_along(shelf: Shelf) -> None:
    shelf.ingest()
    (shelf.docs / "new").mkdir()
    (shelf.docs / "a.md").rename(shelf.docs / "new" / "a.md")
    assert counts(shelf.ingest()) == {"updated": 1, "unchanged": 1}
    assert sorted(shelf.documents()) == ["b.md", "new/a.md"]
    # Nothing is left of the old place: a change at the new one leaves no old version behind.
    shelf.put("new/a.md", text_of("丙"))
    shelf.ingest()
    assert {path: meta.title for path, meta in shelf.documents().items()} == {"b.md": "乙方案", "new/a.md": "丙方案"}


def test_a_renamed_root_changes_nothing(shelf: Shelf) -> None:
    shelf.ingest()
    before = shelf.documents()
    new = shelf.docs.rename(shelf.docs.with_name("papers"))
    report = shelf.ingest(new)
    assert (counts(report), report.chunks) == ({"unchanged": 2}, 0)
    assert shelf.documents() == before
    with shelf.library() as library:
        assert library.registry.roots() == [new]


def test_part_of_a_known_folder_keeps_its_paths(shelf: Shelf) -> None:
    shelf.put("bank/c.md", text_of("丙"))
    shelf.ingest()
    assert counts(shelf.ingest(shelf.docs / "bank")) == {"unchanged": 1}
    assert counts(shelf.ingest(shelf.docs / "bank" / "c.md")) == {"unchanged": 1}


def test_a_change_in_the_manifest_describes_anew(shelf: Shelf) -> None:
    shelf.ingest()
    shelf.put("manifest.jsonl", json.dumps({"path": "a.md", "project": "星衡双活"}))
    report = shelf.ingest()
    assert (counts(report), report.chunks) == ({"updated": 1, "unchanged": 1}, SECTIONS)
    assert shelf.documents()["a.md"].project == "星衡双活"


def test_broken_manifest_rows_are_reported_once_and_stop_nothing(shelf: Shelf) -> None:
    manifest = shelf.put("manifest.jsonl", "{\n")
    for folder in ("one", "two"):
        shelf.put(f"{folder}/c.md", text_of(folder))
    report = shelf.ingest(shelf.docs / "one", shelf.docs / "two")
    (failure,) = report.failures
    assert (failure.path, counts(report)) == (str(manifest), {"added": 2})
    assert "line 1" in failure.error


def test_another_chunk_size_makes_every_document_anew(shelf: Shelf) -> None:
    shelf.ingest()
    before = shelf.documents()
    report = shelf.ingest(chunk_chars=100)
    assert counts(report) == {"updated": 2}
    assert report.chunks > 2 * SECTIONS
    assert shelf.documents() == before
    assert counts(shelf.ingest(chunk_chars=100)) == {"unchanged": 2}


def test_a_file_over_the_limit_is_not_even_hashed(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    huge = shelf.docs / "huge.md"
    with huge.open("wb") as file:
        file.truncate(2 << 20)
    monkeypatch.setattr(draft, "content_id", lambda _: pytest.fail("the file was hashed"))
    report = shelf.ingest(huge, max_file_mb=1)
    assert counts(report) == {"failed": 1}
    assert "CASELORE_MAX_FILE_MB" in report.failures[0].hint


def test_a_name_that_is_no_text_is_reported(shelf: Shelf) -> None:
    strange = os.fsencode(shelf.docs) + "/交接.md".encode("gbk")
    Path(os.fsdecode(strange)).write_text(text_of("丙"))
    report = shelf.ingest()
    assert counts(report) == {"added": 2, "failed": 1}
    assert "not in UTF-8" in report.failures[0].error
    report.failures[0].path.encode()


def test_a_pipe_is_not_waited_for_and_a_link_to_nothing_is_reported(shelf: Shelf) -> None:
    os.mkfifo(shelf.docs / "pipe.md")
    (shelf.docs / "link.md").symlink_to("nowhere.md")
    report = shelf.ingest()
    assert counts(report) == {"added": 2, "failed": 1}
    assert "link.md" in report.failures[0].error


def test_a_removed_document_leaves_its_files(shelf: Shelf) -> None:
    shelf.ingest()
    meta = shelf.documents()["a.md"]
    with shelf.library() as library:
        assert remove(library, meta.id) == [shelf.docs / "a.md"]
        assert_whole(library)
        with pytest.raises(DocumentNotFound, match=meta.id):
            remove(library, meta.id)
    assert (shelf.docs / "a.md").exists()
    assert counts(shelf.ingest()) == {"added": 1, "unchanged": 1}


def test_the_order_of_a_run_is_told(shelf: Shelf) -> None:
    shelf.put("c.md", b"")
    told: list[tuple[object, ...]] = []

    class Listener(Progress):
        def start(self, files: int) -> None:
            told.append(("start", files))

        def finished(self, path: Path, outcome: Outcome | None) -> None:
            told.append((path.name, outcome))

    with shelf.library() as library:
        ingest(library, [shelf.docs], progress=Listener())
    assert told == [("start", 3), ("a.md", "added"), ("b.md", "added"), ("c.md", "failed")]
