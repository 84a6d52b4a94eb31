"""Mails: envelope and body. That nothing comes from the network, conftest sees to."""

import base64
import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from ingest.document import ParsedDocument
from ingest.errors import DamagedDocument, EmptyDocument, EncryptedDocument, UnreadableFile
from ingest.parse.context import Context
from ingest.parse.dispatch import parse_file
from ingest.parse.mail import parser as mail
from ingest.parse.nested import reading_inside
from tests.ingest.parse.eyes import Eyes
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
    places = [(place.part, place.line_start) for place in (element.locator for element in document.elements)]
    header = [("Subject", None), ("From", None), ("To", None), ("Date", None)]
    assert places == [*header, ("1", 1), ("1", 3), ("1", 5), ("1", 6)]
    assert document.elements[-1].locator.headings == ("双活交接安排",)


def test_tables_in_a_mail(tmp_path: Path) -> None:
    message = letter(Subject="算力")
    rows = "<tr><th>型号</th><th>张数</th></tr><tr><td>910B3</td><td>74</td></tr>"
    message.set_content(f"<p>明细如下：</p><table>{rows}</table>", subtype="html")
    assert listing(parse(tmp_path, message))[-3:] == ["paragraph: 明细如下：", "table: 型号 | 张数", "  910B3 | 74"]


def test_merged_cells_in_a_mail(tmp_path: Path) -> None:
    message = letter(Subject="算力")
    head = "<tr><th>型号</th><th>站点</th><th>张数</th></tr>"
    body = "<tr><td rowspan=2>910B3</td><td>北京</td><td>42</td></tr><tr><td>厦门</td><td>32</td></tr>"
    message.set_content(f"<table>{head}{body}</table>", subtype="html")
    lines = listing(parse(tmp_path, message))
    assert lines[-3:] == ["table: 型号 | 站点 | 张数", "  910B3 | 北京 | 42", "  910B3 | 厦门 | 32"]


def test_a_mail_that_is_all_subject(tmp_path: Path) -> None:
    message = letter(Subject="明天的演练取消（完）")
    message.set_content("\n")
    assert listing(parse(tmp_path, message))[0] == "heading1: 明天的演练取消（完）"


def test_an_empty_mail(tmp_path: Path) -> None:
    message = letter()
    message.set_content("\n")
    with pytest.raises(EmptyDocument, match=r"a\.eml"):
        parse(tmp_path, message)


def test_a_missing_mail(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"weg\.eml"):
        mail.parse(tmp_path / "weg.eml")


def read(folder: Path, source: str | bytes, encoding: str = "utf-8") -> ParsedDocument:
    path = folder / "a.eml"
    path.write_bytes(source if isinstance(source, bytes) else source.encode(encoding))
    return parse_file(path, reading_inside(Context(max_bytes=10**6), path))[1]


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("=?utf-8?Q?=E5=8F=8C=E6=B4=BB?= RPO", "双活 RPO"),
        ("=?UTF-8*zh-CN?B?5Y+M5rS7?=", "双活"),
        ("=?gb2312?B?1OjpRg?=", "澡镕"),
        ("=?utf-8?B?5Y+M5rS7?= =?utf-8?Q?=E4=BA=A4=E6=8E=A5?=", "双活交接"),
    ],
)
def test_subjects_as_programs_write_them(tmp_path: Path, subject: str, expected: str) -> None:
    document = read(tmp_path, f"From: a@b.c\nSubject: {subject}\nMIME-Version: 1.0\n\ntext\n")
    assert document.properties.title == expected


def test_a_character_cut_in_two_by_encoded_words(tmp_path: Path) -> None:
    data = "双活交接安排".encode("gbk")
    words = " ".join(f"=?gb2312?B?{base64.b64encode(part).decode()}?=" for part in (data[:5], data[5:]))
    assert read(tmp_path, f"From: a@b.c\nSubject: {words}\n\ntext\n").properties.title == "双活交接安排"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_raw_bytes_in_a_header_and_a_wrong_label_on_the_body(tmp_path: Path, encoding: str) -> None:
    source = (
        "From: 张三 <a@b.c>\nSubject: 灾备演练安排\nMIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n\n演练定在 1 月 12 日。\n"
    )
    assert listing(read(tmp_path, source, encoding)) == [
        "heading1: 灾备演练安排", "paragraph: 发件人：张三 <a@b.c>", "paragraph: 演练定在 1 月 12 日。"
    ]  # fmt: skip


def test_of_two_renderings_the_richer_one_is_read_once(tmp_path: Path) -> None:
    message = letter(Subject="算力")
    message.set_content("型号 张数\n910B3 74\n")
    message.add_alternative(
        "<table><tr><th>型号</th><th>张数</th></tr><tr><td>910B3</td><td>74</td></tr></table>", "html"
    )
    document = read(tmp_path, bytes(message))
    assert listing(document)[-2:] == ["table: 型号 | 张数", "  910B3 | 74"]
    assert document.elements[-1].locator.part == "2"
    assert sum("910B3" in line for line in listing(document)) == 1


