"""The pages of evaluations: what they say, in both languages, and that what questions say stays text."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from evals.desk import Desk
from ingest.library import Library
from tests.api.evaluating import made
from tests.api.sending import HERE


@pytest.fixture
def client(library: Library) -> Iterator[TestClient]:
    with TestClient(create_app(library, desk=Desk(library)), HERE, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def run(client: TestClient, corpus: Path) -> str:
    return made(client)


def test_without_runs_the_page_says_what_to_do(client: TestClient) -> None:
    page = client.get("/evals").text
    assert "还没有运行过" in page
    assert "/api/evals/template.xlsx" in page


def test_runs_and_their_trend(client: TestClient, run: str) -> None:
    page = client.get("/evals").text
    assert f'href="/evals/runs/{quote(run)}"' in page
    assert "我的 题/own" in page
    assert "再运行一次，就看得到趋势" in page
    assert "还没有运行过" not in page


def test_a_run_has_its_groups_and_questions(client: TestClient, run: str) -> None:
    page = client.get(f"/evals/runs/{run}").text
    for words in ("回答", "引用", "检索", "拒答与把握", 'id="question-row-2"'):
        assert words in page
    english = client.get(f"/evals/runs/{run}", params={"lang": "en"}).text
    assert "Correct" in english


@pytest.mark.parametrize("path", ["/evals", "/evals/compare", "/evals/runs/{run}"])
def test_a_page_loads_nothing_foreign(client: TestClient, run: str, path: str) -> None:
    response = client.get(path.format(run=run))
    assert response.status_code == 200
    assert "unsafe" not in response.headers["content-security-policy"]
    assert " style=" not in response.text
    assert "http://" not in response.text.replace("http://www.w3.org/", "")


def test_what_a_set_says_stays_text(client: TestClient, run: str) -> None:
    page = client.get(f"/evals/runs/{run}").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_two_runs_to_compare_are_chosen(client: TestClient, run: str) -> None:
    assert "选出要比较的两次运行" in client.get("/evals/compare").text
    assert f'data-b="{run}"' in client.get("/evals/compare", params={"a": run, "b": run}).text


def test_a_run_that_is_not_there(client: TestClient) -> None:
    assert client.get("/evals/runs/nosuch").status_code == 404
