"""The application as a whole: its start page and its description of itself."""

import re

from fastapi.testclient import TestClient


def test_the_start_page_leads_to_the_description(client: TestClient) -> None:
    assert 'href="/docs"' in client.get("/").text
    assert client.get("/docs").status_code == 200


def test_the_description_needs_no_internet(client: TestClient) -> None:
    page = client.get("/docs").text
    assert re.findall(r"https?://", page) == []
    for script in re.findall(r'src="([^"]+\.js)"', page):
        assert client.get(script).status_code == 200


def test_every_endpoint_is_described(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {"/api/ask", "/api/ask/stream", "/api/search", "/api/documents", "/healthz", "/readyz"} <= set(paths)
