"""What a reader sees of a paragraph: symbols, form fields, ruby, content controls, formulas, shapes as text."""

from pathlib import Path

import pytest

from ingest.parse.docx.parser import parse
from ingest.parse.docx.signs import sign
from ingest.parse.office.ooxml import NS
from tests.ingest.parse.docx.word_files import add_xml, new_document, save
from tests.ingest.parse.listing import listing

FIELD = "<w:r><w:fldChar w:fldCharType='{}'>{}</w:fldChar></w:r>"
DECLARED = " ".join(f"xmlns:{prefix}='{uri}'" for prefix, uri in NS.items() if prefix != "w")


def shown(folder: Path, inside: str) -> list[str]:
    document = new_document()
    add_xml(document, f"<w:p {DECLARED}>{inside}</w:p>")
    return [line.partition(": ")[2] for line in listing(parse(save(document, folder)))]


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def form(data: str, kind: str) -> str:
    return (
        FIELD.format("begin", f"<w:ffData>{data}</w:ffData>")
        + f"<w:r><w:instrText> {kind} </w:instrText></w:r>"
        + FIELD.format("end", "")
    )


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (form("<w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox>", "FORMCHECKBOX") + run("同意"), "☑同意"),
        (form("<w:checkBox><w:default w:val='0'/></w:checkBox>", "FORMCHECKBOX") + run("同意"), "☐同意"),
        (
            run("等级：")
            + form(
                "<w:ddList><w:result w:val='1'/><w:listEntry w:val='一级'/><w:listEntry w:val='二级'/></w:ddList>",
                "FORMDROPDOWN",
            ),
            "等级：二级",
        ),
        (
            run("状态：") + "<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText='未批'/></w:dropDownList>"
            f"</w:sdtPr><w:sdtContent>{run('已批')}</w:sdtContent></w:sdt>",
            "状态：已批",
        ),
        (run("\uf0fe", "<w:rFonts w:ascii='Wingdings' w:hAnsi='Wingdings'/>") + run(" 已验收"), "☑ 已验收"),
        ("<w:r><w:sym w:font='Wingdings 2' w:char='F052'/></w:r>" + run("通过"), "☑通过"),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>とうきょう</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>東京</w:t></w:r></w:rubyBase>"
            "</w:ruby></w:r>" + run("机房"),
            "東京机房",
        ),
        (
            run("见") + FIELD.format("begin", "") + "<w:r><w:instrText> SEQ 表 \\* MERGEFORMAT </w:instrText></w:r>"
            + FIELD.format("separate", "") + run("7") + FIELD.format("end", "") + run("行"),
            "见7行",
        ),
        ("<w:r><w:t>灾备</w:t><w:softHyphen/><w:t>中心</w:t></w:r>", "灾备中心"),
        ("<m:oMathPara><m:oMath><m:r><m:t>N=Q/12</m:t></m:r></m:oMath></m:oMathPara>", "N=Q/12"),
        ("<w:smartTag>" + run("北京") + "</w:smartTag><w:dir>" + run("厦门") + "</w:dir>", "北京厦门"),
    ],
)  # fmt: skip
def test_a_paragraph_reads_as_it_is_shown(inside: str, text: str, tmp_path: Path) -> None:
    assert shown(tmp_path, inside) == [text]


def test_text_of_shapes_groups_and_word_art(tmp_path: Path) -> None:
    box = "<wps:wsp><wps:txbx><w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp>"
    group = f"<w:drawing><g>{box.format('接入网关')}<g>{box.format('内层录音')}</g></g></w:drawing>"
    art = "<w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textpath string='试行'/></v:shape></w:pict>"
    locked = "<w:drawing><a:p><a:r><a:t>画布</a:t></a:r><a:r><a:t>文字</a:t></a:r></a:p></w:drawing>"
    assert shown(tmp_path, f"{run('部署')}<w:r>{group}{art}{locked}</w:r>") == [
        "部署",
        "接入网关",
        "内层录音",
        "试行",
        "画布文字",
    ]


@pytest.mark.parametrize(
    ("code", "font", "drawn"),
    [
        (0xF0FC, "Wingdings", "✓"),
        (0xB4, "Symbol", "×"),
        (0xF0B7, "", "•"),
        (0x41, "Arial", "A"),
        (0xF041, "Marlett", ""),
    ],
)
def test_signs(code: int, font: str, drawn: str) -> None:
    assert sign(code, font) == drawn
