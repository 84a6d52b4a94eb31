"""Following a citation: the place it names stands in sight, marked, in every format and on every screen."""

import json
import re
from typing import Any
from urllib.parse import quote

import pytest
from openpyxl.utils import get_column_letter
from playwright.sync_api import Page, expect

from tests.browser.asking import ask

HANDBOOK = "星衡AICC切换运维手册.md"
HANDOVER = "星衡AICC双活项目交接文档.docx"
SLIDES = "星衡银行AICC双活方案汇报.pptx"
DESIGN = "星衡银行AICC双活架构设计说明书_V1.2.docx"
DRILL = "星衡银行AICC灾备演练报告_20251213.pdf"
SIZING = "禾川银行智算平台_算力评估表_终版.xlsx"

CITED = {
    "pdf": ("灾备演练中发现了什么问题？", DRILL, r"第\d+页"),
    "pptx": ("方案汇报里的实施计划", SLIDES, r"幻灯片11"),
    "xlsx": ("禾川银行智算平台 GPU 数量", SIZING, r"工作表「.+」[A-Z]+\d+"),
    "docx-paragraph": ("双活架构里脑裂如何防止？", DESIGN, r"第\d+段(?!表格)"),
    "docx-row": ("交接文档里遗留问题有哪些？", HANDOVER, r"第\d+段表格第\d+行"),
    "md": ("切换运维手册里回切怎么做", HANDBOOK, r"第\d+行"),
}

# What covers the window's edges, a sheet's letters and numbers, counts as out of sight; a place that is larger than the
# window is in sight when its upper left corner is, and fills what is left.
IN_SIGHT = """() => {
  const scroller = document.querySelector(".view-scroll");
  const place = scroller?.querySelector("[data-highlight][aria-current]");
  if (!place) return "no marked place";
  const { top, left, right, bottom } = scroller.getBoundingClientRect();
  const corner = scroller.querySelector(".corner")?.getBoundingClientRect();
  const window = { top: corner?.bottom ?? top, left: corner?.right ?? left,
    right: Math.min(right, innerWidth), bottom: Math.min(bottom, innerHeight) };
  const box = place.getBoundingClientRect();
  const reach = (from, size, low, high) => from >= low - 1 && from + Math.min(size, (high - low) / 2) <= high + 1;
  const said = JSON.stringify({ box, window });
  if (box.width < 4 || box.height < 4) return "nothing to see: " + said;
  if (!reach(box.top, box.height, window.top, window.bottom)) return "above or below: " + said;
  if (!reach(box.left, box.width, window.left, window.right)) return "beside: " + said;
  const seen = document.elementFromPoint(box.left + Math.min(box.width, 40) / 2,
    box.top + Math.min(box.height, 20) / 2);
  return scroller.contains(seen) ? "" : "covered by " + seen?.className;
}"""


def expect_in_sight(page: Page) -> None:
    """The first marked place stands within what its window shows, and stays there."""
    expect(page.locator(".view-scroll [data-highlight][aria-current]")).to_be_attached()
    expect(page.locator(".viewing")).not_to_have_attribute("aria-busy", "true")
    page.wait_for_timeout(200)  # what comes in above and below must not push it away
    assert page.evaluate(IN_SIGHT) == ""


def id_of(page: Page, name: str) -> str:
    documents = page.request.get("/api/documents").json()["documents"]
    return next(str(one["id"]) for one in documents if one["path"].endswith(name))


@pytest.mark.parametrize("form", CITED)
def test_a_citation_opens_its_place(page: Page, form: str) -> None:
    question, name, label = CITED[form]
    page.goto("/")
    cite = ask(page, question).locator(".cite").first
    source = page.locator("#source")
    link = ""
    for width in (1360, 360):
        page.set_viewport_size({"width": width, "height": 740})
        cite.click()
        expect(source.locator(".where")).to_contain_text(re.compile(label))
        expect_in_sight(page)
        link = source.get_by_role("link", name="整页打开").get_attribute("href") or ""
        page.keyboard.press("Escape")

    assert link.startswith(f"/documents/{id_of(page, name)}?at=")
    page.goto(link)
    expect_in_sight(page)
    if form.startswith("docx"):
        expect(page.locator(".view-scroll [data-highlight] mark").first).to_be_visible()
    expect(page.get_by_text("没能在原文里定位到这一处")).to_have_count(0)


@pytest.mark.parametrize("name", [HANDBOOK, SLIDES, DESIGN, DRILL, SIZING])
def test_a_place_far_down_is_found_with_its_words_marked(page: Page, name: str) -> None:
    at = last_place(page, name)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"/documents/{id_of(page, name)}?at={quote(json.dumps(at))}")
    expect_in_sight(page)
    page.locator(".view-scroll").evaluate("one => one.scrollTo(0, 0)")
    page.get_by_role("button", name="回到引用处").click()
    expect_in_sight(page)


