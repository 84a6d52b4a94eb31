"""Evaluations over HTTP: sets, runs, progress, and where the service has none."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from evals.desk import Desk
from ingest.library import Library
from tests.api.evaluating import NAME, add, made
from tests.api.sending import HERE


@pytest.fixture
def client(library: Library) -> Iterator[TestClient]:
    app = create_app(library, desk=Desk(library))
    with TestClient(app, HERE, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def run(client: TestClient, corpus: Path) -> str:
    """The id of a run."""
    return made(client)


def test_a_run_from_set_to_report(client: TestClient, run: str) -> None:
    (row,) = client.get("/api/evals/runs").json()
    assert (row["id"], row["n"]) == (run, 2)
    whole = client.get(f"/api/evals/runs/{run}").json()
    assert [one["id"] for one in whole["per_question"]] == ["row-2", "row-3"]
    question = client.get(f"/api/evals/runs/{run}/questions/row-2").json()
    assert question["gold"][0]["text"]
    assert client.get("/api/evals/compare", params={"a": run, "b": run}).json()["n"] == 2


def test_plots_and_report_bring_no_script(client: TestClient, run: str) -> None:
    pytest.importorskip("matplotlib")
    drawn = client.get(f"/api/evals/runs/{run}/plots/kinds.svg")
    assert drawn.headers["content-type"] == "image/svg+xml"
    assert "default-src 'none'" in drawn.headers["content-security-policy"]
    assert client.get(f"/api/evals/runs/{run}/plots/nosuch.svg").status_code == 404
    params = {"set": "我的 题", "split": "own", "metric": "correct"}
    assert client.get("/api/evals/trends.svg", params=params).text.startswith("<svg")
    report = client.get(f"/api/evals/runs/{run}/report.html")
    assert "attachment" in report.headers["content-disposition"]
    assert "sandbox" in report.headers["content-security-policy"]
    assert "<script" not in report.text


def test_a_set_comes_and_goes(client: TestClient) -> None:
    assert add(client).json()["questions"] == 2
    assert NAME in [one["set"] for one in client.get("/api/evals/sets").json()]
    assert client.delete(f"/api/evals/sets/{NAME}").status_code == 204
    assert client.delete(f"/api/evals/sets/{NAME}").status_code == 404


def test_wrong_rows_are_named(client: TestClient) -> None:
    refused = add(client, content="问题,可回答\n几张？,也许\n".encode())
    assert refused.status_code == 422
    assert "row 2" in refused.json()["detail"]
    assert "/" not in refused.json()["detail"]


def test_a_path_is_no_name(client: TestClient) -> None:
    assert add(client, name="../../a.csv").json()["set"] == "a.csv"
    assert add(client, name="a.exe").status_code == 422


@pytest.mark.usefixtures("corpus")
def test_misfits_are_told(client: TestClient) -> None:
    add(client, content="问题,可回答,依据\n几张？,是,算力评估.md | 评了 99 张\n".encode())
    found = client.get("/api/evals/sets/check", params={"set": NAME, "split": "own"}).json()
    assert len(found["misfits"]) == 1


def test_nothing_to_ask_about_is_told(client: TestClient) -> None:
    add(client)
    assert client.post("/api/evals/runs", json={"set": NAME, "split": "own"}).status_code == 503


@pytest.mark.parametrize(
    "path", ["runs/nosuch", "runs/nosuch/report.html", "runs/nosuch/questions/q", "compare?a=x&b=y"]
)
def test_a_run_that_is_not_there(client: TestClient, path: str) -> None:
    assert client.get(f"/api/evals/{path}").status_code == 404


def test_nothing_runs_yet(client: TestClient) -> None:
    assert client.get("/api/evals/progress").json() is None
    assert client.delete("/api/evals/progress").status_code == 404
    assert client.get("/api/evals/template.xlsx").content.startswith(b"PK")


def test_a_service_without_evaluations_says_so(library: Library) -> None:
    with TestClient(create_app(library), HERE, raise_server_exceptions=False) as client:
        assert client.get("/api/evals/runs").json()["type"] == "urn:caselore:no-evaluations"
        assert "caselore eval run" in client.get("/evals").text
        assert client.get("/evals/compare").status_code == 404


def test_a_page_of_another_site_starts_nothing(client: TestClient) -> None:
    headers = {"Origin": "http://evil.example"}
    for method, path in (("POST", "runs"), ("POST", "sets"), ("DELETE", "progress")):
        assert client.request(method, f"/api/evals/{path}", headers=headers).status_code == 403


@pytest.mark.usefixtures("corpus")
def test_a_run_is_deleted_with_all_that_is_said_of_it(client: TestClient) -> None:
    run_id = made(client)
    assert run_id in client.get("/evals").text
    assert client.delete(f"/api/evals/runs/{run_id}").status_code == 204
    assert client.get("/api/evals/runs").json() == []
    assert client.get("/api/evals/progress").json() is None
    assert client.get(f"/api/evals/runs/{run_id}").status_code == 404
    assert client.delete(f"/api/evals/runs/{run_id}").json()["type"] == "urn:caselore:run-not-found"
    # The set stays.
    assert NAME in {one["set"] for one in client.get("/api/evals/sets").json()}


@pytest.mark.parametrize("name", ["baseline-dev", "../../registry", "*"])
def test_nothing_but_a_kept_run_is_deleted(client: TestClient, name: str) -> None:
    assert client.delete(f"/api/evals/runs/{name.replace('/', '%2F')}").status_code == 404
    assert client.get("/api/evals/runs/baseline-dev").status_code == 200


@pytest.mark.usefixtures("corpus")
def test_misfits_are_told_in_the_language_asked_for(client: TestClient) -> None:
    add(client, content="问题,可回答,依据\n几张？,是,算力评估.md | 评了 99 张\n".encode())
    params = {"set": NAME, "split": "own"}
    found = client.get("/api/evals/sets/check", params=params, headers={"accept-language": "zh"}).json()
    assert found["misfits"][0]["what"] == "算力评估.md 里没有“评了 99 张”"
