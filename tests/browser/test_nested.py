"""Files inside files: a citation opens the inner one at its place, and one walks in and out of it by hand."""

import io
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.asking import ask, uploaded
from tests.browser.test_sources import expect_in_sight

QUESTION = "青鸾机房的光模块有多少？"


def mail(path: Path) -> Path:
    """A mail with an archive, in a folder of which lies a workbook."""
    book, inner, packed = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    sheet = book.active
    assert sheet
    sheet.title = "清单"
    sheet.append(["机房", "设备", "数量"])
    sheet.append(["青鸾机房", "交换机", 16])
    sheet.append(["青鸾机房", "光模块", 128])
    book.save(inner)
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("附件/设备清单.xlsx", inner.getvalue())
        archive.writestr("附件/说明.md", "# 青鸾说明\n\n青鸾机房由凤工看管。\n")
    message = EmailMessage()
    message["Subject"], message["To"], message["From"] = "青鸾资料", "a@example.com", "b@example.com"
    message.set_content("青鸾机房的清单见附件。")
    message.add_attachment(packed.getvalue(), maintype="application", subtype="zip", filename="资料.zip")
    path.write_bytes(bytes(message))
    return path


@pytest.fixture
def document(page: Page, tmp_path: Path) -> Iterator[str]:
    """The id of the mail, uploaded and removed at the end."""
    found = uploaded(page, mail(tmp_path / "青鸾资料.eml"))
    yield found
    assert page.request.delete(f"/api/documents/{found}").ok


@pytest.mark.usefixtures("document")
def test_a_citation_opens_the_file_inside_at_its_cells(page: Page) -> None:
    page.goto("/")
    turn = ask(page, QUESTION)
    expect(turn.locator(".claims")).to_contain_text("128")
    turn.locator(".cite").first.click()
    source = page.locator("#source")
    expect(source.locator(".where")).to_contain_text("「资料.zip」 › 「附件/设备清单.xlsx」")
    expect_in_sight(page)
    expect(source.locator(".view-path")).to_contain_text("附件/设备清单.xlsx")
    expect(source.get_by_role("tab", name="清单")).to_be_visible()


def test_one_walks_into_an_archive_and_out_again(page: Page, document: str) -> None:
    page.goto(f"/documents/{document}")
    view = page.locator("#view")
    view.get_by_role("button", name="资料.zip").click()
    expect(view.locator(".inner")).to_have_count(2)
    view.get_by_role("button", name="附件/说明.md").click()
    expect(view.locator(".view-lines")).to_contain_text("青鸾机房由凤工看管")
    path = view.locator(".view-path")
    path.get_by_role("button", name="资料.zip").click()
    expect(view.locator(".inner")).to_have_count(2)
    path.get_by_role("button", name="青鸾资料").click()
    expect(view.get_by_text("青鸾机房的清单见附件")).to_be_visible()


def test_from_a_file_inside_that_is_not_there_one_gets_out(page: Page, document: str) -> None:
    page.goto(f'/documents/{document}?at={{"kind":"section","within":["没有.docx"]}}')
    view = page.locator("#view")
    expect(view.get_by_role("alert")).to_contain_text("没有.docx")
    view.get_by_role("button", name="打开外面的文档").click()
    expect(view.get_by_text("青鸾机房的清单见附件")).to_be_visible()
