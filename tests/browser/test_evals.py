"""Evaluations: a set of one's own run with progress, its failing question read, two runs compared."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.asking import held

MOST_BYTES = 300_000
PATIENCE_MS = 60_000
ROWS = [
    ["问题", "可回答", "依据", "数字", "资料没有的", "类型"],
    ["星衡双活的 RPO 和 RTO 是多少？", "是", "星衡银行AICC双活架构设计说明书_V1.2.docx | RPO", "5秒", "", "指标"],
    ["星衡双活的 RPO 是多少？", "是", "星衡银行AICC双活架构设计说明书_V1.2.docx | RPO", "99秒", "", "指标"],
    ["星衡双活项目的合同报价是多少？", "否", "", "", "合同报价", ""],
]


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    file = tmp_path / "星衡小题集.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows(ROWS)
    return file


def start(page: Page, file: Path) -> None:
    """Upload the set, start it, and wait for its end."""
    page.goto("/evals")
    page.get_by_role("button", name="运行评测").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("input[type=file]").set_input_files(file)
    expect(dialog.locator("#fits")).to_contain_text("3 题", timeout=PATIENCE_MS)
    dialog.get_by_role("button", name="开始").click()
    expect(page.locator("#progress [data-state]")).to_have_text("完成", timeout=PATIENCE_MS)


def test_a_set_of_ones_own_from_upload_to_report(page: Page, questions: Path) -> None:
    start(page, questions)
    expect(page.locator("#progress")).to_contain_text("3 / 3 题")
    page.get_by_role("link", name="看结果").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("星衡小题集/own")
    page.locator("#filter").get_by_label("类型").select_option("指标")
    expect(page.locator(".question:visible")).to_have_count(2)
    failing = page.locator("#question-row-3")
    failing.locator("summary").click()
    for side in ("回答", "标准答案", "检索到的段落"):
        expect(failing.get_by_role("heading", name=side)).to_be_visible()
    expect(failing.locator(".why")).to_contain_text("没写出数字：99秒")
    expect(failing.locator(".sides")).to_contain_text("星衡银行AICC双活架构设计说明书_V1.2.docx")
    assert re.search(r"kind=.*#question-row-3$", page.url)

    page.reload()
    expect(failing.locator(".sides")).to_be_in_viewport()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载报告").click()
    assert "未通过的问题" in download.value.path().read_text("utf-8")


def test_two_runs_are_compared(page: Page, questions: Path) -> None:
    for _ in range(2):
        start(page, questions)
        page.wait_for_timeout(1100)  # a run is called by the second it was made in
    page.goto("/evals?set=星衡小题集/own")
    row = page.locator(".runs tbody tr").first
    bottom = "one => one.getBoundingClientRect().bottom"
    # A cell of its row, line and all.
    assert row.locator("td.acts").evaluate(bottom) == row.evaluate(bottom)
    compare = page.get_by_role("button", name="比较勾选的两次")
    expect(compare).to_be_disabled()
    for box in page.locator("[data-pick]").all()[:2]:
        box.check()
    compare.click()
    result = page.locator("#result")
    expect(result).to_contain_text("没有一个指标有超出偶然的变化", timeout=PATIENCE_MS)
    expect(result.locator(".verdict").first).to_contain_text("相同")
    page.goto("/evals?set=星衡小题集/own")
    expect(page.locator(".cards img").first).to_be_visible()
    assert page.locator(".cards img").first.evaluate("one => one.decode().then(() => one.naturalWidth)") > 0


def test_a_run_is_deleted_once_it_is_confirmed(page: Page, questions: Path) -> None:
    start(page, questions)
    page.goto("/evals")
    rows = page.locator(".runs tbody tr")
    before = rows.count()
    assert page.get_by_text("再运行一次，就看得到趋势").count() <= 1
    rows.first.get_by_role("button", name="删除").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="取消").click()
    expect(rows).to_have_count(before)
    rows.first.get_by_role("button", name="删除").click()
    dialog.get_by_role("button", name="删除").click()
    expect(rows).to_have_count(before - 1)


def test_a_run_is_stopped_and_gone_on_with(page: Page, tmp_path: Path) -> None:
    many = tmp_path / "很多题.csv"
    with many.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows(
            [ROWS[0], *([f"{at} 号机柜的报价是多少？", "否", "", "", "报价", ""] for at in range(200))]
        )
    page.goto("/evals")
    page.get_by_role("button", name="运行评测").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("input[type=file]").set_input_files(many)
    expect(dialog.locator("#fits")).to_contain_text("200 题", timeout=PATIENCE_MS)
    dialog.get_by_role("button", name="开始").click()
    state = page.locator("#progress [data-state]")
    expect(state).to_have_text("进行中")
    page.goto("/")
    page.goto("/evals")
    expect(state).to_have_text("进行中")
    page.get_by_role("button", name="停下").click()
    expect(state).to_have_text("已停下", timeout=PATIENCE_MS)
    page.get_by_role("button", name="接着运行").click()
    expect(page.locator("#progress")).to_contain_text("是上次问过的")
    page.get_by_role("button", name="停下").click()
    expect(state).to_have_text("已停下", timeout=PATIENCE_MS)


def test_wrong_rows_are_named(page: Page, tmp_path: Path) -> None:
    wrong = tmp_path / "错.csv"
    wrong.write_text("问题,可回答\n报价是多少？,也许\n", "utf-8")
    page.goto("/evals")
    page.get_by_role("button", name="运行评测").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("input[type=file]").set_input_files(wrong)
    expect(dialog.get_by_role("alert")).to_contain_text("第 2 行：「可回答」")
    expect(dialog.get_by_role("button", name="开始")).to_be_disabled()


def test_the_pages_are_for_everybody(page: Page, questions: Path) -> None:
    start(page, questions)
    run = page.get_by_role("link", name="看结果").get_attribute("href") or ""
    name = run.removeprefix("/evals/runs/")
    weights: list[int] = []
    page.on("response", lambda response: weights.append(len(response.body())))
    for path in ("/evals", f"{run}#question-row-3", f"/evals/compare?a={name}&b={name}"):
        weights.clear()
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert sum(weights) < MOST_BYTES
        held(page)
        page.set_viewport_size({"width": 1360, "height": 860})
