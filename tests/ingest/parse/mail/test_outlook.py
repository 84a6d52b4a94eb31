"""Outlook messages: properties in whatever encoding, bodies in whatever form, messages inside messages."""

import struct
from pathlib import Path

import olefile
import pytest

from evals.fidelity.made.ole_file import Storage, container
from ingest.document import ParsedDocument
from ingest.errors import DamagedDocument
from ingest.parse.context import Context
from ingest.parse.dispatch import parse_file
from ingest.parse.mail.packed_rtf import unpack
from ingest.parse.nested import reading_inside
from tests.ingest.parse.eyes import Eyes
from tests.ingest.parse.listing import listing

SENT_2025_10_01_0130_UTC = 134_037_558_000_000_000  # 100 ns since 1601


def properties(header: int, **fixed: int) -> bytes:
    """`__properties_version1.0`: a header, then 16 bytes for each property of fixed size."""
    rows = (
        struct.pack("<HHIQ", kind, int(name[1:], 16), 6, value)
        for name, value in fixed.items()
        for kind in [0x0040 if value > 1 << 32 else 0x0003]
    )
    return bytes(header) + b"".join(rows)


def message(header: int, body: dict[str, bytes], **texts: str) -> Storage:
    streams = {f"__substg1.0_{name[1:]}001F": text.encode("utf-16-le") for name, text in texts.items()}
    fixed = properties(header, p0039=SENT_2025_10_01_0130_UTC, p3FDE=936, p3FFD=936)
    return Storage({"__properties_version1.0": fixed, **streams, **body})


def attachment(name: str, content: bytes, **texts: str) -> Storage:
    more = {f"__substg1.0_{key[1:]}001F": text.encode("utf-16-le") for key, text in texts.items()}
    streams = {"__substg1.0_3707001F": name.encode("utf-16-le"), "__substg1.0_37010102": content, **more}
    return Storage({"__properties_version1.0": properties(8), **streams})


def read(folder: Path, root: Storage) -> ParsedDocument:
    path = folder / "a.msg"
    path.write_bytes(container(root))
    context = Context(pictures=Eyes())
    form, document = parse_file(path, reading_inside(context, path))
    assert form == "msg"
    return document


HTML = "<p>明细如下：</p><table><tr><th>型号</th><th>张数</th></tr><tr><td>910B3</td><td>74</td></tr></table>"


def test_a_message_with_a_table_and_files(tmp_path: Path) -> None:
    inner = message(
        24, {"__substg1.0_1000001F": "切换窗口为 02:00。".encode("utf-16-le")}, p0037="演练安排", p0C1A="王五"
    )
    root = message(32, {"__substg1.0_10130102": HTML.encode("gbk").ljust(4096)}, p0037="算力评估", p0C1A="张三",
                   p5D01="z@x.cn", p0E04="李四; 王五")  # fmt: skip
    csv = "型号,张数\n910B3,42\n".encode("gbk").ljust(4096, b"\n")
    root.storages["__attach_version1.0_#00000000"] = attachment("评估.csv", csv)
    forwarded = attachment("", b"")
    forwarded.streams.pop("__substg1.0_37010102")
    forwarded.storages["__substg1.0_3701000D"] = inner
    root.storages["__attach_version1.0_#00000001"] = forwarded
    document = read(tmp_path, root)
    lines = listing(document)
    assert lines[:7] == [
        "heading1: 算力评估",
        "paragraph: 发件人：张三 <z@x.cn>",
        "paragraph: 收件人：李四、王五",
        "paragraph: 日期：2025-10-01 01:30 UTC",
        "paragraph: 明细如下：",
        "table: 型号 | 张数",
        "  910B3 | 74",
    ]
    assert "  910B3 | 42" in lines
    found = {element.text: element.locator for element in document.elements}
    assert found["切换窗口为 02:00。"].within == ("演练安排.eml",)
    assert found["发件人：王五"].headings == ("算力评估", "演练安排.eml", "演练安排")
    assert (document.elements[5].locator.part, document.properties.date) == ("1", "2025-10-01 01:30")


def test_every_place_opens_with_the_container(tmp_path: Path) -> None:
    """Round trip: the part and lines lead to the text in the property's stream."""
    body = "各位好：\r\n\r\n双活方案已评审，RPO 为 0。\r\n"
    document = read(tmp_path, message(32, {"__substg1.0_1000001F": body.encode("utf-16-le")}, p0037="双活"))
    with olefile.OleFileIO(tmp_path / "a.msg") as opened:
        text = opened.openstream("__substg1.0_1000001F").read().decode("utf-16-le")
    lines = text.split("\r\n")
    placed = [element for element in document.elements if element.locator.part == "1"]
    assert [lines[(element.locator.line_start or 0) - 1] for element in placed] == [one.text for one in placed]
    assert len(placed) == 2


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_text_of_eight_bits_whatever_its_code_page(tmp_path: Path, encoding: str) -> None:
    body = {
        "__substg1.0_0037001E": "灾备演练安排".encode(encoding),
        "__substg1.0_1000001E": "已通过。".encode(encoding),
    }
    assert listing(read(tmp_path, message(32, body)))[::2] == ["heading1: 灾备演练安排", "paragraph: 已通过。"]


def test_a_picture_in_the_text(tmp_path: Path) -> None:
    html = '<p>如图：<img src="cid:p1"></p><p>完。</p>'
    root = message(32, {"__substg1.0_10130102": html.encode("gbk").ljust(4096)}, p0037="图")
    picture = "架构图".encode().ljust(4096)
    root.storages["__attach_version1.0_#00000000"] = attachment("a.png", picture, p3712="p1", p370E="image/png")
    texts = [element.text.strip() for element in read(tmp_path, root).elements]
    assert texts[-3:] == ["如图：", "架构图", "完。"]


def test_packed_rtf() -> None:
    """The example of MS-OXRTFCP 4.1.1."""
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232"
        "0af32068656c090020627705b06c647d0a800fa0"
    )  # fmt: skip
    assert unpack(packed) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert unpack(packed[:-6]).startswith(b"{\\rtf1\\ansi\\ansicpg1252")
    assert unpack(b"short") == b""


def test_a_body_of_nothing_but_packed_rtf(tmp_path: Path) -> None:
    rtf = rb"{\rtf1\ansi\ansicpg936 \'cb\'ab\'bb\'ee RPO\par}"
    raw = struct.pack("<4I", len(rtf) + 12, len(rtf), 0x414C454D, 0) + rtf
    assert listing(read(tmp_path, message(32, {"__substg1.0_10090102": raw})))[-1] == "paragraph: 双活 RPO"


def test_a_truncated_message(tmp_path: Path) -> None:
    path = tmp_path / "a.msg"
    path.write_bytes(container(message(32, {}, p0037="x"))[:700])
    with pytest.raises(DamagedDocument, match=r"a\.msg"):
        parse_file(path)
