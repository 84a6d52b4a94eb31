"""`POST /api/documents`: what is taken, what is refused, and that a refusal costs nothing."""

import io
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from fastapi.testclient import TestClient

from ingest.errors import DataDirNotWritable, StoreUnavailable
from ingest.library import Library
from ingest.settings import Settings
from tests.api.reading import problem
from tests.api.sending import DRILL, MULTIPART, NAME, TEXT_FOR_FILE, stored, upload


def listed(client: TestClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("/api/documents").json()["documents"]
    return found


def best(client: TestClient, question: str) -> str:
    found = client.get("/api/search", params={"q": question}).json()
    return str(found[0]["text"]) if found else ""


def word_file(text: str) -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_an_uploaded_file_answers_questions(client: TestClient) -> None:
    report = upload(client, (NAME, DRILL)).json()
    assert report["documents"] == {"added": 1, "updated": 0, "unchanged": 0, "removed": 0, "failed": 0}
    assert report["chunks"] == 1
    assert 0 < report["stages"]["parse"] < report["seconds"]
    ((taken),) = report["taken"]
    assert (taken["path"], taken["outcome"]) == (NAME, "added")
    answer = client.post("/api/ask", json={"question": "演练的切换步骤共多少步？"}).json()
    assert answer["citations"][0]["document"]["id"] == taken["id"]
    assert client.get(f"/api/documents/{taken['id']}/source").content == DRILL.encode()


def test_what_the_sender_says_outranks_what_the_file_says(client: TestClient) -> None:
    text = "---\ntitle: 草稿\nproject: 甲\nauthor: 王工\n---\n\n" + DRILL
    said = {"title": "演练方案", "project": "云澜证券", "customer": "云澜", "doc_type": "交接文档", "date": "2025-3-1"}
    upload(client, (NAME, text), **said, version="2.0", author="")
    (document,) = listed(client)
    expected = {**said, "date": "2025-03-01", "version": "V2.0", "author": "王工"}
    assert {key: document[key] for key in expected} == expected


def test_the_same_file_again_changes_nothing_but_what_is_said_of_it(client: TestClient, settings: Settings) -> None:
    upload(client, (NAME, DRILL), project="甲")
    again = upload(client, (NAME, DRILL), project="甲").json()
    assert (again["taken"][0]["outcome"], again["chunks"]) == ("unchanged", 0)
    renewed = upload(client, (NAME, DRILL), project="乙").json()
    assert renewed["taken"][0]["outcome"] == "updated"
    assert [one["project"] for one in listed(client)] == ["乙"]
    assert stored(settings) == [NAME]


@pytest.mark.parametrize("said", [{"date": "soon"}, {"project": "x" * 201}])
def test_what_cannot_be_said_of_a_file_is_a_problem(client: TestClient, said: dict[str, str]) -> None:
    body = problem(upload(client, (NAME, DRILL), **said), 422, "invalid-request")
    assert next(iter(said)) in body["detail"]
    assert listed(client) == []


def test_a_file_replaces_the_one_of_its_name(client: TestClient, settings: Settings) -> None:
    first = upload(client, (NAME, DRILL)).json()["taken"][0]["id"]
    report = upload(client, (NAME, DRILL.replace("十二", "十五"))).json()
    assert report["documents"]["updated"] == 1
    assert report["documents"]["added"] == 0
    (document,) = listed(client)
    assert document["id"] == report["taken"][0]["id"] != first
    assert "十五" in best(client, "切换步骤共多少步")
    assert len(client.get("/api/search", params={"q": "切换步骤共多少步"}).json()) == 1
    assert stored(settings) == [NAME]
    problem(client.get(f"/api/documents/{first}/source"), 404, "document-not-found")


def test_a_file_of_the_same_name_in_another_project_stands_beside_it(client: TestClient, settings: Settings) -> None:
    upload(client, (NAME, DRILL), project="双活一期")
    report = upload(client, (NAME, DRILL.replace("十二", "十五")), project="双活二期").json()
    assert report["documents"]["added"] == 1
    assert sorted(one["project"] for one in listed(client)) == ["双活一期", "双活二期"]
    assert stored(settings) == [NAME, NAME]


@pytest.mark.parametrize(("project", "left"), [("双活一期", 1), ("双活二期", 2)])
def test_a_namesake_that_lost_its_chunks_is_in_nobodys_way(
    client: TestClient, library: Library, settings: Settings, project: str, left: int
) -> None:
    upload(client, (NAME, DRILL), project="双活一期")
    library.registry.hide(library.registry.indexed())
    response = upload(client, (NAME, DRILL.replace("十二", "十五")), project=project)
    assert response.status_code == 200
    assert [one["id"] for one in listed(client)] == [response.json()["taken"][0]["id"]]
    assert stored(settings) == [NAME] * left


@pytest.mark.parametrize("names", [("a.md", "b.md"), ("b.md", "a.md"), ("a.md", "c.md"), ("c.md", "a.txt")])
def test_the_newest_upload_of_one_content_describes_it(
    client: TestClient, library: Library, settings: Settings, names: tuple[str, str]
) -> None:
    old, new = names
    upload(client, (old, DRILL), project="甲")
    report = upload(client, (new, DRILL), project="乙").json()
    assert [one["outcome"] for one in report["taken"]] == ["updated"]
    assert [(one["path"], one["project"]) for one in listed(client)] == [(new, "乙")]
    assert stored(settings) == [new]
    assert library.store.count() == report["chunks"] == 1
    found = client.get("/api/search", params={"q": "切换步骤", "filter": "project=乙"}).json()
    assert [one["document"]["path"] for one in found] == [new]


def test_a_known_content_under_a_name_that_is_refused_leaves_the_older(client: TestClient, settings: Settings) -> None:
    # As a plain text it says something, as Markdown it is a comment and nothing else.
    text = "<!-- 切换步骤共十二步。 -->"
    upload(client, ("演练.txt", text), project="甲")
    before = listed(client)
    # Several, since which path comes first depends on the name.
    for name in ("a.md", "b.md", "c.md", "d.md", "e.md", "f.md"):
        problem(upload(client, (name, text), project="乙"), 422, "empty-document")
        assert stored(settings) == ["演练.txt"]
    assert listed(client) == before
    assert "十二" in best(client, "切换步骤共多少步")


def test_a_full_disk_leaves_the_older_upload_of_the_same_content(
    client: TestClient, library: Library, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise DataDirNotWritable("The disk is full.", "Free some space.")

    upload(client, (NAME, DRILL), project="甲")
    for name in ("a.md", "b.md", "c.md", "d.md"):
        with monkeypatch.context() as patch:
            patch.setattr(library.store, "upsert", refuse)
            problem(upload(client, (name, DRILL), project="乙"), 503, "data-dir-not-writable")
        assert stored(settings) == [NAME]
    assert upload(client, (NAME, DRILL), project="甲").status_code == 200
    assert [(one["path"], one["project"]) for one in listed(client)] == [(NAME, "甲")]


def test_replacing_an_upload_leaves_the_same_document_of_a_folder_alone(
    client: TestClient, corpus: Path, settings: Settings
) -> None:
    path = corpus / "禾川银行/算力评估.md"
    upload(client, (path.name, path.read_bytes()))
    upload(client, (path.name, "# 算力评估\n\n改为 96 张。\n"))
    texts = [one["text"] for one in client.get("/api/search", params={"q": "算力评估多少张"}).json()]
    assert any("74 张" in text for text in texts)
    assert any("96 张" in text for text in texts)
    assert stored(settings) == [path.name]


BROKEN: dict[str, tuple[str, bytes, str]] = {
    "empty": ("空.docx", b"", "empty-document"),
    "blank": ("空白.md", b" \n\n", "empty-document"),
    "truncated": ("截断.docx", word_file("十二步")[:-200], "damaged-document"),
    "picture": ("图.docx", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "unsupported-format"),
    "program": ("程序.exe", b"MZ\x90\0\3\0\0\0" * 20, "unsupported-format"),
    "too large": ("大.txt", "双活。".encode() * 200_000, "document-too-large"),
}


@pytest.mark.parametrize(("name", "content", "kind"), BROKEN.values(), ids=BROKEN.keys())
def test_a_file_that_cannot_be_read_is_a_problem_and_leaves_no_trace(
    client: TestClient, settings: Settings, name: str, content: bytes, kind: str
) -> None:
    body = problem(upload(client, (name, content)), 422, kind)
    assert name in body["detail"]
    assert body["documents"]["failed"] == 1
    assert body["failures"] == [{"path": name, "error": body["detail"], "hint": body["hint"]}]
    assert client.get("/api/documents").json() == {"documents": [], "failures": [], "warnings": []}
    assert stored(settings) == []


@pytest.mark.parametrize(("name", "content", "kind"), BROKEN.values(), ids=BROKEN.keys())
def test_a_replacement_that_cannot_be_read_leaves_its_predecessor(
    client: TestClient, settings: Settings, name: str, content: bytes, kind: str
) -> None:
    document_id = upload(client, (name, word_file("切换步骤共十二步。"))).json()["taken"][0]["id"]
    problem(upload(client, (name, content)), 422, kind)
    assert "十二" in best(client, "切换步骤共多少步")
    assert [one["id"] for one in listed(client)] == [document_id]
    assert client.get(f"/api/documents/{document_id}/source").status_code == 200
    assert stored(settings) == [name]


def test_of_several_files_the_broken_one_is_reported_and_the_others_are_taken(
    client: TestClient, settings: Settings
) -> None:
    response = upload(client, ("a.md", DRILL), BROKEN["truncated"][:2], ("b.txt", "值班电话见附录。"))
    assert response.status_code == 200
    report = response.json()
    assert (report["documents"]["added"], report["documents"]["failed"]) == (2, 1)
    assert [one["path"] for one in report["failures"]] == ["截断.docx"]
    assert {one["path"] for one in listed(client)} == {"a.md", "b.txt"}
    assert stored(settings) == ["a.md", "b.txt"]


def test_when_none_of_several_files_can_be_taken_the_problem_has_them_all(client: TestClient) -> None:
    body = problem(upload(client, BROKEN["empty"][:2], BROKEN["picture"][:2]), 422, "no-document-taken")
    assert [one["path"] for one in body["failures"]] == ["空.docx", "图.docx"]


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"", MULTIPART, 422),
        (b"--x\r\n", MULTIPART, 422),
        (TEXT_FOR_FILE, MULTIPART, 422),
        (b"no boundary", "multipart/form-data", 400),
        (b"{}", "application/json", 422),
    ],
)
def test_what_is_no_upload_is_a_problem(client: TestClient, content: bytes, kind: str, status: int) -> None:
    response = client.post("/api/documents", content=content, headers={"content-type": kind})
    problem(response, status, {400: "bad-request", 422: "invalid-request"}[status])


