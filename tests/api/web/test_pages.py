"""The pages: their language, what they may load, and that what documents say stays text."""

import pytest
from fastapi.testclient import TestClient

from api.web.library import PER_PAGE
from ingest.library import Library
from retrieval.conversations.conversations import Conversations
from tests.api.sending import upload
from tests.retrieval.conversations.kept import answer

PAGES = ["/", "/library", "/evals", "/gaps"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_loads_nothing_foreign(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http://" not in response.text.replace("http://www.w3.org/", "")
    assert "https://" not in response.text


@pytest.mark.parametrize("path", PAGES)
def test_a_page_speaks_chinese_until_english_is_chosen(client: TestClient, path: str) -> None:
    assert '<html lang="zh-CN">' in client.get(path).text
    chosen = client.get(path, params={"lang": "en"})
    assert '<html lang="en">' in chosen.text
    assert ">Library<" in chosen.text
    assert '<html lang="en">' in client.get(path).text
    assert '<html lang="zh-CN">' in client.get(path, params={"lang": "zh"}).text


def test_scripts_and_styles_are_kept_by_browsers(client: TestClient) -> None:
    page = client.get("/").text
    sheet = page.split('rel="stylesheet" href="')[1].split('"')[0]
    assert "immutable" in client.get(sheet).headers["cache-control"]
    assert client.get(sheet.replace("base.css", "../render.py")).status_code == 404


def test_an_empty_library_says_what_to_do(client: TestClient) -> None:
    assert "/library" in client.get("/").text.split("资料库还是空的")[1]


@pytest.mark.usefixtures("corpus")
def test_what_there_is_to_ask_is_told(client: TestClient) -> None:
    page = client.get("/").text
    assert "2 个项目的 3 份文档" in page
    assert '<option value="禾川银行">禾川银行（2）</option>' in page


def test_an_answer_has_an_address(client: TestClient, library: Library) -> None:
    kept = Conversations(library.settings)
    turn = kept.add(answer())
    kept.close()
    sent = client.get(f"/answers/{turn.id}", follow_redirects=False)
    assert sent.headers["location"] == f"/conversations/{turn.conversation_id}#answer-{turn.id}"
    assert turn.conversation_id in client.get(f"/conversations/{turn.conversation_id}").text


def test_a_large_library_comes_page_by_page(client: TestClient) -> None:
    files = [(f"方案{number:03}.md", f"# 方案{number:03}\n\n第 {number} 号方案。\n") for number in range(PER_PAGE + 5)]
    assert upload(client, *files, project="大项目").status_code == 200
    first = client.get("/library", params={"q": "方案"})
    assert first.text.count("data-document=") == PER_PAGE
    assert "第 1 页，共 2 页" in first.text
    assert f'<span class="chip" data-count>{PER_PAGE + 5}</span>' in first.text
    rest = first.text.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = client.get(f"/library{rest}")
    assert second.text.count("data-document=") == 5
    assert "方案104" in second.text
    assert 'rel="prev"' in second.text
    assert client.get("/library", params={"page": 99}).text.count("data-document=") == 5
    assert "共 1 页" not in client.get("/library", params={"q": "方案001"}).text
