"""The library: found, uploaded, refused with a reason, deleted."""

import zipfile
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.asking import ask


def test_a_document_comes_and_goes(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "上传试验_交接.md"
    file.write_text("# 栖霞项目交接\n\n## 遗留\n\n栖霞项目的遗留事项由赵工在 6 月接手。\n", "utf-8")
    broken = tmp_path / "坏文件.docx"
    broken.write_bytes(b"PK\x03\x04 nothing that follows")

    page.goto("/library")
    page.get_by_role("button", name="上传文档").first.click()
    dialog = page.get_by_role("dialog")
    dialog.locator("input[type=file]").set_input_files([file, broken])
    dialog.get_by_label("项目").fill("栖霞项目")
    dialog.get_by_role("button", name="上传").click()
    rows = page.locator("#uploads li")
    expect(rows.filter(has_text=file.name)).to_contain_text("已收进来")
    expect(rows.filter(has_text=broken.name)).to_contain_text("没收进来")
    expect(rows.filter(has_text=broken.name).locator(".why")).not_to_be_empty()

    page.goto("/")
    expect(ask(page, "栖霞项目的遗留事项由谁接手？").locator(".claims")).to_contain_text("赵工")

    page.goto("/library?q=栖霞")
    row = page.locator("tr[data-document]")
    expect(row).to_have_count(1)
    row.get_by_role("button", name="删除").click()
    page.get_by_role("dialog").get_by_role("button", name="删除").click()
    expect(row).to_have_count(0)
    expect(page.locator(".project")).to_have_count(0)
    expect(page.get_by_role("button", name="上传文档")).to_be_focused()
    page.reload()
    expect(page.get_by_text("没有符合条件的文档")).to_be_visible()


def test_an_archive_is_taken_file_by_file(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "栖霞资料.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("交接/栖霞机房.md", "# 栖霞机房\n\n栖霞机房的钥匙由郑工保管。\n")
        archive.writestr("坏.docx", b"PK\x03\x04 nothing that follows")

    page.goto("/library")
    page.get_by_role("button", name="上传文档").first.click()
    dialog = page.get_by_role("dialog")
    dialog.locator("input[type=file]").set_input_files(file)
    dialog.get_by_role("button", name="上传").click()
    inside = page.locator("#uploads .inside li")
    expect(inside.filter(has_text="交接/栖霞机房.md")).to_contain_text("已收进来")
    expect(inside.filter(has_text="坏.docx").locator(".why")).to_contain_text("坏.docx 不完整或已损坏")
    expect(page.locator("#uploads")).to_contain_text("收进来 1 份，1 份没能收进来")

    page.goto("/library?q=栖霞资料")
    page.get_by_role("button", name="删除").click()
    page.get_by_role("dialog").get_by_role("button", name="删除").click()
    expect(page.locator("tr[data-document]")).to_have_count(0)


def test_an_address_that_leads_nowhere_is_a_page(page: Page) -> None:
    page.goto("/nothing")
    expect(page.get_by_role("heading", level=1)).to_have_text("没有这个页面")
    page.goto("/nothing?lang=en")
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no such page")
    page.goto("/conversations/nothing")
    expect(page.get_by_text("No conversation nothing is kept.")).to_be_visible()


def test_documents_are_found_by_words_and_facets(page: Page) -> None:
    page.goto("/library")
    expect(page.locator("tr[data-document]")).to_have_count(7)
    page.get_by_label("格式").select_option("docx")
    page.get_by_role("button", name="查找").click()
    expect(page.locator("tr[data-document]")).to_have_count(3)
    page.get_by_label("按标题、文件名找").fill("V1.0")
    page.keyboard.press("Enter")
    expect(page.locator("tr[data-document]")).to_have_count(2)
    page.get_by_role("link", name="清除").click()
    expect(page.locator("tr[data-document]")).to_have_count(7)


def test_dropping_files_opens_the_upload(page: Page) -> None:
    page.goto("/library")
    page.evaluate(
        """() => {
            const carried = new DataTransfer();
            carried.items.add(new File(["# 甲"], "甲.md"));
            for (const name of ["dragenter", "dragover", "drop"]) {
                const options = { dataTransfer: carried, bubbles: true, cancelable: true };
                document.body.dispatchEvent(new DragEvent(name, options));
            }
        }"""
    )
    expect(page.get_by_role("dialog")).to_contain_text("甲.md")
