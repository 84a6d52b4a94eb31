"""Zip archives over HTTP: their documents are taken one by one, told one by one, and what is hostile is refused."""

import io
import json
import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.uploads import resume
from ingest.index.lock import Holder
from ingest.library import Library
from ingest.parse import unpack
from ingest.pipeline import ingest
from ingest.settings import Settings
from tests.api.reading import events, problem
from tests.api.sending import stored, upload
from tests.quick_disk import quick_folder

ZIP = "上线资料.zip"
MEMBERS: Mapping[str, str | bytes] = {
    "方案/切换方案.md": "# 切换方案\n\n切换窗口是周六凌晨两点。\n",
    "说明.txt": "资料由郎思远整理。\n",
    "坏.docx": b"PK\3\4 no document",
    "空.md": b"",
    "图.bin": b"\0",
}
CHINESE = {"accept-language": "zh"}
WATCHED = CHINESE | {"accept": "text/event-stream"}


def packed(members: Mapping[str, str | bytes] = MEMBERS) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def paths(client: TestClient) -> list[str]:
    return sorted(one["path"] for one in client.get("/api/documents").json()["documents"])


def ids(client: TestClient) -> dict[str, str]:
    return {one["path"]: one["id"] for one in client.get("/api/documents").json()["documents"]}


def unpacked(settings: Settings) -> list[str]:
    root = settings.data_dir / "unpacked"
    return sorted(path.name for path in root.rglob("*") if path.is_file())


def failures(report: dict[str, Any]) -> dict[str, str]:
    return {one["path"]: one["error"] for one in report["failures"]}


TAKEN = [f"{ZIP}/方案/切换方案.md", f"{ZIP}/说明.txt"]


def test_each_document_in_an_archive_is_taken_or_has_its_reason(client: TestClient) -> None:
    report = client.post("/api/documents", files={"files": (ZIP, packed())}, headers=CHINESE).json()
    assert report["documents"] == {"added": 2, "updated": 0, "unchanged": 0, "removed": 0, "failed": 2}
    assert sorted(one["path"] for one in report["taken"]) == TAKEN == paths(client)
    assert failures(report) == {
        f"{ZIP}/坏.docx": "坏.docx 不完整或已损坏：它的 zip 结构打不开。",
        f"{ZIP}/空.md": "空.md 是空文件（0 字节）。",
    }
    assert report["passed_over"] == 1
    answer = client.post("/api/ask", json={"question": "切换窗口是什么时候？"}).json()
    document = answer["citations"][0]["document"]
    source = client.get(f"/api/documents/{document['id']}/source")
    assert source.text == MEMBERS["方案/切换方案.md"]


def test_what_is_said_of_the_archive_holds_for_its_documents(client: TestClient) -> None:
    upload(client, (ZIP, packed()), project="百川", doc_type="交接文档", title="不是每份的标题")
    documents = client.get("/api/documents").json()["documents"]
    assert {(one["project"], one["doc_type"]) for one in documents} == {("百川", "交接文档")}
    assert "不是每份的标题" not in {one["title"] for one in documents}


def test_the_command_and_the_service_agree(client: TestClient, tmp_path: Path, settings: Settings) -> None:
    report = upload(client, (ZIP, packed())).json()
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / ZIP).write_bytes(packed())
    with quick_folder() as folder:
        other = settings.model_copy(update={"data_dir": folder / "data"})
        with Library(other, Holder("test"), create=True) as library:
            by_command = ingest(library, [tmp_path / "folder"])
            held = sorted(meta.path for meta, _ in library.registry.documents())
    assert held == paths(client)
    assert by_command.documents == report["documents"]
    prefix = str(tmp_path / "folder") + "/"
    assert {one.path.removeprefix(prefix): one.error for one in by_command.failures} == failures(report)


def test_it_is_told_file_by_file_while_it_goes_on(client: TestClient) -> None:
    told = events(client.post("/api/documents", files={"files": (ZIP, packed())}, headers=WATCHED))
    names = [name for name, _ in told]
    assert names[0] == "file"
    assert names[-1] == "done"
    assert ("opened", {"path": ZIP, "files": 4}) in told
    assert sorted(data["path"] for name, data in told if name == "taken") == TAKEN
    reasons = {data["path"]: data["error"] for name, data in told if name == "failed"}
    assert reasons == failures(told[-1][1])
    assert reasons[f"{ZIP}/空.md"] == "空.md 是空文件（0 字节）。"
    for path in TAKEN:
        begun = told.index(("file", {"path": path}))
        assert begun < next(at for at, one in enumerate(told) if one[0] == "taken" and one[1]["path"] == path)


def test_one_file_is_told_as_well_and_its_failure_is_no_error(client: TestClient) -> None:
    told = events(client.post("/api/documents", files={"files": ("空.md", b"")}, headers=WATCHED))
    assert [name for name, _ in told] == ["file", "failed", "done"]
    assert told[-1][1]["documents"]["failed"] == 1


def test_what_fails_while_it_is_told_is_an_event(client: TestClient, library: Library) -> None:
    client.app.state.service.stopping.set()  # type: ignore[attr-defined]
    told = events(client.post("/api/documents", files={"files": (ZIP, packed())}, headers=WATCHED))
    assert [name for name, _ in told] == ["error"]
    assert told[0][1]["type"] == "urn:caselore:unavailable-error"


def test_the_same_archive_again_changes_nothing(client: TestClient, settings: Settings) -> None:
    upload(client, (ZIP, packed()))
    again = upload(client, (ZIP, packed())).json()
    assert (again["documents"]["unchanged"], again["documents"]["added"], again["chunks"]) == (2, 0, 0)
    assert stored(settings) == [ZIP]


