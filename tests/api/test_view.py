"""A document opened over HTTP at a place, and what it refuses."""

import json
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from ingest.errors import ParsersUnavailable
from ingest.library import Library
from ingest.parse.workers.limits import Limits
from ingest.parse.workers.pool import ParsePool
from ingest.view.parsed import parsed_of
from tests.api.sending import upload

AT = json.dumps({"kind": "lines", "line_start": 5, "line_end": 5})


def document(client: TestClient, name: str) -> str:
    documents = client.get("/api/documents").json()["documents"]
    return str(next(one["id"] for one in documents if one["path"].endswith(name)))


@pytest.mark.usefixtures("corpus")
def test_a_document_is_opened_at_its_place(client: TestClient) -> None:
    key = document(client, "双活设计 V1.0.md")
    opened = client.get(f"/api/documents/{key}/view", params={"at": AT, "quote": "RPO"}).json()
    assert opened["kind"] == "lines"
    assert opened["place"] == {"part": 1, "piece": 1, "lines": [5, 5]}
    lines = client.get(f"/api/documents/{key}/view/pieces/1/1").json()
    assert lines[4] == "ES 采用跨集群复制，RPO 不超过 30 秒。"


@pytest.mark.usefixtures("corpus")
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("view/pieces/1/2", 404),
        ("view/pieces/../1", 404),
        ("view/pages/1.png", 404),
        ("view/pictures/..%2f..%2fregistry.sqlite3", 404),
        ("view/pictures/0123456789abcdef.png", 404),
        ("view/pieces/1/1?inside=0123456789abcdef", 404),
        ("view/pieces/1/1?inside=../../..", 422),
        ("view?at=none", 422),
    ],
)
def test_nothing_but_parts_of_the_document_is_given(client: TestClient, path: str, status: int) -> None:
    key = document(client, "交接文档.txt")
    assert client.get(f"/api/documents/{key}/{path}").status_code == status


def test_a_changed_original_is_not_shown_and_the_page_says_so(client: TestClient, corpus: Path) -> None:
    key = document(client, "交接文档.txt")
    assert client.get(f"/documents/{key}").status_code == 200
    (corpus / "禾川银行/交接文档.txt").write_text("别的内容", "utf-8")
    assert client.get(f"/api/documents/{key}/view").status_code == 404
    page = client.get(f"/documents/{key}")
    assert page.status_code == 404
    assert "caselore ingest" in page.text
    assert client.get("/documents/0000000000000000").status_code == 404


@pytest.mark.usefixtures("corpus")
def test_a_place_in_an_address_stays_text(client: TestClient) -> None:
    key = document(client, "交接文档.txt")
    at = json.dumps({"kind": "lines", "line_start": 1, "headings": ['"><script>alert(1)</script>']})
    page = client.get(f"/documents/{key}", params={"at": at, "quote": "<script>alert(2)</script>"}).text
    assert "<script>alert" not in page
    assert 'data-at="{' in page
    assert client.get(f"/documents/{key}", params={"at": "{"}).status_code == 200


def test_views_go_with_their_document(client: TestClient, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    key = upload(client, ("安排.md", "# 安排\n\n演练十二步。\n")).json()["taken"][0]["id"]
    assert client.get(f"/api/documents/{key}/view").status_code == 200
    kept = library.views.folder(key)
    # What ingest has read is there already.
    with monkeypatch.context() as patched:
        patched.setattr(ParsePool, "call", None)
        assert parsed_of(library, key).elements[0].text == "安排"
    assert {one.name.partition("-")[0] for one in kept.iterdir()} == {"view", "parsed"}
    client.delete(f"/api/documents/{key}")
    assert not kept.exists()


@pytest.mark.usefixtures("corpus")
def test_a_document_opens_while_all_parsers_are_busy(
    client: TestClient, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = document(client, "交接文档.txt")
    with ParsePool(Limits(1, 60, 60, 2048)) as busy:
        monkeypatch.setitem(library.__dict__, "parsers", busy)
        reading = threading.Thread(target=_sleep, args=(busy, tmp_path / "begun"))
        reading.start()
        while reading.is_alive() and not (tmp_path / "begun").exists():
            time.sleep(0.01)
        assert client.get(f"/api/documents/{key}/view").json()["kind"] == "lines"
        assert reading.is_alive()
        busy.stop()
        reading.join()


def _sleep(pool: ParsePool, begun: Path) -> None:
    with pytest.raises(ParsersUnavailable):
        pool.call("tests.api.test_view:sleep_in_worker", {"begun": str(begun)}, "slow.pdf")


def sleep_in_worker(_told: Callable[[int, int], None], *, begun: str) -> bytes:
    """A file that takes long to read."""
    Path(begun).touch()
    time.sleep(50)
    return b""
