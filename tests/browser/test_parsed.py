"""What was read of a document, beside it: complete, leading to its places, and opened where the document is."""

import json
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from tests.browser.asking import held, uploaded
from tests.browser.test_sources import DESIGN, DRILL, HANDBOOK, SIZING, SLIDES, expect_in_sight, id_of

PAGES = 200


def unfold(page: Page) -> None:
    page.get_by_role("button", name="读出的内容").click()
    expect(page.locator(".parsed-list li").first).to_be_visible()


@pytest.mark.parametrize("name", [HANDBOOK, SLIDES, DESIGN, DRILL, SIZING])
@pytest.mark.parametrize("width", [360, 1440])
def test_what_was_read_leads_to_its_place(page: Page, name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"/documents/{id_of(page, name)}")
    expect(page.locator("#view")).not_to_have_attribute("aria-busy", "true")
    unfold(page)
    if width == 360:
        expect(page.locator("#view")).to_be_hidden()
    item = page.locator(".parsed-list li").nth(12)
    item.locator(".parsed-about button").click()
    if width == 1440:
        expect(item).to_have_attribute("aria-current", "location")
    expect_in_sight(page)


def test_a_row_of_a_table_leads_to_its_cells(page: Page) -> None:
    page.goto(f"/documents/{id_of(page, SIZING)}")
    unfold(page)
    row = page.locator(".parsed-list tbody tr").nth(3)
    words = row.locator("td").first.inner_text()
    row.get_by_role("button").click()
    expect_in_sight(page)
    expect(page.locator(".view-scroll [data-highlight]").first).to_contain_text(words)


def test_a_cited_place_is_found_in_what_was_read(page: Page) -> None:
    at = quote(json.dumps({"kind": "page", "page": 3}))
    page.goto(f"/documents/{id_of(page, DRILL)}?at={at}")
    unfold(page)
    current = page.locator(".parsed-list [aria-current]")
    expect(current).to_be_in_viewport()
    expect(current.locator(".parsed-about")).to_contain_text("第3页")
    # Headers and footers were kept out, and it is said.
    left = page.locator(".parsed-left")
    left.locator("summary").click()
    expect(left.get_by_text("页脚", exact=True).or_(left.get_by_text("页眉", exact=True)).first).to_be_visible()


def test_it_is_for_everybody(page: Page) -> None:
    page.goto(f"/documents/{id_of(page, DRILL)}")
    unfold(page)
    held(page)


def test_two_hundred_pages_open_at_once_at_the_right_one_and_stay_there(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "鹤鸣招标文件.pdf"
    drawn = canvas.Canvas(str(file), pagesize=A4)
    for number in range(1, PAGES + 1):
        for line in range(12):
            said = f"Heming clause {number}.{line}: unit HM-{number * 12 + line} shall pass."
            drawn.drawString(72, 560 - 22 * line, said)
        drawn.showPage()
    drawn.save()
    document = uploaded(page, file)
    try:
        pictures: list[str] = []
        page.on("request", lambda asked: pictures.append(asked.url) if "/pages/" in asked.url else None)
        page.goto(f"/documents/{document}?at={quote(json.dumps({'kind': 'page', 'page': 173}))}")
        shown = page.locator(".view-tools input")
        expect(shown).to_have_value("173")
        expect(page.locator(".sheet[aria-label='第 173 页'] img")).to_be_visible()
        # Those around it, not the 172 before it.
        assert len(pictures) < 12
        unfold(page)
        expect(page.locator(".parsed-list [aria-current]")).to_contain_text("clause 173.")
        expect(shown).to_have_value("173")
        expect(page.locator(".sheet[data-highlight]")).to_be_in_viewport()
    finally:
        assert page.request.delete(f"/api/documents/{document}").ok