def test_a_newer_archive_of_its_name_takes_the_place_of_the_older(client: TestClient, settings: Settings) -> None:
    upload(client, (ZIP, packed()))
    newer = {"方案/切换方案.md": "# 切换方案\n\n切换窗口改为周日凌晨三点。\n", "新增.txt": "新增的说明。"}
    upload(client, (ZIP, packed(newer)))
    assert paths(client) == [f"{ZIP}/新增.txt", f"{ZIP}/方案/切换方案.md"]
    assert stored(settings) == [ZIP]
    assert "切换方案.md" in unpacked(settings)
    assert "说明.txt" not in unpacked(settings)


def test_a_document_of_an_archive_is_removed_for_good(client: TestClient, library: Library, settings: Settings) -> None:
    upload(client, (ZIP, packed()))
    removed = client.delete(f"/api/documents/{ids(client)[TAKEN[0]]}").json()
    assert removed["files_kept"] == []
    resume(library, lambda: False)
    assert paths(client) == TAKEN[1:]
    # Also when other limits would have the archive unpacked in another way.
    library.settings = settings.model_copy(update={"max_file_mb": 2})
    resume(library, lambda: False)
    assert paths(client) == TAKEN[1:]


def test_with_its_last_document_the_archive_goes(client: TestClient, settings: Settings) -> None:
    upload(client, (ZIP, packed()))
    for document_id in ids(client).values():
        client.delete(f"/api/documents/{document_id}")
    assert (paths(client), stored(settings), unpacked(settings)) == ([], [], [])


def test_what_an_index_lost_is_taken_in_again(client: TestClient, library: Library) -> None:
    upload(client, (ZIP, packed()))
    library.registry.hide(library.registry.indexed())
    assert client.get("/api/search", params={"q": "切换窗口"}).json() == []
    resume(library, lambda: False)
    assert client.get("/api/search", params={"q": "切换窗口"}).json()[0]["document"]["path"] == TAKEN[0]
    assert paths(client) == TAKEN


def test_an_archive_that_a_killed_process_did_not_open_is_opened(
    client: TestClient, library: Library, settings: Settings
) -> None:
    folder = settings.data_dir / "uploads" / "0123456789abcdef"
    folder.mkdir(parents=True)
    (folder / ZIP).write_bytes(packed())
    (folder / "manifest.jsonl").write_text(json.dumps({"path": ZIP}))
    resume(library, lambda: False)
    assert paths(client) == TAKEN


def test_archives_inside_are_opened(client: TestClient) -> None:
    inner = packed({"里面.md": "# 里面\n\n里面的说明。\n"})
    upload(client, (ZIP, packed({"内/内层.zip": inner, "外.md": "# 外面\n\n外面的说明。\n"})))
    assert paths(client) == [f"{ZIP}/内/内层.zip/里面.md", f"{ZIP}/外.md"]


def test_names_that_lead_out_are_refused(client: TestClient, settings: Settings) -> None:
    link = zipfile.ZipInfo("链接.md")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    buffer = io.BytesIO(packed({"../../出去.md": "# 出去", "/etc/绝对.md": "# 绝对", "好.md": "# 好\n\n正文。"}))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    report = upload(client, (ZIP, buffer.getvalue())).json()
    assert paths(client) == [f"{ZIP}/好.md"]
    assert len(report["failures"]) == 3
    assert all(one["path"].startswith(f"{ZIP}/") and ".." not in one["path"] for one in report["failures"])
    assert not list(settings.data_dir.parent.rglob("出去.md"))


def bomb() -> bytes:
    return packed({"炸弹.txt": b"0" * (unpack.SMALL_BYTES + 1)})


def encrypted() -> bytes:
    content = bytearray(packed({"密.md": "# 密\n\n正文。"}))
    content[6] |= 1
    content[content.index(b"PK\1\2") + 8] |= 1
    return bytes(content)


HOSTILE = {
    "bomb": (bomb, "document-too-large"),
    "encrypted": (encrypted, "encrypted-document"),
    "truncated": (lambda: packed()[:60], "damaged-document"),
    "nothing in it": (lambda: packed({"图.bin": b"\0"}), "empty-document"),
    "nothing at all": (lambda: packed({}), "empty-document"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_an_archive_that_cannot_be_taken_leaves_no_trace(client: TestClient, settings: Settings, what: str) -> None:
    make, kind = HOSTILE[what]
    problem(upload(client, (ZIP, make())), 422, kind)
    assert (paths(client), stored(settings), unpacked(settings)) == ([], [], [])


def test_an_archive_over_the_limit_is_refused(client: TestClient, settings: Settings) -> None:
    whole = {f"{number}.md": bytes(str(number), "ascii") * 600_000 for number in range(4)}
    client.app.state.service.library.settings = settings.model_copy(update={"max_archive_mb": 1})  # type: ignore[attr-defined]
    problem(upload(client, (ZIP, packed(whole))), 422, "document-too-large")
    assert (paths(client), stored(settings), unpacked(settings)) == ([], [], [])


def test_an_office_file_named_so_is_one(client: TestClient) -> None:
    import docx

    document, buffer = docx.Document(), io.BytesIO()
    document.add_paragraph("其实是 Word 文档。")
    document.save(buffer)
    report = upload(client, ("方案.zip", buffer.getvalue())).json()
    assert [one["path"] for one in report["taken"]] == ["方案.zip"]
    resume_again = client.get("/api/documents").json()["documents"]
    assert [one["format"] for one in resume_again] == ["docx"]
