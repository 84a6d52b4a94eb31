"""Mails: envelope and body. That nothing comes from the network, conftest sees to."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from ingest.document import ParsedDocument
from ingest.errors import EmptyDocument, UnreadableFile
from ingest.parse.context import Context
from ingest.parse.dispatch import parse_file
from ingest.parse.mail import parser as mail
from tests.ingest.parse.listing import listing


def letter(**headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "张三 <zhang@example.com>"
    message["To"] = "li@example.com, 王五 <wang@example.com>"
    message["Date"] = "Wed, 01 Oct 2025 01:30:00 +0800"
    for name, value in headers.items():
        message[name] = value
    return message


def parse(folder: Path, message: EmailMessage) -> ParsedDocument:
    path = folder / "a.eml"
    path.write_bytes(bytes(message))
    return parse_file(path, Context(max_bytes=10**6))[1]


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_a_mail_says_who_wrote_what_when(tmp_path: Path, charset: str) -> None:
    message = letter(Subject="双活交接安排")
    message.set_content("各位好：\n\n双活方案已评审，RPO 为 0。\n\n1. MySQL 半同步\n2. ES CCR\n", charset=charset)
    document = parse(tmp_path, message)
    assert listing(document) == [
        "heading1: 双活交接安排",
        "paragraph: 发件人：张三 <zhang@example.com>",
        "paragraph: 收件人：li@example.com、王五 <wang@example.com>",
        "paragraph: 日期：2025-10-01 01:30",
        "paragraph: 各位好：",
        "paragraph: 双活方案已评审，RPO 为 0。",
        "list_item1: 1. MySQL 半同步",
        "list_item1: 2. ES CCR",
    ]
    assert document.properties.title == "双活交接安排"
    assert document.properties.date == "2025-10-01 01:30"
    assert [element.locator.paragraph for element in document.elements] == [None, None, None, None, 1, 2, 3, 4]
    assert document.elements[-1].locator.headings == ("双活交接安排",)


def test_tables_in_a_mail(tmp_path: Path) -> None:
    message = letter(Subject="算力")
    rows = "<tr><th>型号</th><th>张数</th></tr><tr><td>910B3</td><td>74</td></tr>"
    message.set_content(f"<p>明细如下：</p><table>{rows}</table>", subtype="html")
    assert listing(parse(tmp_path, message))[-3:] == ["paragraph: 明细如下：", "table: 型号 | 张数", "  910B3 | 74"]


def test_no_column_is_named_where_merged_cells_have_shifted_them(tmp_path: Path) -> None:
    message = letter(Subject="算力")
    head = "<tr><th>型号</th><th>站点</th><th>张数</th></tr>"
    body = "<tr><td rowspan=2>910B3</td><td>北京</td><td>42</td></tr><tr><td>厦门</td><td>32</td></tr>"
    message.set_content(f"<table>{head}{body}</table>", subtype="html")
    lines = listing(parse(tmp_path, message))
    assert lines[-4:] == ["table: ", "  型号 | 站点 | 张数", "  910B3 | 北京 | 42", "  厦门 | 32 | "]


def test_an_empty_mail(tmp_path: Path) -> None:
    message = letter(Subject="空")
    message.set_content("\n")
    with pytest.raises(EmptyDocument, match=r"a\.eml"):
        parse(tmp_path, message)


def test_a_missing_mail(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"weg\.eml"):
        mail.parse(tmp_path / "weg.eml")