def test_an_upload_over_the_limit_is_not_read_on(client: TestClient, settings: Settings) -> None:
    """Of four times the largest file, 1 MiB here, in a body that does not say how long it is."""
    sent = 0

    def pieces() -> Iterator[bytes]:
        nonlocal sent
        yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.md"\r\n\r\n'
        while sent < 64 << 20:
            sent += 1 << 16
            yield b"a" * (1 << 16)

    headers = {"content-type": MULTIPART}
    problem(client.post("/api/documents", content=pieces(), headers=headers), 413, "content-too-large")
    problem(upload(client, ("a.md", b"a" * (5 << 20))), 413, "content-too-large")
    assert stored(settings) == []


def test_a_bomb_is_a_problem(client: TestClient, settings: Settings) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word_file("x"))) as original, zipfile.ZipFile(buffer, "w") as bomb:
        for entry in original.namelist():
            bomb.writestr(entry, original.read(entry), zipfile.ZIP_DEFLATED)
        bomb.writestr("word/media/a.bin", b"\0" * (100 << 20), zipfile.ZIP_DEFLATED)
    problem(upload(client, ("a.docx", buffer.getvalue())), 422, "document-too-large")
    assert stored(settings) == []


@pytest.mark.parametrize("where", ["upsert", "put"])
def test_a_full_disk_loses_nothing(
    client: TestClient, settings: Settings, library: Library, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    document_id = upload(client, (NAME, DRILL)).json()["taken"][0]["id"]

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    def refuse(*_: object) -> None:
        raise DataDirNotWritable("The disk is full.", "Free some space.")

    with monkeypatch.context() as patch:
        if where == "upsert":
            patch.setattr(library.store, "upsert", refuse)
        else:
            patch.setattr(Path, "rename", full)
        problem(upload(client, (NAME, DRILL.replace("十二", "十五"))), 503, "data-dir-not-writable")
    assert [one["id"] for one in listed(client)] == [document_id]
    assert "十二" in best(client, "切换步骤共多少步")
    assert stored(settings) == [NAME]
    assert upload(client, (NAME, DRILL.replace("十二", "十五"))).status_code == 200
    assert "十五" in best(client, "切换步骤共多少步")


def test_a_manifest_above_the_data_folder_says_nothing_about_uploads(client: TestClient, settings: Settings) -> None:
    for folder in (settings.data_dir, settings.data_dir.parent):
        (folder / "manifest.jsonl").write_text("not JSON\n", encoding="utf-8")
    report = upload(client, (NAME, DRILL)).json()
    assert (report["documents"]["added"], report["failures"]) == (1, [])


@pytest.mark.parametrize("error", [StoreUnavailable("It is away.", "Start it."), ZeroDivisionError()])
def test_a_failed_optimization_is_logged_and_costs_nothing_else(
    client: TestClient,
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
) -> None:
    tried = threading.Event()

    def fail() -> None:
        tried.set()
        raise error

    monkeypatch.setattr(library.store, "optimize", fail)
    assert upload(client, (NAME, DRILL)).status_code == 200
    assert tried.wait(10)
    assert upload(client, ("b.md", DRILL)).status_code == 200
    assert "Optimizing the index failed" in caplog.text


def test_however_many_uploads_the_index_is_optimized_by_one_thread(
    client: TestClient, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on, calls = threading.Event(), threading.Event(), []

    def optimize() -> None:
        calls.append(threading.get_ident())
        begun.set()
        assert go_on.wait(20)

    monkeypatch.setattr(library.store, "optimize", optimize)
    try:
        for number in range(5):
            assert upload(client, (f"{number}.md", DRILL + str(number))).status_code == 200
            assert begun.wait(10)
        assert len(calls) == 1
    finally:
        go_on.set()
    end = time.monotonic() + 10
    while len(calls) < 2 and time.monotonic() < end:
        time.sleep(0.01)
    # The second is for all that came after the first began.
    assert len(calls) == 2


def test_a_removed_upload_is_deleted(client: TestClient, settings: Settings) -> None:
    document_id = upload(client, (NAME, DRILL)).json()["taken"][0]["id"]
    assert client.delete(f"/api/documents/{document_id}").json()["files_kept"] == []
    assert stored(settings) == []
    assert list((settings.data_dir / "uploads").iterdir()) == []
