"""For everybody: no serious finding of axe-core, narrow screens, the keyboard, weight and first paint."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.asking import KNOWN, ask

PAGES = ["/", "/library", "/evals", "/gaps"]
MOST_BYTES = 300_000


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_serious(page: Page, path: str, theme: str) -> None:
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.goto(path)
    page.wait_for_load_state("networkidle")
    if path == "/":
        ask(page, KNOWN).locator(".cite").first.click()
    found = Axe().run(page).response["violations"]
    assert [
        (one["id"], node["target"])
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ] == []


@pytest.mark.parametrize("width", [360, 768, 1920])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_sticks_out(page: Page, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(path)
    page.wait_for_load_state("networkidle")
    if path == "/":
        ask(page, KNOWN)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_keyboard_is_enough(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_label("问题", exact=True)).to_be_focused()
    page.keyboard.type(KNOWN)
    page.keyboard.press("Enter")
    cite = page.locator(".cite").first
    expect(cite).to_be_visible()
    cite.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#source")).to_be_focused()
    page.keyboard.press("Escape")
    expect(cite).to_be_focused()


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_light(page: Page, path: str) -> None:
    weights: list[int] = []
    page.on("response", lambda response: weights.append(len(response.body())))
    page.goto(path)
    page.wait_for_load_state("networkidle")
    assert sum(weights) < MOST_BYTES


def test_english_is_a_switch_away(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("button", name="Ask")).to_be_visible()
    page.goto("/library")
    expect(page.get_by_role("heading", name="Library")).to_be_visible()
