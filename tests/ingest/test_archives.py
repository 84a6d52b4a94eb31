"""Zip archives: their documents come, change and go like those of a folder; what is hostile is refused."""

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import docx
import pytest

from ingest.archives import Archives, originals
from ingest.index.edge import EdgeStore
from ingest.report import IngestReport
from tests.ingest.shelf import Shelf, counts, text_of
from tests.quick_disk import quick_folder


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    monkeypatch.setattr(EdgeStore, "optimize", lambda _: None)
    with quick_folder() as folder:
        yield Shelf(folder)


def packed(members: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def word_file(text: str) -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def errors(report: IngestReport) -> dict[str, str]:
    return {failure.path: failure.error for failure in report.failures}


def unpacked(shelf: Shelf) -> list[str]:
    """What lies in the folders of unpacked archives, below the archive's own path."""
    root = shelf.settings.data_dir / "unpacked"
    return sorted("/".join(path.relative_to(root).parts[1:]) for path in root.rglob("*") if path.is_file())[1:]


ONE: Mapping[str, str | bytes] = {
    "星衡双活/方案 V1.2.md": text_of("甲"),
    "说明.txt": "双活架构的说明。",
    "图.bin": b"\0",
    "__MACOSX/._说明.txt": "x",
}


def test_the_documents_of_an_archive_are_documents_of_their_own(shelf: Shelf) -> None:
    shelf.put("项目/归档.zip", packed(ONE))
    report = shelf.ingest()
    assert (counts(report), report.failures, report.passed_over) == ({"added": 2}, [], 1)
    found = shelf.documents()
    assert sorted(found) == ["项目/归档.zip/星衡双活/方案 V1.2.md", "项目/归档.zip/说明.txt"]
    design = found["项目/归档.zip/星衡双活/方案 V1.2.md"]
    assert (design.title, design.version, design.project) == ("甲方案", "V1.2", "项目")
    with shelf.library() as library:
        (source,) = library.registry.sources(design.id)
    assert source.read_text() == text_of("甲")
    assert source.is_relative_to(shelf.settings.data_dir)


def test_a_project_is_told_by_the_path_inside_or_by_the_archives_name(shelf: Shelf) -> None:
    shelf.put("归档.zip", packed({"星衡双活/方案.md": text_of("甲")}))
    shelf.put("禾川算力.zip", packed({"评估.md": text_of("乙")}))
    shelf.ingest()
    projects = {meta.title: meta.project for meta in shelf.documents().values()}
    assert projects == {"甲方案": "星衡双活", "乙方案": "禾川算力"}


def test_ingest_again_changes_nothing_and_unpacks_nothing(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.put("归档.zip", packed(ONE))
    shelf.ingest()
    before = shelf.documents()
    monkeypatch.setattr("ingest.parse.workers.pool.ParsePool.call", lambda *_: pytest.fail("a worker was asked"))
    assert counts(shelf.ingest()) == {"unchanged": 2}
    assert shelf.documents() == before


def test_a_changed_archive_changes_its_documents(shelf: Shelf) -> None:
    shelf.put("归档.zip", packed(ONE))
    shelf.ingest()
    changed = {**ONE, "星衡双活/方案 V1.2.md": text_of("丙"), "新.md": text_of("新")}
    del changed["说明.txt"]
    shelf.put("归档.zip", packed(changed))
    assert counts(shelf.ingest()) == {"updated": 1, "added": 1}
    assert unpacked(shelf) == ["归档.zip/新.md", "归档.zip/星衡双活/方案 V1.2.md"]
    assert counts(shelf.ingest(prune=True)) == {"unchanged": 2, "removed": 1}
    assert sorted(shelf.documents()) == ["归档.zip/新.md", "归档.zip/星衡双活/方案 V1.2.md"]


def test_an_archive_that_has_gone_takes_its_documents_along_when_pruned(shelf: Shelf) -> None:
    shelf.put("a.md", text_of("甲"))
    archive = shelf.put("归档.zip", packed({"b.md": text_of("乙")}))
    shelf.ingest()
    archive.unlink()
    assert counts(shelf.ingest()) == {"unchanged": 1}
    assert unpacked(shelf) == []
    assert len(shelf.documents()) == 2
    assert counts(shelf.ingest(prune=True)) == {"unchanged": 1, "removed": 1}
    assert list(shelf.documents()) == ["a.md"]
    assert list((shelf.settings.data_dir / "unpacked").iterdir()) == []


def test_a_moved_archive_takes_its_documents_along(shelf: Shelf) -> None:
    archive = shelf.put("归档.zip", packed({"b.md": text_of("乙")}))
    shelf.ingest()
    (shelf.docs / "new").mkdir()
    archive.rename(shelf.docs / "new" / "归档.zip")
    assert counts(shelf.ingest()) == {"updated": 1}
    assert list(shelf.documents()) == ["new/归档.zip/b.md"]


def test_an_archive_named_by_itself_keeps_its_path(shelf: Shelf) -> None:
    archive = shelf.put("项目/归档.zip", packed({"b.md": text_of("乙")}))
    shelf.ingest()
    assert counts(shelf.ingest(archive)) == {"unchanged": 1}
    with shelf.library() as library:
        files = library.registry.files_under(library.registry.roots())
    assert originals(shelf.settings, files) == [archive]
    assert Archives(shelf.settings).shown(files[0]) == archive / "b.md"


def test_manifests_inside_and_beside_an_archive_describe_its_documents(shelf: Shelf) -> None:
    inner = "\n".join(json.dumps({"path": name, "author": "里"}) for name in ("a.md", "b.md"))
    shelf.put("归档.zip", packed({"manifest.jsonl": inner, **{f"{n}.md": text_of(n) for n in "abc"}}))
    rows = [{"path": "归档.zip", "project": "星衡", "title": "不用"}, {"path": "归档.zip/b.md", "author": "外"}]
    shelf.put("manifest.jsonl", "\n".join(json.dumps(row) for row in rows))
    shelf.ingest()
    told = {path[-4:]: (meta.author, meta.project, meta.title) for path, meta in shelf.documents().items()}
    assert told == {
        "a.md": ("里", "星衡", "a方案"),
        "b.md": ("外", "星衡", "b方案"),
        "c.md": (None, "星衡", "c方案"),
    }


def test_archives_in_archives_to_a_depth(shelf: Shelf) -> None:
    inner = packed({"4.md": text_of("四")})
    for depth in (3, 2, 1):
        inner = packed({f"{depth}.md": text_of(str(depth)), f"内{depth}.zip": inner})
    outer = shelf.put("外.zip", inner)
    report = shelf.ingest()
    assert sorted(shelf.documents()) == ["外.zip/1.md", "外.zip/内1.zip/2.md", "外.zip/内1.zip/内2.zip/3.md"]
    assert errors(report) == {str(outer / "内1.zip/内2.zip/内3.zip"): "内3.zip lies more than 3 archives deep."}


def gbk_zip(name: str, content: bytes, flags: int = 0, attributes: int = 0) -> bytes:
    """An archive as Windows programs in China write it: names in GBK, no flag."""
    raw, packed_size = name.encode("gbk"), len(content)
    crc = zlib.crc32(content)
    common = struct.pack("<HHHHHLLLHH", 20, flags, 0, 0, 0x21, crc, packed_size, packed_size, len(raw), 0)
    local = b"PK\x03\x04" + common + raw + content
    central = b"PK\x01\x02" + struct.pack("<H", 0x031E) + common + struct.pack("<HHHLL", 0, 0, 0, attributes, 0) + raw
    return local + central + b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 1, 1, len(central), len(local), 0)


def test_names_in_gbk_are_read(shelf: Shelf) -> None:
    # 開 ends in the byte of a backslash (0x5C), a trap of its own.
    shelf.put("归档.zip", gbk_zip("项目\\交接開文档.md", text_of("甲").encode()))
    shelf.ingest()
    assert list(shelf.documents()) == ["归档.zip/项目/交接開文档.md"]


@pytest.mark.parametrize("name", ["../../外.md", "/etc/外.md", "C:\\外.md", "子/../../外.md"])
def test_names_that_lead_out_are_refused(shelf: Shelf, name: str) -> None:
    archive = shelf.put("归档.zip", packed({name: text_of("外"), "内.md": text_of("内")}))
    report = shelf.ingest()
    assert list(shelf.documents()) == ["归档.zip/内.md"]
    assert counts(report) == {"added": 1, "failed": 1}
    assert "leads out of the archive" in report.failures[0].error
    assert report.failures[0].path.startswith(str(archive))
    assert not list(shelf.docs.parent.rglob("外.md"))


def test_links_are_refused(shelf: Shelf) -> None:
    shelf.put("归档.zip", gbk_zip("a.md", b"/etc/passwd", attributes=0o120777 << 16))
    report = shelf.ingest()
    assert (counts(report), unpacked(shelf)) == ({"failed": 1}, [])


def test_an_encrypted_archive_and_an_encrypted_member_are_named(shelf: Shelf) -> None:
    whole = shelf.put("密.zip", gbk_zip("a.md", b"x" * 20, flags=1))
    part = shelf.put("半.zip", packed({"内.zip": gbk_zip("b.md", b"y" * 20, flags=1), "c.md": text_of("丙")}))
    report = shelf.ingest()
    assert errors(report) == {
        str(whole): "密.zip is protected by a password.",
        str(part / "内.zip"): "内.zip is protected by a password.",
    }
    with shelf.library() as library:
        assert [path for path, _, _ in library.registry.failures()] == sorted([whole, part / "内.zip"])
    assert errors(shelf.ingest()) == errors(report)
    shelf.put("密.zip", packed({"a.md": text_of("甲")}))
    shelf.put("半.zip", packed({"c.md": text_of("丙")}))
    shelf.ingest()
    with shelf.library() as library:
        assert library.registry.failures() == []


def test_a_truncated_archive_keeps_what_was_taken_of_it(shelf: Shelf) -> None:
    content = packed({"a.md": text_of("甲")})
    shelf.put("归档.zip", content)
    shelf.ingest()
    shelf.put("归档.zip", content[:-30])
    report = shelf.ingest(prune=True)
    assert counts(report) == {"failed": 1}
    assert "truncated or damaged" in report.failures[0].error
    assert list(shelf.documents()) == ["归档.zip/a.md"]


def test_a_damaged_member_does_not_stop_the_others(shelf: Shelf) -> None:
    content = packed({"a.md": text_of("甲"), "b.md": text_of("乙")}, zipfile.ZIP_STORED).replace(
        "甲方案".encode(), "申方案".encode(), 1
    )
    shelf.put("归档.zip", content)
    report = shelf.ingest()
    assert list(shelf.documents()) == ["归档.zip/b.md"]
    assert [failure.error for failure in report.failures] == ["a.md is damaged."]


def test_bombs_are_refused(shelf: Shelf) -> None:
    shelf.put("growth.zip", packed({"a.txt": b"a" * (70 << 20)}))
    shelf.put("size.zip", packed({f"{n}.txt": bytes(range(32, 127)) * 8000 for n in range(4)}))
    overlapping = gbk_zip("a.md", b"x")
    directory = overlapping[overlapping.index(b"PK\x01\x02") : overlapping.index(b"PK\x05\x06")]
    end = struct.pack("<HHHHLLH", 0, 0, 2, 2, 2 * len(directory), overlapping.index(b"PK\x01\x02"), 0)
    shelf.put("overlap.zip", overlapping.split(b"PK\x01\x02")[0] + directory * 2 + b"PK\x05\x06" + end)
    report = shelf.ingest(max_archive_mb=1)
    said = {Path(path).name: error for path, error in errors(report).items()}
    assert "times its size" in said["growth.zip"]
    assert "more than the 1 MiB" in said["size.zip"]
    assert "overlap" in said["overlap.zip"]
    assert (counts(report), unpacked(shelf)) == ({"failed": 3}, [])


def test_members_of_one_name_are_kept_apart(shelf: Shelf) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.md", text_of("甲"))
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.md", text_of("乙"))
    shelf.put("归档.zip", buffer.getvalue())
    shelf.ingest()
    titles = {path: meta.title for path, meta in shelf.documents().items()}
    assert titles == {"归档.zip/a.md": "甲方案", "归档.zip/a (2).md": "乙方案"}


def test_an_office_document_is_no_archive(shelf: Shelf) -> None:
    shelf.put("方案.docx", word_file("双活方案"))
    shelf.put("misnamed.zip", word_file("双活架构"))
    shelf.put("归档.zip", packed({"内.docx": word_file("数据同步"), "as.zip": word_file("切换")}))
    assert counts(shelf.ingest()) == {"added": 4}
    assert sorted(shelf.documents()) == ["misnamed.zip", "归档.zip/as.zip", "归档.zip/内.docx", "方案.docx"]


def test_a_broken_document_in_an_archive_is_shown_by_way_of_it(shelf: Shelf) -> None:
    archive = shelf.put("归档.zip", packed({"空.md": b"", "a.md": text_of("甲")}))
    report = shelf.ingest()
    assert list(errors(report)) == [str(archive / "空.md")]
    with shelf.library() as library:
        ((path, _, _),) = library.registry.failures()
    assert Archives(shelf.settings).shown(path) == archive / "空.md"
