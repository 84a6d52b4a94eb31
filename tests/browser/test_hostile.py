"""Documents that carry markup and scripts wherever a document can carry text: nothing runs, all of it shows as text."""

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from playwright.sync_api import Page, expect

from tests.browser.asking import ask

SCRIPT = "<script>window.__ran=1</script>"
PICTURE = "<img src=x onerror=window.__ran=1>"
DRAWING = "<svg onload=window.__ran=1>"
LINK = "javascript:window.__ran=1"
SHEET = "<svg onload=__ran=1>"
PROJECT = f"狼毒项目{PICTURE}"
QUESTION = "狼毒项目的{}由谁接手？"


def markdown(file: Path) -> None:
    file.write_text(
        f"# 狼毒交接单{SCRIPT}\n\n{PICTURE}\n\n{DRAWING}\n\n[点这里]({LINK})\n\n"
        f"狼毒项目的机房钥匙由{PICTURE}钱工{SCRIPT}接手。\n",
        "utf-8",
    )


def word(file: Path) -> None:
    document = docx.Document()
    document.core_properties.title = f"狼毒合同{SCRIPT}"
    document.core_properties.author = PICTURE
    document.add_heading(f"狼毒合同 {DRAWING}", 1)
    document.add_paragraph(f"狼毒项目的合同原件由{PICTURE}孙工{SCRIPT}接手。")
    document.part.relate_to(LINK, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    table = document.add_table(2, 2)
    for cell in (cell for row in table.rows for cell in row.cells):
        cell.text = f"{PICTURE}{SCRIPT}"
    document.save(str(file))


def web(file: Path) -> None:
    file.write_text(
        "<!DOCTYPE html><html><head><meta charset=utf-8>"
        "<title>狼毒网页 &lt;script&gt;window.__ran=1&lt;/script&gt;</title>"
        f"{SCRIPT}</head><body onload='window.__ran=1'>{PICTURE}{DRAWING}</svg><h1>狼毒网页</h1>"
        f"<p><a href='{LINK}'>狼毒项目的域名证书由&lt;img src=x onerror=window.__ran=1&gt;李工接手。</a></p>"
        f"<iframe srcdoc='{SCRIPT}'></iframe></body></html>",
        "utf-8",
    )


def workbook(file: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet
    sheet.title = SHEET
    book.properties.title = f"狼毒台账{SCRIPT}"
    sheet.append(["狼毒项目事项", f"接手人{PICTURE}"])
    sheet.append(["狼毒项目的服务器台账由周工接手", f"周工{SCRIPT}{DRAWING}"])
    sheet["C2"] = "链接"
    sheet["C2"].hyperlink = LINK
    book.save(file)


def mail(file: Path) -> None:
    message = EmailMessage()
    message["Subject"], message["To"], message["From"] = (
        f"狼毒邮件{SCRIPT}",
        "a@example.com",
        f"{PICTURE} <b@example.com>",
    )
    message.set_content("<p>正文见网页部分</p>")
    message.add_alternative(
        f"<html><body onload='window.__ran=1'>{SCRIPT}<p><a href='{LINK}'>狼毒项目的备用机柜由"
        f"&lt;img src=x onerror=window.__ran=1&gt;吴工接手。</a></p></body></html>",
        subtype="html",
    )
    file.write_bytes(bytes(message))


def drawing(file: Path) -> None:
    file.write_text(
        f"<svg xmlns='http://www.w3.org/2000/svg' onload='window.__ran=1'>{SCRIPT}"
        f"<text>狼毒项目的拓扑图由{PICTURE}郑工接手。</text></svg>",
        "utf-8",
    )


# What is asked about, who is to be named, what shows as text.
FILES = {
    f"狼毒交接单{PICTURE}.md": (markdown, "机房钥匙", "钱工", [PICTURE, SCRIPT, DRAWING]),
    f"狼毒合同{PICTURE}.docx": (word, "合同原件", "孙工", [PICTURE, SCRIPT, DRAWING]),
    f"狼毒网页{PICTURE}.html": (web, "域名证书", "李工", [PICTURE]),
    f"狼毒台账{PICTURE}.xlsx": (workbook, "服务器台账", "周工", [PICTURE, SCRIPT, DRAWING]),
    f"狼毒邮件{PICTURE}.eml": (mail, "备用机柜", "吴工", [PICTURE, SCRIPT]),
    f"狼毒拓扑{PICTURE}.svg": (drawing, "拓扑图", "郑工", [PICTURE, SCRIPT]),
}


@pytest.fixture
def documents(page: Page, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The ids of the files, which are uploaded on the page, and removed at the end."""
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
    for name, (write, *_) in FILES.items():
        write(tmp_path / name)
    page.goto("/library")
    page.get_by_role("button", name="上传文档").first.click()
    dialog = page.get_by_role("dialog")
    dialog.locator("input[type=file]").set_input_files([tmp_path / name for name in FILES])
    dialog.get_by_label("项目").fill(PROJECT)
    dialog.get_by_role("button", name="上传").click()
    try:
        for name in FILES:
            expect(page.locator("#uploads li").filter(has_text=name)).to_contain_text("已收进来")
        yield of_project(page)
    finally:
        for one in of_project(page).values():
            assert page.request.delete(f"/api/documents/{one}").ok


def of_project(page: Page) -> dict[str, str]:
    """The ids of the hostile documents by their files' names."""
    held = page.request.get("/api/documents").json()["documents"]
    return {Path(one["path"]).name: one["id"] for one in held if one["project"] == PROJECT}


def nothing_ran(page: Page) -> None:
    """No script of a document ran, and none waits to be clicked; refused ones are in the console (see `page`)."""
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.__ran") is None
    assert page.locator("[onerror], [onload], a[href^='javascript'], iframe, img[src='x']").count() == 0


def test_nothing_of_a_document_runs(page: Page, documents: dict[str, str]) -> None:
    assert len(documents) == len(FILES)
    nothing_ran(page)
    page.goto("/library?q=狼毒")
    expect(page.locator("tr[data-document]")).to_have_count(len(FILES))
    expect(page.locator("tr[data-document]").first).to_contain_text(PICTURE)
    nothing_ran(page)

    for name, (_, about, who, texts) in FILES.items():
        page.goto("/")
        turn = ask(page, QUESTION.format(about))
        expect(turn.locator(".claims")).to_contain_text(who)
        cite = turn.locator(".cite").first
        cite.hover()
        expect(page.get_by_role("tooltip")).to_contain_text(who)
        cite.click()
        expect(page.locator("#source [data-highlight]").first).to_contain_text(who)
        nothing_ran(page)

        page.goto(f"/documents/{documents[name]}")
        for text in texts:
            expect(page.locator(".view-scroll")).to_contain_text(text)
        expect(page.locator("main > header")).to_contain_text(PICTURE)
        nothing_ran(page)
        if name.endswith(".xlsx"):
            expect(page.get_by_role("tab")).to_have_text([SHEET])


def test_an_original_is_never_a_page_of_the_service(page: Page, documents: dict[str, str]) -> None:
    for one in documents.values():
        headers = page.request.get(f"/api/documents/{one}/source").headers
        assert headers["content-disposition"].startswith("attachment")
        assert "sandbox" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
