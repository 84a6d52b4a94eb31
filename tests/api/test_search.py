"""`GET /api/search`."""

import pytest
from fastapi.testclient import TestClient

from tests.api.reading import problem

pytestmark = pytest.mark.usefixtures("corpus")


def test_the_best_passage_comes_first(client: TestClient) -> None:
    for mode in ("hybrid", "dense", "sparse"):
        found = client.get("/api/search", params={"q": "910B3 评估多少张", "mode": mode}).json()
        assert found[0]["document"]["path"] == "禾川银行/算力评估.md"
        assert found[0]["locator"]["label"]
        assert [one["rank"] for one in found] == list(range(1, len(found) + 1))
        assert [one["score"] for one in found] == sorted((one["score"] for one in found), reverse=True)


def test_k_limits_the_passages(client: TestClient) -> None:
    assert len(client.get("/api/search", params={"q": "评估", "k": 1}).json()) == 1


def test_filters_of_one_key_widen_and_of_two_narrow(client: TestClient) -> None:
    def paths(*filters: str) -> set[str]:
        found = client.get("/api/search", params={"q": "双活 评估 接手", "filter": list(filters)}).json()
        return {one["document"]["path"] for one in found}

    assert paths("project=云澜证券") == {"云澜证券/双活设计 V1.0.md"}
    assert len(paths("project=云澜证券", "project=禾川银行")) == 3
    assert paths("project=禾川银行", "format=txt") == {"禾川银行/交接文档.txt"}


@pytest.mark.parametrize("filters", ["project=%ED%A0%80", "%ED%A0%80=x", "project=%FF"])
def test_half_a_character_in_a_filter_breaks_nothing(client: TestClient, filters: str) -> None:
    response = client.get(f"/api/search?q=%ED%B0%80评估&filter={filters}")
    assert response.status_code == (200 if filters.startswith("project") else 422)


WRONG: list[tuple[dict[str, str], str]] = [
    ({"q": " "}, "empty-question"),
    ({"q": "双" * 3000}, "question-too-long"),
    ({"q": "双活", "filter": "colour=red"}, "unknown-filter"),
    ({"q": "双活", "filter": "project"}, "unknown-filter"),
    ({"q": "双活", "mode": "psychic"}, "invalid-request"),
    ({"q": "双活", "k": "0"}, "invalid-request"),
    ({"q": "双活", "k": "101"}, "invalid-request"),
    ({}, "invalid-request"),
]


def test_wrong_parameters_are_a_problem(client: TestClient) -> None:
    for params, kind in WRONG:
        problem(client.get("/api/search", params=params), 422, kind)


def test_context_and_folded_come_along(client: TestClient) -> None:
    plain = client.get("/api/search", params={"q": "910B3 评估多少张"}).json()[0]
    assert plain["folded"] == []
    assert "context" not in plain
    read = client.get("/api/search", params={"q": "910B3 评估多少张", "context": True}).json()[0]
    assert plain["text"] in [one["text"] for one in read["context"]]


def test_a_guess_can_be_dropped(client: TestClient) -> None:
    def first(*without: str) -> list[str]:
        found = client.get("/api/search", params={"q": "禾川银行 RPO 秒", "without": list(without)}).json()
        return [one["document"]["project"] for one in found]

    assert set(first()) == {"禾川银行"}
    assert "云澜证券" in first("project=禾川银行")
    problem(client.get("/api/search", params={"q": "双活", "without": "colour"}), 422, "unknown-filter")
