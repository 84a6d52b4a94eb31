"""The names of uploaded files: nothing that a client sends leads out of the upload folder."""

import pytest
from fastapi.testclient import TestClient

from ingest.settings import Settings
from tests.api.reading import problem
from tests.api.sending import DRILL, MULTIPART, stored, upload


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
