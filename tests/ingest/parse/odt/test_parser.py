"""OpenDocument texts as LibreOffice and WPS write them."""

import zipfile
from pathlib import Path

import pytest
from lxml import etree

from ingest.document import ParsedDocument
from ingest.errors import DamagedDocument, EncryptedDocument
from ingest.parse.context import Context
from ingest.parse.dispatch import parse_file
from ingest.parse.nested import reading_inside
from ingest.parse.odt import parser
from ingest.parse.odt.package import q
from ingest.parse.odt.styles import numeral
from tests.ingest.parse.eyes import Eyes
from tests.ingest.parse.listing import listing

SPACES = " ".join(
    f'xmlns:{prefix}="{q(f"{prefix}:x")[1:].split("}")[0]}"'
    for prefix in ("office", "text", "table", "style", "draw", "fo", "meta", "dc", "xlink", "svg")
)
STYLES = """
<office:automatic-styles>
<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="V" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Heading_20_2"/>
<text:list-style style:name="L1">
<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-bullet text:level="2" text:bullet-char="•"/>
</text:list-style>
</office:automatic-styles>"""
BODY = """
<text:tracked-changes><text:changed-region><text:deletion><text:p>旧的 RPO 为 5 分钟。</text:p></text:deletion>
</text:changed-region></text:tracked-changes>
<text:table-of-content><text:index-body><text:p>一、概述 1</text:p></text:index-body></text:table-of-content>
<text:h text:outline-level="1">一、概述</text:h>
<text:p>双活<text:s text:c="2"/>方案<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>
<text:note-body><text:p>见附录</text:p></text:note-body></text:note>已评审<text:span
text:style-name="V">隐藏</text:span>。</text:p>
<text:p/>
<text:p text:style-name="P1">（一）规模</text:p>
<text:list text:style-name="L1"><text:list-item><text:p>北京 42 张</text:p>
<text:list><text:list-item><text:p>含备件</text:p></text:list-item></text:list></text:list-item>
<text:list-item><text:p>厦门 32 张</text:p></text:list-item></text:list>
<table:table><table:table-header-rows><table:table-row>
<table:table-cell table:number-rows-spanned="2"><text:p>型号</text:p></table:table-cell>
<table:table-cell table:number-columns-spanned="2"><text:p>卡数</text:p></table:table-cell><table:covered-table-cell/>
</table:table-row><table:table-row><table:covered-table-cell/><table:table-cell><text:p>北京</text:p></table:table-cell>
<table:table-cell><text:p>厦门</text:p></table:table-cell></table:table-row></table:table-header-rows>
<table:table-row><table:table-cell><text:p>910B3</text:p></table:table-cell>
<table:table-cell><text:p>42</text:p></table:table-cell><table:table-cell><text:p>32</text:p></table:table-cell>
</table:table-row></table:table>
<text:section><text:p>如图<draw:frame><draw:image xlink:href="Pictures/a.png"/></draw:frame>
<office:annotation><dc:creator>张三</dc:creator><text:p>请复核</text:p></office:annotation></text:p></text:section>
"""


def write(folder: Path, body: str = BODY, manifest: str = "<manifest/>") -> Path:
    content = f"<office:document-content {SPACES}>{STYLES}<office:body><office:text>{body}</office:text></office:body>"
    styles = "<style:header><text:p>内部资料</text:p></style:header><style:footer><text:p>第1页</text:p></style:footer>"
    meta = "<dc:title>双活方案</dc:title><meta:initial-creator>张三</meta:initial-creator>"
    path = folder / "a.odt"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", f"{content}</office:document-content>")
        archive.writestr("styles.xml", f"<office:document-styles {SPACES}>{styles}</office:document-styles>")
        archive.writestr("meta.xml", f"<office:document-meta {SPACES}>{meta}</office:document-meta>")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("Pictures/a.png", "架构图：双活".encode())
    return path


def read(path: Path) -> ParsedDocument:
    return parse_file(path, Context(pictures=Eyes()))[1]


