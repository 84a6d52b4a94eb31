"""Answers that a language model writes: claims come as they stand the check, and what did not stand is seen."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser.asking import held
from tests.browser.conftest import PATIENCE_MS, served
from tests.fake_llm_server import MODEL, FakeLLM, Play, claim, fake_llm, reply

DOCUMENT = """# 青鸾双活设计

## 指标

青鸾项目的 RPO 不超过 5 秒，RTO 不超过 10 分钟。

青鸾项目的架构分为三层，管理集中。
"""
QUESTION = "青鸾项目的 RPO 和 RTO 是多少？"
TRUE = claim("RPO 不超过 5 秒，RTO 不超过 10 分钟")
HARMLESS = claim("架构分为三层，管理容易", quote="架构分为三层，管理集中")
WRONG = claim("RPO 不超过 77 秒")
SHIFTS = """() => {
  window.__moved = [];
  const seen = (list) => window.__moved.push(...list.getEntries().map((one) => one.value));
  new PerformanceObserver(seen).observe({ type: "layout-shift", buffered: false });
}"""


@pytest.fixture(scope="module")
def model() -> Iterator[FakeLLM]:
    """A language model that says what a test tells it to."""
    with fake_llm(Play()) as fake:
        yield fake


@pytest.fixture(scope="module")
def written(model: FakeLLM, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service that has the model."""
    folder = tmp_path_factory.mktemp("written")
    with served(folder, LLM_BASE_URL=model.url, LLM_MODEL=MODEL) as address:
        yield address


@pytest.fixture(autouse=True)
def document(page: Page, written: str) -> None:
    """The one document there is, and the page where one asks, with the model chosen."""
    name = "青鸾双活设计.md"
    file: FilePayload = {"name": name, "mimeType": "text/markdown", "buffer": DOCUMENT.encode()}
    assert page.request.post(f"{written}/api/documents", multipart={"files": file}).ok
    page.goto(written)
    page.get_by_label("回答方式").select_option("llm")


def begin(page: Page, question: str = QUESTION) -> Locator:
    page.get_by_label("问题", exact=True).fill(question)
    page.keyboard.press("Enter")
    return page.locator(".turn").last


def test_claims_come_one_by_one_and_nothing_jumps(page: Page, model: FakeLLM) -> None:
    model.plays = [Play(reply(TRUE, WRONG, HARMLESS), piece=4, pause_s=0.05)]
    page.evaluate(SHIFTS)
    turn = begin(page)
    # The first question loads the model's client, which takes its time on a busy machine.
    expect(turn.locator(".claim").first).to_contain_text("RPO 不超过 5 秒", timeout=90_000)
    expect(turn.locator(".answer")).to_have_attribute("aria-busy", "true")
    expect(page.get_by_role("button", name="停止")).to_be_visible()
    assert turn.locator(".cite").count() == 1

    expect(turn.locator(".answer")).not_to_have_attribute("aria-busy", "true")
    assert page.evaluate("window.__moved") == []
    doubtful = turn.locator(".claim.unverified")
    expect(doubtful).to_contain_text("管理容易")
    expect(doubtful.get_by_text("未核实")).to_be_visible()
    expect(turn.get_by_text("1 句没有依据，已去掉")).to_be_visible()
    assert "77" not in turn.locator(".claims").inner_text()
    turn.locator("summary").click()
    expect(turn.locator("details")).to_contain_text("RPO 不超过 77 秒")
    held(page)


def test_a_model_that_fails_costs_no_answer(page: Page, model: FakeLLM) -> None:
    model.plays = [Play(status=500)]
    turn = begin(page)
    expect(turn.locator(".note").first).to_contain_text("以下为资料原文摘录")
    expect(turn.locator(".claims")).to_contain_text("5 秒")


def test_an_answer_is_stopped_and_asked_for_anew(page: Page, model: FakeLLM) -> None:
    model.plays = [Play(reply(TRUE), piece=2, pause_s=0.5)]
    model.left.clear()
    turn = begin(page)
    expect(turn.locator(".waiting .faint")).to_contain_text("语言模型正在读资料")
    page.get_by_role("button", name="停止").click()
    expect(turn.get_by_text("已停止")).to_be_visible()
    assert model.left.wait(PATIENCE_MS / 1000)
    model.plays = [Play(reply(TRUE))]
    turn.get_by_role("button", name="重新提问").click()
    expect(page.locator(".turn").last.locator(".claim")).to_contain_text("10 分钟")
