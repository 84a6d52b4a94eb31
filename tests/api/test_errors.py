"""Every error is problem details (RFC 9457), and the description says so."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.errors import problem_of
from ingest import errors
from ingest.errors import CaseloreError
from ingest.library import Library
from ingest.registry import Registry
from tests.api.reading import problem
from tests.api.sending import HERE


def test_an_unknown_path_is_a_problem(client: TestClient) -> None:
    body = problem(client.get("/api/nothing"), 404, "not-found")
    assert "/api/nothing" in body["detail"]


def test_a_wrong_method_is_a_problem_that_names_the_right_ones(client: TestClient) -> None:
    response = client.get("/api/ask")
    problem(response, 405, "method-not-allowed")
    assert response.headers["allow"] == "POST"


def test_an_unexpected_exception_shows_nothing_of_the_inside(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: Registry) -> list[Any]:
        raise ZeroDivisionError("secret of the inside")

    monkeypatch.setattr(Registry, "documents", fail)
    response = client.get("/api/documents")
    problem(response, 500, "internal-error")
    assert "secret" not in response.text
    assert "GET /api/documents failed" in caplog.text


def kinds(base: type[CaseloreError]) -> list[type[CaseloreError]]:
    return [base, *(kind for one in base.__subclasses__() for kind in kinds(one))]


@pytest.mark.parametrize("kind", [kind for kind in kinds(CaseloreError) if kind.__module__ == errors.__name__])
def test_every_error_of_ours_has_its_status_and_kind(kind: type[CaseloreError]) -> None:
    body = problem_of(kind("This is wrong.", "Do that."))
    assert (body["status"], body["detail"], body["hint"]) == (kind.http_status, "This is wrong.", "Do that.")
    assert body["type"].removeprefix("urn:caselore:").replace("-", "") == kind.__name__.lower()


def test_a_page_of_another_site_may_read_but_not_write(client: TestClient) -> None:
    foreign = {"sec-fetch-site": "cross-site"}
    problem(client.post("/api/documents", headers=foreign, files={"files": ("a.md", "# a")}), 403, "forbidden")
    problem(client.delete("/api/documents/x", headers=foreign), 403, "forbidden")
    assert client.get("/api/documents", headers=foreign).json()["documents"] == []
    assert client.get("/api/documents", headers={"sec-fetch-site": "same-origin"}).status_code == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "http://127.0.0.1:9000", "http://localhost:8000", "https://[", "null", ""]
)
def test_a_page_of_another_origin_may_read_but_not_write(client: TestClient, origin: str) -> None:
    foreign = {"origin": origin}
    problem(client.post("/api/documents", headers=foreign, files={"files": ("a.md", "# a")}), 403, "forbidden")
    problem(client.delete("/api/documents/x", headers=foreign), 403, "forbidden")
    assert client.get("/api/documents", headers=foreign).json()["documents"] == []


def test_a_page_of_our_own_may_write(client: TestClient) -> None:
    response = client.post("/api/documents", headers={"origin": HERE}, files={"files": ("a.md", "# a\n\n正文。")})
    assert response.status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "10.0.0.1:8000", ""])
def test_a_name_made_to_lead_to_this_machine_leads_nowhere(client: TestClient, library: Library, host: str) -> None:
    rebound = {"host": host, "origin": f"http://{host}"}
    problem(client.get("/api/documents", headers=rebound), 421, "misdirected-request")
    problem(client.delete("/api/documents/x", headers=rebound), 421, "misdirected-request")
    public = TestClient(create_app(library, public=True), HERE)
    assert public.get("/api/documents", headers=rebound).status_code == 200


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1:1", "127.0.1.1", "[::1]", "[::1]:8000"])
def test_this_machine_is_known_by_all_its_names(client: TestClient, host: str) -> None:
    own = {"host": host, "origin": f"http://{host}"}
    assert client.get("/healthz", headers=own).status_code == 200
    problem(client.delete("/api/documents/x", headers=own), 404, "document-not-found")


def test_no_response_lets_its_type_be_guessed(client: TestClient) -> None:
    for path in ("/healthz", "/readyz", "/api/documents", "/nothing", "/docs"):
        assert client.get(path).headers["x-content-type-options"] == "nosniff"


def operations(client: TestClient) -> list[tuple[str, dict[str, Any]]]:
    paths = client.get("/openapi.json").json()["paths"]
    return [(f"{verb} {path}", one) for path, verbs in paths.items() for verb, one in verbs.items()]


def test_the_description_has_what_others_rely_on(client: TestClient) -> None:
    assert {name for name, _ in operations(client)} >= {
        "post /api/ask",
        "post /api/ask/stream",
        "get /api/search",
        "get /api/documents",
        "post /api/documents",
        "delete /api/documents/{document_id}",
        "get /api/documents/{document_id}/source",
        "get /api/documents/{document_id}/view",
        "get /healthz",
        "get /readyz",
    }


def test_the_description_tells_every_error_in_the_one_shape(client: TestClient) -> None:
    for name, operation in operations(client):
        errors_told = {status: one for status, one in operation["responses"].items() if int(status) >= 400}
        assert {"500", "503"} <= errors_told.keys()
        for status, one in errors_told.items():
            assert list(one["content"]) == ["application/problem+json"], (name, status)
    schemas = client.get("/openapi.json").json()["components"]["schemas"]
    assert set(schemas["Problem"]["required"]) == {"type", "title", "status", "detail", "hint"}
    assert "HTTPValidationError" not in {
        reference for _, one in operations(client) for reference in str(one["responses"]).split("/")
    }