def test_a_text_reads_as_its_reader_sees_it(tmp_path: Path) -> None:
    document = read(write(tmp_path))
    assert listing(document) == [
        "heading1: 一、概述",
        "paragraph: 双活 方案[1]已评审。",
        "note: [1] 见附录",
        "heading2: （一）规模",
        "list_item1: 1. 北京 42 张",
        "list_item2: • 含备件",
        "list_item1: 2. 厦门 32 张",
        "table: 型号 | 卡数 / 北京 | 卡数 / 厦门",
        "  910B3 | 42 | 32",
        "paragraph: 如图",
        "paragraph: 架构图：双活",
        "note: 批注（张三）：请复核",
    ]
    assert [(one.reason, one.text) for one in document.left_out] == [
        ("deleted", "旧的 RPO 为 5 分钟。"), ("contents", "一、概述 1"), ("invisible", "隐藏"),
        ("header", "内部资料"), ("footer", "第1页"),
    ]  # fmt: skip
    assert (document.properties.title, document.properties.author) == ("双活方案", "张三")
    assert document.elements[-2].locator.picture == "Pictures/a.png"


def test_every_place_opens_with_the_xml(tmp_path: Path) -> None:
    """Round trip: the block of that number in `content.xml` holds the text."""
    path = write(tmp_path)
    root = etree.fromstring(zipfile.ZipFile(path).read("content.xml"))
    (body,) = root.iter(q("office:text"))
    skipped = {q("text:tracked-changes"), q("text:table-of-content"), q("text:note"), q("office:annotation")}
    blocks = [
        node
        for node in body.iter(q("text:p"), q("text:h"), q("table:table"))
        if not any(one.tag in skipped or one.tag == q("table:table") for one in node.iterancestors())
    ]
    for element in read(path).elements:
        texts = element.table.rows[0].cells if element.table else [element.text.split(" ")[-1]]
        inside = "".join(map(str, blocks[(element.locator.paragraph or 0) - 1].itertext()))
        if not element.locator.picture:
            assert all(text.split("[1]")[0].split("：")[-1] in inside for text in texts)


@pytest.mark.parametrize(
    ("number", "kind", "shown"),
    [
        (3, "1", "3"),
        (2, "a", "b"),
        (4, "I", "IV"),
        (9, "i", "ix"),
        (12, "一, 二, 三, ...", "十二"),
        (20, "一", "二十"),
        (3, "①", "③"),
    ],
)
def test_numbers_as_shown(number: int, kind: str, shown: str) -> None:
    assert numeral(number, kind) == shown


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("密码 123456")
    path = tmp_path / "a.odt"
    bomb = "".join(f'<!ENTITY b{at} "{f"&b{at - 1};" * 50 if at else "x" * 50}">' for at in range(8))
    content = (
        f'<!DOCTYPE x [<!ENTITY out SYSTEM "{secret.as_uri()}">{bomb}]><office:document-content {SPACES}><office:body>'
        "<office:text><text:p>正文 &out;&b7;</text:p></office:text></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", content)
    assert listing(parser.parse(path)) == ["paragraph: 正文"]


def test_what_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(EncryptedDocument, match=r"a\.odt"):
        read(write(tmp_path, manifest="<m><manifest:encryption-data/></m>"))
    path = tmp_path / "b.odt"
    path.write_bytes(write(tmp_path).read_bytes()[:-200])
    with pytest.raises(DamagedDocument, match=r"b\.odt"):
        parser.parse(path)


def test_embedded_objects_are_read_or_told(tmp_path: Path) -> None:
    frames = "".join(f'<draw:frame><draw:object xlink:href="./{name}"/></draw:frame>' for name in ("表", "式", "图"))
    frames += '<draw:frame><draw:object-ole xlink:href="./附"/></draw:frame>'
    path = write(tmp_path, f"<text:p>如下{frames}</text:p>")
    rows = "".join(
        f"<table:table-row><table:table-cell><text:p>{a}</text:p></table:table-cell>"
        f"<table:table-cell><text:p>{b}</text:p></table:table-cell></table:table-row>"
        for a, b in (("型号", "张数"), ("910B3", "74"))
    )
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("表/content.xml", f"<office:body {SPACES}><table:table>{rows}</table:table></office:body>")
        math = "<math xmlns='http://www.w3.org/1998/Math/MathML'><annotation>a over b</annotation></math>"
        package.writestr("式/content.xml", math)
        package.writestr("附", "接口清单共九项。")
    document = parse_file(path, reading_inside(Context(), path))[1]
    (table,) = [one.table for one in document.elements if one.table]
    assert table.rows[0].cells == ("910B3", "74")
    assert "a over b" in [one.text for one in document.elements]
    assert [one.message for one in document.unread] == ["The embedded object 图 was not read."]
    assert ("接口清单共九项。", ("附",)) in [(one.text, one.locator.within) for one in document.elements]