@pytest.mark.parametrize("width", [360, 1360])
def test_a_cell_far_right_is_scrolled_to_sideways_too(page: Page, width: int) -> None:
    sheets = page.request.get(f"/api/documents/{id_of(page, SIZING)}/view").json()["parts"]
    widest = max((one for one in sheets if one.get("columns")), key=lambda one: len(one["columns"]))
    cell = f"{get_column_letter(widest['columns'][-1])}{widest['pieces'][0][1]}"
    at = {"kind": "sheet", "sheet": widest["name"], "range": cell}
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"/documents/{id_of(page, SIZING)}?at={quote(json.dumps(at))}")
    expect_in_sight(page)
    right = "one => one.getBoundingClientRect().right"
    assert page.locator("[data-highlight]").evaluate(right) <= page.locator(".view-scroll").evaluate(right)


def test_a_whole_page_is_framed_not_painted_over(page: Page) -> None:
    at = quote(json.dumps({"kind": "page", "page": 2}))
    page.goto(f"/documents/{id_of(page, DRILL)}?at={at}")
    expect(page.locator(".sheet[data-highlight]")).to_have_attribute("aria-label", "第 2 页")
    expect(page.locator(".sheet .box")).to_have_count(0)
    expect_in_sight(page)


def last_place(page: Page, name: str) -> dict[str, Any]:
    """The locator of the passage that stands last in the document, of those that a search gives."""
    asked = "双活 切换 数据 验收 费用 算力 附录"
    found = page.request.get("/api/search", params={"q": asked, "k": 60, "filter": f"path=documents/{name}"})
    assert found.ok, found.text()
    places = [one["locator"] for one in found.json()]
    order = ("page", "slide", "paragraph", "line_start")
    return max(places, key=lambda at: next((at[key] for key in order if at.get(key)), len(at.get("range") or "")))


def test_what_is_not_there_is_told_with_a_way_on(page: Page) -> None:
    for path in ("/documents/0000000000000000", "/documents/0000000000000000?at={}"):
        response = page.goto(path)
        assert response
        assert response.status == 404
        expect(page.get_by_role("heading", name="没有这份文档")).to_be_visible()
        expect(page.get_by_role("link", name="去资料库")).to_have_attribute("href", "/library")


@pytest.mark.parametrize("at", ["{", '{"kind":"page","page":3', '{"kind":"page","page":999}', '{"kind":"nothing"}'])
def test_a_broken_place_opens_the_document_all_the_same(page: Page, at: str) -> None:
    page.goto(f"/documents/{id_of(page, DRILL)}?at={quote(at)}")
    expect(page.locator(".view-scroll .sheet img").first).to_be_visible()


def test_two_versions_show_what_changed(page: Page) -> None:
    newer = id_of(page, DESIGN)
    page.goto(f"/documents/{id_of(page, '星衡银行AICC双活架构设计说明书_V1.0.docx')}")
    page.get_by_role("link", name="看改了什么").first.click()
    expect(page).to_have_url(re.compile(f"/documents/{newer}/changes"))
    expect(page.get_by_role("heading", level=1)).to_have_text("从 V1.0 到 V1.2 改了什么")
    diff = page.get_by_role("table", name="版本差异")
    for mark in ("del", "ins"):
        expect(diff.locator(f".changed {mark}").first).to_be_visible()
    told = page.locator(".counts").inner_text()
    for kind, word in (("changed", "改"), ("added", "增"), ("removed", "删")):
        expect(diff.locator(f".row.{kind}")).to_have_count(int(re.findall(rf"{word} (\d+)", told)[0]))
    diff.locator(".changed .after .place").first.click()
    expect_in_sight(page)


def test_a_page_that_lies_on_its_side_is_turned_with_its_mark(page: Page) -> None:
    at = last_place(page, DRILL)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"/documents/{id_of(page, DRILL)}?at={quote(json.dumps(at))}")
    expect_in_sight(page)
    sheet = page.locator(f".sheet[aria-label='第 {at['page']} 页']")
    shape = "one => { const box = one.getBoundingClientRect(); return box.width / box.height }"
    upright = sheet.evaluate(shape)
    turn = page.get_by_role("button", name="转动页面")
    for turned in (1 / upright, upright, 1 / upright, upright):
        turn.click()
        assert sheet.evaluate(shape) == pytest.approx(turned, rel=0.02)
        assert sheet.locator("..").evaluate(shape) == pytest.approx(turned, rel=0.02)
        expect_in_sight(page)
