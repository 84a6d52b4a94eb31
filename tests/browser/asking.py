"""What a reader does on the page where one asks, and what every page is held to."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FilePayload, Locator, Page, expect

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


def uploaded(page: Page, file: Path) -> str:
    """The id of the file, uploaded past the page."""
    sent: FilePayload = {"name": file.name, "mimeType": "application/octet-stream", "buffer": file.read_bytes()}
    answer = page.request.post("/api/documents", multipart={"files": sent})
    assert answer.ok, answer.text()
    return str(answer.json()["taken"][0]["id"])


def held(page: Page) -> None:
    """The page as it stands, in both themes, to axe and on every width."""
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        assert (theme, serious(page)) == (theme, [])
    for width in (360, 768, 1920):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def serious(page: Page) -> list[tuple[str, list[str]]]:
    """What axe-core finds, as (rule, elements)."""
    found = Axe().run(page).response["violations"]
    grave = [one for one in found if one["impact"] in ("serious", "critical")]
    return [(one["id"], node["target"]) for one in grave for node in one["nodes"]]
