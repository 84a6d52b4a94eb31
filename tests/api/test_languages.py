"""What goes wrong is told in the language that is asked for; every message that a page can show has its Chinese."""

import ast
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from starlette.datastructures import Headers

from api import languages
from api.languages import Language, all_told, preferred, told
from ingest.errors import CaseloreError
from ingest.said import Said
from tests.api.reading import events, problem

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("ingest", "retrieval", "api", "evals")
ELSEWHERE = re.compile(
    r"cli\.py$|^evals/(fidelity|bench|peers|injections|beir|reading)|/llamaindex|^api/listen\.py$|^ingest/(convert|model_(hub|wheel))\.py$"
)
"""What only commands and other programs meet."""
HAN = re.compile(r"[\u4e00-\u9fff]")
CHINESE = {"accept-language": "zh-CN"}


def errors(base: type[CaseloreError] = CaseloreError) -> set[str]:
    return {base.__name__} | {name for one in base.__subclasses__() for name in errors(one)}


def said_in(file: Path) -> set[str]:
    """The templates and plain messages of a source file."""
    found: set[str] = set()
    makers = errors() | {"Unread", "NotTaken", "Failure", "problem", "_of_file", "_refuse"}
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name == "Said" and isinstance(node.args[0], ast.Constant):
            found.add(ast.literal_eval(node.args[0]))
        elif name in makers:
            given = [*node.args, *(one.value for one in node.keywords if one.arg in {"message", "hint", "error"})]
            assert not any(isinstance(one, ast.JoinedStr) for one in given), f"{file.name}:{node.lineno}: use Said"
            whole = (one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str))
            found |= {one for one in whole if " " in one}
    return found


def messages() -> set[str]:
    files = (file for room in ROOMS for file in (ROOT / room).rglob("*.py"))
    return {one for file in files if not ELSEWHERE.search(file.relative_to(ROOT).as_posix()) for one in said_in(file)}


def test_every_message_is_there_in_chinese() -> None:
    missing = messages() - set(languages._chinese())
    assert not missing, "add to api/locale/zh.po:\n" + "\n".join(sorted(missing))


def test_no_message_is_left_over() -> None:
    sources = "".join(file.read_text("utf-8") for room in ROOMS for file in (ROOT / room).rglob("*.py"))
    # Adjacent literals are one message; what the system or the framework says stands in no source.
    joined = re.sub(r'"\s*\n\s*f?"', "", sources).replace('\\"', '"')
    own = {one for one in languages._chinese() if one not in BY_OTHERS}
    assert not {one for one in own if one not in joined}


BY_OTHERS = {
    "Not Found", "Method Not Allowed", "There was an error parsing the body", "Field required",
    "No space left on device", "Permission denied", "No such file or directory", "Input/output error",
    "File name too long", "Read-only file system", "Is a directory", "Not a directory",
}  # fmt: skip


@pytest.mark.parametrize("message", sorted(languages._chinese()))
def test_a_message_keeps_its_places_and_is_chinese(message: str) -> None:
    chinese = languages._chinese()[message]
    places = re.compile(r"\{\w+\}")
    assert sorted(places.findall(chinese)) == sorted(places.findall(message.replace("runs/{id}", "runs")))
    assert HAN.search(chinese) or not re.sub(r"\{\w+\}|\W", "", chinese)


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"), ("*", "en"), ("zh-CN,zh;q=0.9,en;q=0.8", "zh"), ("en-US,en;q=0.9,zh;q=0.8", "en"), ("zh", "zh"),
        ("de, zh-Hans;q=0.3", "zh"), ("zh;q=x, en", "en"), ("zh;q=0", "en"),
    ],
)  # fmt: skip
def test_the_language_is_the_one_liked_best(accepted: str, language: Language) -> None:
    assert preferred(Headers({"accept-language": accepted})) == language


def test_values_that_are_messages_are_told_too() -> None:
    error = Said("{name} was given up: {why}.", name="a.pdf", why=Said("no progress in {seconds} s", seconds=60))
    assert told(error, "zh") == "放弃读取 a.pdf：60 秒没有进展。"
    assert told(error, "en") == "a.pdf was given up: no progress in 60 s."
    assert told("nobody has translated this", "zh") == "nobody has translated this"


