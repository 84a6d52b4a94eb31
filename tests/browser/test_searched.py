"""How an answer was found: what was looked for, within which filters, the passages; also when it is opened again."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.asking import KNOWN, ask

DESIGN = "架构设计"


def unfolded(turn: Locator) -> Locator:
    turn.locator("summary", has_text="检索过程").click()
    box = turn.locator("details")
    expect(box.locator(".passages li").first).to_be_visible()
    return box


def test_what_was_searched_is_told_and_kept(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="筛选").click()
    page.get_by_label("文档类型").select_option(DESIGN)
    ask(page, KNOWN)
    box = unfolded(ask(page, "那脑裂如何防止？"))
    looked = box.locator(".looked")
    expect(looked).to_contain_text("脑裂如何防止")
    expect(looked).to_contain_text(f"文档类型：{DESIGN}")
    expect(box.locator(".passages .chip", has_text="没用到").first).to_be_visible()
    expect(box.locator(".passages .chip.good").first).to_have_text("用到")
    assert "read" not in box.locator(".timings").inner_text()

    found = box.locator(".passages .where").all_inner_texts()
    page.reload()
    again = unfolded(page.locator(".turn").nth(1))
    assert again.locator(".passages .where").all_inner_texts() == found
    expect(again.locator(".looked")).to_contain_text(f"文档类型：{DESIGN}")
    again.locator(".passages button").last.click()
    expect(page.locator("#source [data-highlight]").first).to_be_visible()


def test_filters_that_let_nothing_through_are_told_and_dropped(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="筛选").click()
    page.get_by_label("文档类型").select_option(DESIGN)
    page.get_by_label("版本").select_option("终版")
    turn = ask(page, KNOWN)
    expect(turn.locator(".said-text")).to_contain_text(f"没有文档符合筛选条件（文档类型：{DESIGN}；版本：终版）")
    turn.get_by_role("button", name="不加筛选再问").click()
    expect(page.locator("#narrowed")).to_be_hidden()
    expect(page.locator(".turn").nth(1).get_by_text("已回答")).to_be_visible()
