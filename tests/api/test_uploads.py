"""`POST /api/documents`: what is taken, what is refused, and that a refusal costs nothing."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from fastapi.testclient import TestClient

from ingest.errors import DataDirNotWritable
from ingest.library import Library
from ingest.settings import Settings
from tests.api.reading import Response, problem

DRILL = "# 演练安排\n\n灾备演练定在每季度第二个周五，切换步骤共十二步。\n"
NAME = "演练安排.md"
MULTIPART = "multipart/form-data; boundary=x"
TEXT_FOR_FILE = b'--x\r\nContent-Disposition: form-data; name="files"\r\n\r\ntext\r\n--x--\r\n'


def upload(client: TestClient, *files: tuple[str, bytes | str], **said: str) -> Response:
    return client.post("/api/documents", files=[("files", file) for file in files], data=said)


def listed(client: TestClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("/api/documents").json()["documents"]
    return found


def best(client: TestClient, question: str) -> str:
    found = client.get("/api/search", params={"q": question}).json()
    return str(found[0]["text"]) if found else ""


def stored(settings: Settings) -> list[str]:
    """The names of everything in the upload folder, as `key/name`, without the manifests."""
    root = settings.data_dir / "uploads"
    return sorted(path.name for path in root.rglob("*") if path.is_file() and path.name != "manifest.jsonl")


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
    assert client.get("/api/documents").json() == {"documents": [], "failures": []}
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
    ("given", "kept"),
    [
        ("../../x.md", "x.md"),
        ("/etc/cron.d/x.md", "x.md"),
        ("C:\\Users\\li\\方案.md", "方案.md"),
        ("..\\..\\x.md", "x.md"),
        ("a\u202eb\u200b.md", "ab.md"),
        (" 前后有空格.md ", "前后有空格.md"),
        ("方案;$(id)`id`|.md", "方案;$(id)`id`|.md"),
        ("é.md", "é.md"),
        ("长" * 84 + ".md", "长" * 84 + ".md"),
    ],
)
def test_of_a_name_only_the_name_is_kept(client: TestClient, settings: Settings, given: str, kept: str) -> None:
    outside = sorted(path for path in settings.data_dir.parent.iterdir())
    document = upload(client, (given, DRILL)).json()["taken"][0]
    assert document["path"] == kept
    assert stored(settings) == [kept]
    assert sorted(path for path in settings.data_dir.parent.iterdir()) == outside
    assert client.get(f"/api/documents/{document['id']}/source").content == DRILL.encode()


@pytest.mark.parametrize(
    "name", ["..", "../..", ".hidden.md", "manifest.jsonl", "x" * 300, "长" * 85 + ".md", "\u200b"]
)
def test_what_is_no_name_is_a_problem(client: TestClient, settings: Settings, name: str) -> None:
    body = problem(upload(client, (name, DRILL)), 422, "unsupported-format")
    assert len(body["detail"]) < 200
    assert stored(settings) == []


@pytest.mark.parametrize("name", [b"", b'"', b"\xc1\xbd\xb0\xb8.md", b"a\0b.md", b"a\x01b.md", b"a\r\nb.md"])
def test_names_that_no_client_should_send_break_nothing(client: TestClient, settings: Settings, name: bytes) -> None:
    body = (
        b'--x\r\nContent-Disposition: form-data; name="files"; filename="' + name + b'"\r\n\r\n' + DRILL.encode()
    ) + b"\r\n--x--\r\n"
    response = client.post("/api/documents", content=body, headers={"content-type": MULTIPART})
    assert response.status_code in (200, 400, 422)
    assert "Traceback" not in response.text
    assert len(stored(settings)) == (response.status_code == 200)


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


def test_a_removed_upload_is_deleted(client: TestClient, settings: Settings) -> None:
    document_id = upload(client, (NAME, DRILL)).json()["taken"][0]["id"]
    assert client.delete(f"/api/documents/{document_id}").json()["files_kept"] == []
    assert stored(settings) == []
    assert list((settings.data_dir / "uploads").iterdir()) == []
