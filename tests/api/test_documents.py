"""`/api/documents`: the list, the originals, removal. Uploads have a file of their own."""

from pathlib import Path
from urllib.parse import unquote

from fastapi.testclient import TestClient

from tests.api.reading import problem


def ids(client: TestClient) -> dict[str, str]:
    """The id of every document, by path."""
    return {one["path"]: one["id"] for one in client.get("/api/documents").json()["documents"]}


def test_a_library_without_documents_is_listed(client: TestClient) -> None:
    assert client.get("/api/documents").json() == {"documents": [], "failures": [], "warnings": []}


def test_documents_are_listed_with_what_is_known_of_them(client: TestClient, corpus: Path) -> None:
    found = client.get("/api/documents").json()["documents"]
    assert [one["path"] for one in found] == sorted(one["path"] for one in found)
    (design,) = [one for one in found if one["project"] == "云澜证券"]
    assert (design["title"], design["version"], design["format"], design["chunks"]) == ("双活设计", "V1.0", "md", 1)


def test_the_original_comes_byte_for_byte_under_its_own_name(client: TestClient, corpus: Path) -> None:
    path = "云澜证券/双活设计 V1.0.md"
    response = client.get(f"/api/documents/{ids(client)[path]}/source")
    assert response.content == (corpus / path).read_bytes()
    # RFC 6266, with the file's name as in RFC 8187 (which replaced RFC 5987)
    kind, name = response.headers["content-disposition"].split("; ")
    assert kind == "attachment"
    assert name.startswith("filename*=utf-8''")
    assert name.isascii()
    assert unquote(name.split("''")[1]) == "双活设计 V1.0.md"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["content-security-policy"] == "sandbox"


def test_a_part_of_the_original_can_be_asked_for(client: TestClient, corpus: Path) -> None:
    path = "禾川银行/算力评估.md"
    response = client.get(f"/api/documents/{ids(client)[path]}/source", headers={"range": "bytes=2-9"})
    assert (response.status_code, response.content) == (206, (corpus / path).read_bytes()[2:10])


def test_an_original_that_was_changed_is_not_taken_for_the_one_ingested(client: TestClient, corpus: Path) -> None:
    path = "禾川银行/算力评估.md"
    url = f"/api/documents/{ids(client)[path]}/source"
    (corpus / path).write_text("# 另一份文件\n", encoding="utf-8")
    problem(client.get(url), 404, "document-not-found")
    (corpus / path).unlink()
    problem(client.get(url), 404, "document-not-found")


def test_a_link_put_in_the_place_of_an_original_leads_nowhere(client: TestClient, corpus: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("password", encoding="utf-8")
    path = "禾川银行/算力评估.md"
    (corpus / path).unlink()
    (corpus / path).symlink_to(secret)
    problem(client.get(f"/api/documents/{ids(client)[path]}/source"), 404, "document-not-found")


def test_only_documents_of_the_library_are_served(client: TestClient, corpus: Path) -> None:
    for document_id in ("0123456789abcdef", "%2e%2e", "..%2f..%2fetc%2fpasswd", "%2fetc%2fpasswd", "a%00b", "资料"):
        for response in (
            client.get(f"/api/documents/{document_id}/source"),
            client.delete(f"/api/documents/{document_id}"),
        ):
            assert response.status_code in (404, 405)
            assert response.json()["type"].startswith("urn:caselore:")
    assert len(ids(client)) == 3


def test_a_removed_document_is_found_no_more_and_its_file_stays(client: TestClient, corpus: Path) -> None:
    path = "禾川银行/算力评估.md"
    document_id = ids(client)[path]
    response = client.delete(f"/api/documents/{document_id}")
    assert response.json() == {"id": document_id, "removed": True, "files_kept": ["算力评估.md"]}
    assert (corpus / path).is_file()
    assert path not in ids(client)
    found = client.get("/api/search", params={"q": "910B3 评估多少张"}).json()
    assert document_id not in {one["document"]["id"] for one in found}
    url = f"/api/documents/{document_id}"
    for response in (client.delete(url), client.get(f"{url}/source")):
        assert "GET /api/documents" in problem(response, 404, "document-not-found")["hint"]
