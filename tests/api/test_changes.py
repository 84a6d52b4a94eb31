"""`GET /api/documents/{id}/changes` and its page."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from ingest.library import Library
from ingest.pipeline import ingest
from tests.api.reading import problem

V1 = "# 双活设计 V1.0\n\n## 指标\n\nRPO 不超过 30 秒。\n\n采用异步复制。\n\n旧的附录。\n"
V2 = "# 双活设计 V2.0\n\n## 指标\n\nRPO 不超过 5 秒。\n\n采用异步复制。\n\n新增 `<b>演练</b>` 一章。\n"


@pytest.fixture
def versions(library: Library, tmp_path: Path) -> dict[str, str]:
    """Two versions of a document: file name to id."""
    for name, text in (("双活设计_V1.0.md", V1), ("双活设计_V2.0.md", V2)):
        (tmp_path / name).write_text(text, "utf-8")
    assert not ingest(library, [tmp_path]).failures
    return {meta.path: meta.id for meta, _ in library.registry.documents()}


def test_lines_are_told_with_words_and_places(client: TestClient, versions: dict[str, str]) -> None:
    older, newer = versions["双活设计_V1.0.md"], versions["双活设计_V2.0.md"]
    found = client.get(f"/api/documents/{newer}/changes", params={"since": older}).json()
    assert (found["older"]["id"], found["newer"]["id"]) == (older, newer)
    assert found["same"] == 2
    figure = next(one for one in found["changes"] if one["before"] and "RPO" in one["before"]["text"])
    assert [piece for piece in figure["pieces"] if piece["kind"] != "same"] == [
        {"kind": "removed", "text": "30"},
        {"kind": "added", "text": "5"},
    ]
    assert figure["after"]["locator"]["line_start"] == 5


def test_an_unknown_document_is_told(client: TestClient, versions: dict[str, str]) -> None:
    newer = versions["双活设计_V2.0.md"]
    problem(client.get(f"/api/documents/{newer}/changes", params={"since": "none"}), 404, "document-not-found")
    problem(client.get(f"/api/documents/{newer}/changes"), 422, "invalid-request")


def test_the_page_shows_both_sides_as_text(client: TestClient, versions: dict[str, str]) -> None:
    older, newer = versions["双活设计_V1.0.md"], versions["双活设计_V2.0.md"]
    page = client.get(f"/documents/{newer}/changes", params={"since": older}).text
    assert "<del>30</del>" in page
    assert "<ins>5</ins>" in page
    assert "<b>演练</b>" not in page
    assert "&lt;b&gt;演练&lt;/b&gt;" in page
    assert f"/documents/{newer}?at=" in page


def test_a_newer_version_is_offered_in_the_library(client: TestClient, versions: dict[str, str]) -> None:
    older, newer = versions["双活设计_V1.0.md"], versions["双活设计_V2.0.md"]
    assert f"/documents/{newer}/changes?since={older}" in client.get("/library").text
