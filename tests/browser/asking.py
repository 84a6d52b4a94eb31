"""What a reader does on the page where one asks."""

from playwright.sync_api import Locator, Page, expect

KNOWN = "星衡双活的 RPO 和 RTO 是多少？"
UNKNOWN = "星衡双活项目的合同报价是多少？"


def ask(page: Page, question: str) -> Locator:
    """Ask and wait for the whole answer; gives its turn."""
    before = page.locator(".turn").count()
    page.get_by_label("问题", exact=True).fill(question)
    page.keyboard.press("Enter")
    turn = page.locator(".turn").nth(before)
    expect(turn.locator(".answer")).not_to_have_attribute("aria-busy", "true")
    return turn
