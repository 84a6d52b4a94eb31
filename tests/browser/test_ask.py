"""Asking: answers, refusals, follow-ups, what is kept of them."""

import re

from playwright.sync_api import Page, expect

from tests.browser.asking import KNOWN, UNKNOWN, ask


def test_an_answer_cites_its_sources(page: Page) -> None:
    page.goto("/")
    turn = ask(page, KNOWN)
    expect(turn.get_by_text("已回答")).to_be_visible()
    cite = turn.locator(".cite").first
    cite.hover()
    expect(page.get_by_role("tooltip")).to_contain_text("10分钟")
    cite.click()
    source = page.locator("#source")
    expect(source).to_be_visible()
    expect(source.get_by_role("link", name="下载原件")).to_have_attribute(
        "href", re.compile("/api/documents/.+/source")
    )
    page.keyboard.press("Escape")
    expect(source).to_be_hidden()


def test_a_refusal_says_what_is_missing(page: Page) -> None:
    page.goto("/")
    turn = ask(page, UNKNOWN)
    expect(turn.get_by_text("资料中没有")).to_be_visible()
    expect(turn.locator(".said-text")).to_contain_text("报价")
    page.goto("/gaps")
    expect(page.locator(".gap", has_text=UNKNOWN).first).to_be_visible()


def test_a_follow_up_goes_on_and_the_conversation_is_kept(page: Page) -> None:
    question = "星衡双活的 RTO 和 RPO 各按多少验收？"
    page.goto("/")
    ask(page, question)
    expect(page).to_have_url(re.compile("/conversations/"))
    second = ask(page, "那 V1.0 里呢？")
    expect(second.get_by_text("接着上文")).to_be_visible()

    page.reload()
    expect(page.locator(".turn")).to_have_count(2)
    here = page.locator(".history li.here")
    expect(here).to_contain_text(question)
    page.on("dialog", lambda dialog: dialog.accept())
    here.get_by_role("button").click()
    expect(page).to_have_url(re.compile(r"/$"))
    expect(page.locator(".history li").first).to_be_attached()
    expect(page.locator(".history li", has_text=question)).to_have_count(0)


def test_a_link_leads_to_its_answer(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/")
    links = []
    for question in (KNOWN, "星衡的脑裂如何防止？", UNKNOWN):
        ask(page, question).get_by_role("button", name="链接").click()
        expect(page.get_by_text("已复制链接").last).to_be_visible()
        links.append(page.evaluate("navigator.clipboard.readText()"))
    top = "one => one.getBoundingClientRect().top"
    for at, link in enumerate(links):
        page.goto("/library")
        page.goto(link)
        asked = page.locator(".turn").nth(at).locator(".asked")
        expect(asked).to_be_in_viewport(ratio=1)
        assert 0 <= asked.evaluate(top) - page.locator(".said").evaluate(top) < 60


def test_a_vote_needs_a_reason_and_is_kept(page: Page) -> None:
    page.goto("/")
    turn = ask(page, KNOWN)
    turn.get_by_role("button", name="没用").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("哪里不对").select_option("wrong_source")
    dialog.get_by_label("哪一条出处").select_option("1")
    dialog.get_by_role("button", name="提交").click()
    expect(turn.get_by_role("button", name="没用")).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(page.get_by_role("button", name="没用")).to_have_attribute("aria-pressed", "true")
    page.goto("/gaps")
    expect(page.locator(".gap", has_text=KNOWN).get_by_text("出处不对 [1]《").first).to_be_visible()


def test_a_refusal_is_voted_down_for_what_it_is(page: Page) -> None:
    page.goto("/")
    turn = ask(page, UNKNOWN)
    turn.get_by_role("button", name="没用").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("哪里不对")).to_have_value("not_answered")
    dialog.get_by_role("button", name="取消").click()
    expect(turn.get_by_role("button", name="没用")).to_have_attribute("aria-pressed", "false")
    expect(turn.get_by_role("button", name="没用")).to_be_focused()


def test_a_guess_can_be_taken_back(page: Page) -> None:
    page.goto("/")
    turn = ask(page, KNOWN)
    turn.get_by_role("button", name=re.compile("不要这样理解")).first.click()
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator(".turn").nth(1).locator(".answer")).not_to_have_attribute("aria-busy", "true")


def test_filters_narrow_and_can_be_removed(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="筛选").click()
    page.get_by_label("文档类型").select_option(index=1)
    chip = page.locator("#narrowed .chip")
    expect(chip).to_have_count(1)
    ask(page, KNOWN)
    chip.get_by_role("button").click()
    expect(page.locator("#narrowed")).to_be_hidden()


def test_examples_are_questions_that_are_answered(page: Page) -> None:
    page.goto("/")
    page.locator("#examples button").first.click()
    expect(page.locator(".turn").get_by_text(re.compile("已回答|部分回答"))).to_be_visible()


def test_an_answer_is_copied_as_markdown_with_its_sources(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/")
    ask(page, KNOWN).get_by_role("button", name="复制").click()
    expect(page.get_by_text("已复制，带出处")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.search(r"^- .+\[\^1\]$", copied, re.MULTILINE)
    assert re.search(r"^\[\^1\]: 《星衡.+》", copied, re.MULTILINE)


def test_what_is_asked_stays_text(page: Page) -> None:
    page.goto("/")
    ask(page, "<img src=x onerror=\"document.title='run'\"> 双活的 RPO 是多少？")
    page.reload()
    expect(page.locator(".asked")).to_contain_text("<img")
    assert page.title() != "run"


def test_what_goes_wrong_half_way_can_be_tried_again(page: Page) -> None:
    page.goto("/")
    problem = 'event: error\ndata: {"detail": "语言模型不在", "hint": "稍后再试。"}\n\n'
    page.route("**/api/ask/stream", lambda route: route.fulfill(content_type="text/event-stream", body=problem))
    page.get_by_label("问题", exact=True).fill(KNOWN)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("语言模型不在 稍后再试。")
    page.unroute("**/api/ask/stream")
    page.get_by_role("button", name="再试一次").click()
    expect(page.locator(".turn").get_by_text("已回答")).to_be_visible()


def test_a_service_that_went_away_is_told(page: Page) -> None:
    page.goto("/")
    page.route("**/api/ask/stream", lambda route: route.abort())
    page.get_by_label("问题", exact=True).fill(KNOWN)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("caselore serve")
    page.unroute("**/api/ask/stream")
    page.get_by_role("button", name="再试一次").click()
    expect(page.locator(".turn").get_by_text("已回答")).to_be_visible()
