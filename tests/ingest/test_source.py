"""Which files are taken, and what identifies their content."""

import os
from pathlib import Path

import pytest

from ingest.errors import NothingToIngest, UnreadableFile
from ingest.source import SourceFile, content_id, discover


def make(path: Path, text: str = "x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_a_folder_gives_its_documents_below_and_passes_over_the_rest(tmp_path: Path) -> None:
    wanted = [make(tmp_path / name) for name in ("a.docx", "b/c.PDF", "b/old.doc")]
    for other in ("logo.svg", "~$a.docx", ".hidden.md", ".git/x.md"):
        make(tmp_path / other)
    sources = discover([tmp_path])
    assert sources.files == tuple(SourceFile(path, tmp_path) for path in sorted(wanted))
    assert sources.passed_over == 1


def test_a_file_named_by_itself_is_taken_whatever_its_kind(tmp_path: Path) -> None:
    image = make(tmp_path / "logo.svg")
    assert discover([image]).files == (SourceFile(image, tmp_path, named=True),)


def test_a_path_inside_a_known_folder_keeps_it_as_root(tmp_path: Path) -> None:
    file = make(tmp_path / "bank" / "a.md")
    for given in (file, file.parent):
        assert discover([given], [tmp_path]).files == (SourceFile(file, tmp_path, named=given == file),)


def test_a_file_given_twice_is_taken_once(tmp_path: Path) -> None:
    file = make(tmp_path / "a.md")
    assert len(discover([tmp_path, file]).files) == 1


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NothingToIngest, match="nowhere does not exist"):
        discover([tmp_path / "nowhere"])


def test_a_folder_without_documents_is_named(tmp_path: Path) -> None:
    make(tmp_path / "logo.svg")
    with pytest.raises(NothingToIngest, match=f"No document in {tmp_path}"):
        discover([tmp_path])


def test_the_content_alone_makes_the_id(tmp_path: Path) -> None:
    one, two, other = make(tmp_path / "a.md", "同"), make(tmp_path / "b.txt", "同"), make(tmp_path / "c.md", "异")
    assert content_id(one) == content_id(two) != content_id(other)
    assert len(content_id(one)) == 16


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_read_rights_is_named(tmp_path: Path) -> None:
    file = make(tmp_path / "a.md")
    file.chmod(0)
    with pytest.raises(UnreadableFile, match=r"a\.md cannot be read"):
        content_id(file)


def test_a_file_that_vanished_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"a\.md cannot be read"):
        content_id(tmp_path / "a.md")