def test_only_messages_are_told_not_what_documents_say() -> None:
    said = {"text": "Split it.", "failures": [{"path": "Split it.", "hint": "Split it."}]}
    assert all_told(said, "zh") == {"text": "Split it.", "failures": [{"path": "Split it.", "hint": "请拆小。"}]}


def test_problems_come_in_chinese_when_asked_for(client: TestClient) -> None:
    body = problem(client.post("/api/ask", json={"question": " "}, headers=CHINESE), 422, "empty-question")
    assert body["detail"] == "还没有写问题。"
    response = client.get("/api/conversations/none", headers=CHINESE)
    assert response.json()["detail"] == "没有保留对话 none。"
    assert (response.headers["content-language"], response.headers["vary"]) == ("zh", "Accept-Language")
    assert client.get("/api/conversations/none").json()["detail"] == "No conversation none is kept."


def test_what_is_refused_before_the_endpoints_is_told_too(client: TestClient) -> None:
    refused = client.post("/api/documents", headers=CHINESE | {"sec-fetch-site": "cross-site"})
    assert refused.json()["detail"] == "POST /api/documents：别的网站的页面不能写入。"


UNTAKEN = {
    "a.exe": (b"MZ" + b"\0" * 99, "a.exe 实际是：Windows 程序，不是能读的 .exe 文档。"),
    "a.docx": (b"PK\3\4 no zip at all", "a.docx 不完整或已损坏：它的 zip 结构打不开。"),
    "b.md": (b"", "b.md 是空文件（0 字节）。"),
    "c.md": (b"a" * (2 << 20), "c.md 超过 1 MiB 的上限。"),
    ".md": (b"x", "'.md' 不能作为文档名。"),
}


@pytest.mark.parametrize("name", UNTAKEN)
def test_a_file_that_is_not_taken_has_its_reason_in_the_language_asked_for(client: TestClient, name: str) -> None:
    content, reason = UNTAKEN[name]
    files = [("files", (name, content)), ("files", ("d.md", f"# 题\n\n正文{name}。".encode()))]
    body = client.post("/api/documents", files=files, headers=CHINESE).json()
    (failure,) = body["failures"]
    assert failure["error"] == reason
    assert HAN.search(failure["hint"])
    english = client.post("/api/documents", files=files[:1]).json()
    assert not HAN.search(english["detail"] + english["hint"])


def test_kept_failures_are_told_in_the_language_of_who_reads_them(client: TestClient, corpus: Path) -> None:
    (corpus / "坏.docx").write_bytes(b"PK\3\4 no zip at all")
    from ingest.pipeline import ingest

    ingest(client.app.state.service.library, [corpus])  # type: ignore[attr-defined]
    (failure,) = client.get("/api/documents", headers=CHINESE).json()["failures"]
    assert failure["error"] == "坏.docx 不完整或已损坏：它的 zip 结构打不开。"
    assert "坏.docx is truncated" in client.get("/api/documents").json()["failures"][0]["error"]
    assert failure["error"] in client.get("/library").text
    assert "坏.docx is truncated" in client.get("/library?lang=en").text


def test_an_error_in_a_stream_is_told_too(client: TestClient) -> None:
    with client.stream("POST", "/api/ask/stream", json={"question": "双活？"}, headers=CHINESE) as response:
        response.read()
        (error,) = [data for name, data in events(response) if name == "error"]
    assert error["detail"] == "资料库是空的。"


def test_a_browser_is_shown_a_page(client: TestClient) -> None:
    browser = {"accept": "text/html,*/*;q=0.8"}
    missing = client.get("/nothing", headers=browser)
    assert missing.status_code == 404
    assert "没有这个页面" in missing.text
    assert "There is no such page" in client.get("/nothing?lang=en", headers=browser).text
    gone = client.get("/answers/none?lang=zh", headers=browser)
    assert gone.status_code == 404
    assert "没有保留回答 none" in gone.text
    assert client.get("/api/nothing", headers=browser).headers["content-type"] == "application/problem+json"