def test_attachments_are_read_in_their_place(tmp_path: Path) -> None:
    inner = letter(Subject="转发的安排")
    inner.set_content("切换窗口为 02:00。\n")
    inner.add_attachment("RTO≤30分钟".encode("gbk"), "text", "plain", filename="目标.txt")
    message = letter(Subject="双活")
    message.set_content("见附件。\n")
    message.add_attachment("型号,张数\n910B3,74\n".encode("gbk"), "text", "csv", filename="算力评估.csv")
    message.add_attachment(inner)
    document = read(tmp_path, bytes(message))
    table = next(element for element in document.elements if element.table)
    assert table.table
    assert table.table.rows[0].locator.within == ("算力评估.csv",)
    assert table.table.rows[0].locator.line_start == 2
    found = {element.text: element.locator for element in document.elements}
    assert found["切换窗口为 02:00。"].within == ("转发的安排.eml",)
    assert found["切换窗口为 02:00。"].part == "1"
    assert found["RTO≤30分钟"].within == ("转发的安排.eml", "目标.txt")
    assert found["RTO≤30分钟"].headings == ("双活", "转发的安排.eml", "转发的安排", "目标.txt")


def test_every_place_opens_with_the_mail_library(tmp_path: Path) -> None:
    """Round trip: part and lines, followed with Python's own mail reader, lead to the text."""
    message = letter(Subject="双活")
    message.set_content("各位好：\n\n双活方案已评审，RPO 为 0。\n", charset="gb18030")
    message.add_alternative("<p>各位好：</p>\n<p>双活方案已评审，\nRPO 为 0。</p>", "html")
    message.add_attachment(b"%PDF", "application", "pdf", filename="a.pdf")
    document = read(tmp_path, bytes(message))
    opened = message_from_bytes((tmp_path / "a.eml").read_bytes(), policy=policy.default)
    body = [one for one in document.elements if one.locator.line_start and not one.locator.within]
    assert body
    for element in body:
        place = element.locator
        part: Any = opened
        for number in (place.part or "").split("."):
            part = list(part.iter_parts())[int(number) - 1] if part.is_multipart() else part
        lines = part.get_content().splitlines()[(place.line_start or 1) - 1 : place.line_end]
        assert element.text in re.sub(r"<[^>]+>", "", " ".join(lines))
    for element in document.elements:
        if (element.locator.part or "").isalpha():
            assert element.text.split("：")[-1].split(" <")[0][:4] in str(opened[element.locator.part or ""]) or (
                element.locator.part == "Date"
            )


def test_pictures_in_the_text_and_beside_it(tmp_path: Path) -> None:
    message = letter(Subject="架构")
    message.set_content('<p>如图：<img src="cid:one@x"></p><p>完。</p>', subtype="html")
    message.add_related("架构图：双活".encode(), "image", "png", cid="<one@x>", filename="图1.png")
    message.add_attachment("截图：RTO".encode(), "image", "png", filename="截图.png")
    path = tmp_path / "a.eml"
    path.write_bytes(bytes(message))
    document = parse_file(path, Context(pictures=Eyes()))[1]
    assert listing(document)[-4:] == [
        "paragraph: 如图：", "paragraph: 架构图：双活", "paragraph: 完。", "paragraph: 截图：RTO"
    ]  # fmt: skip
    places = {element.text: element.locator for element in document.elements}
    assert (places["架构图：双活"].picture, places["架构图：双活"].part) == ("图1.png", "1.1")
    assert (places["截图：RTO"].picture, places["截图：RTO"].part) == ("截图.png", "2")


def test_an_invitation_says_what_when_and_where(tmp_path: Path) -> None:
    message = letter(Subject="演练邀请")
    message.set_content("请参加。\n")
    calendar = (
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:灾备演练\r\nDTSTART;TZID=Asia/Shanghai:20260112T020000\r\n"
        "LOCATION:北京\\, 3 楼\r\nDESCRIPTION:切换窗口\r\n  两小时\r\nATTENDEE;CN=张三:mailto:z@x.cn\r\n"
        "BEGIN:VALARM\r\nDESCRIPTION:提醒\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    message.add_attachment(calendar.encode(), "text", "calendar", filename="a.ics")
    assert listing(read(tmp_path, bytes(message)))[-5:] == [
        "paragraph: 日程：灾备演练", "paragraph: 开始：2026-01-12 02:00 Asia/Shanghai", "paragraph: 地点：北京, 3 楼",
        "paragraph: 说明：切换窗口 两小时", "paragraph: 参加者：张三 <z@x.cn>",
    ]  # fmt: skip


def test_what_is_sealed_is_told(tmp_path: Path) -> None:
    head = "From: a@b.c\nSubject: 密\nMIME-Version: 1.0\nContent-Type: "
    encrypted = f"{head}application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\n\nabc\n"
    with pytest.raises(EncryptedDocument, match=r"a\.eml"):
        read(tmp_path, encrypted)
    message = letter(Subject="表")
    message.set_content("见附件。\n")
    message.add_attachment(b"\x78\x9f\x3e\x22", "application", "ms-tnef", filename="winmail.dat")
    (unread,) = read(tmp_path, bytes(message)).unread
    assert "winmail.dat" in unread.message
    assert unread.locator
    assert unread.locator.part == "2"


def test_a_signed_mail_is_read(tmp_path: Path) -> None:
    source = (
        "From: a@b.c\nSubject: 签名\nMIME-Version: 1.0\nContent-Type: multipart/signed; boundary=x; "
        'protocol="application/pkcs7-signature"\n\n--x\nContent-Type: text/plain; charset=utf-8\n\n演练通过。\n'
        "--x\nContent-Type: application/pkcs7-signature; name=smime.p7s\n\nabc\n--x--\n"
    )
    document = read(tmp_path, source)
    assert listing(document)[-1] == "paragraph: 演练通过。"
    assert not document.unread


def test_what_is_no_mail(tmp_path: Path) -> None:
    with pytest.raises(DamagedDocument, match=r"a\.eml"):
        read(tmp_path, "没有头的文字\n")
