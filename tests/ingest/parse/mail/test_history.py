"""Earlier mails quoted below a mail: told apart from it, and each text taken once."""

from pathlib import Path

import pytest

from ingest.document import ParsedDocument
from ingest.parse.context import PLAIN
from ingest.parse.mail import parser

HEAD = "From: li@x.cn\nSubject: 到货日期\nMIME-Version: 1.0\nContent-Type: text/{}; charset=utf-8\n\n"


def read(folder: Path, body: str, subtype: str = "plain") -> ParsedDocument:
    path = folder / "a.eml"
    path.write_text(HEAD.format(subtype) + body, encoding="utf-8")
    return parser.parse(path, PLAIN)


def headings(document: ParsedDocument) -> dict[str, tuple[str, ...]]:
    return {element.text: element.locator.headings for element in document.elements}


@pytest.mark.parametrize(
    ("opening", "title"),
    [
        ("---------- 原始邮件 ----------\n发件人: 张三 <z@x.cn>\n发送时间: 2025年11月4日 10:00\n收件人: 李四\n",
         "原始邮件：张三 <z@x.cn> 2025年11月4日 10:00"),
        ("-----Original Message-----\nFrom: Zhang\nSent: 2025-11-04 10:00\nTo: Li\nSubject: x\n",
         "原始邮件：Zhang 2025-11-04 10:00"),
        ("发件人：张三\n日期：2025-11-04\n主题：到货\n", "原始邮件：张三 2025-11-04"),
        ("在 2025-11-04 10:00:00，张三 <z@x.cn> 写道：\n", "原始邮件：张三 <z@x.cn> 2025-11-04 10:00:00"),
        ("On Tue, Nov 4, 2025 at 10:00 AM Zhang San <z@x.cn> wrote:\n",
         "原始邮件：Zhang San <z@x.cn> Tue, Nov 4, 2025 at 10:00 AM"),
    ],
)  # fmt: skip
def test_a_quoted_mail_has_a_heading_of_its_own(tmp_path: Path, opening: str, title: str) -> None:
    document = read(tmp_path, f"更正：改为 11 月 20 日到货。\n\n{opening}\n墨竹服务器 11 月 12 日到货。\n")
    found = headings(document)
    assert found["更正：改为 11 月 20 日到货。"] == ("到货日期",)
    assert found["墨竹服务器 11 月 12 日到货。"] == ("到货日期", title)


def test_a_quoted_mail_in_html(tmp_path: Path) -> None:
    body = (
        "<h2>一、更正</h2><p>改为 20 日到货。</p><hr><div><b>发件人:</b> 张三<br><b>发送时间:</b> 2025-11-04 10:00<br>"
        "<b>收件人:</b> 李四</div><p>12 日到货。</p><h2>二、原计划</h2><p>先到 42 张。</p>"
    )
    found = headings(read(tmp_path, body, "html"))
    title = "原始邮件：张三 2025-11-04 10:00"
    assert found["改为 20 日到货。"] == ("到货日期", "一、更正")
    assert found["12 日到货。"] == ("到货日期", title)
    assert found["先到 42 张。"] == ("到货日期", title, "二、原计划")


def test_what_is_quoted_again_is_taken_once(tmp_path: Path) -> None:
    text = "墨竹服务器 11 月 12 日到货，共 74 张 910B3。"
    rule = "----- 原始邮件 -----\n发件人: 张三\n发送时间: 2025-11-0{}\n"
    document = read(tmp_path, f"同意。\n\n{rule.format(5)}\n收到。\n\n{text}\n\n{rule.format(4)}\n{text}\n")
    assert sum(element.text == text for element in document.elements) == 1
    assert [(one.reason, one.text, one.locator.part) for one in document.left_out] == [("repeated", text, "1")]


def test_marked_quotes_keep_their_lines(tmp_path: Path) -> None:
    document = read(tmp_path, "是的。\n\n> 一共 74 张吗？\n> > 北京 42 张，\n> > 厦门 32 张。\n\n好。\n")
    found = {element.text: element.locator for element in document.elements}
    assert found["一共 74 张吗？"].headings == ("到货日期", "引用的邮件")
    assert found["一共 74 张吗？"].line_start == 3
    assert found["厦门 32 张。"].line_start == 5
    assert found["好。"].headings == ("到货日期",)
