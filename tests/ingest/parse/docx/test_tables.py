"""Tables of Word documents, from the file to rows with their header."""

from pathlib import Path
from typing import Any

from ingest.parse.docx.parser import parse
from tests.ingest.parse.docx.word_files import (
    add_footnotes,
    add_xml,
    define_list,
    new_document,
    numbered,
    paragraph,
    save,
)
from tests.ingest.parse.listing import listing


def cell(text: str, properties: str = "", run: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text, '', run)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def lines(folder: Path, *blocks: str, document: Any = None) -> list[str]:
    document = document or new_document()
    add_xml(document, *blocks)
    return listing(parse(save(document, folder)))


def test_merged_cells_repeat_and_a_two_row_header_is_joined(tmp_path: Path) -> None:
    bold = "<w:b/>"
    assert lines(
        tmp_path,
        table(
            row(
                cell("指标", '<w:vMerge w:val="restart"/>', bold),
                cell("日常", '<w:gridSpan w:val="2"/>', bold),
                cell("备注", '<w:vMerge w:val="restart"/>', bold),
            ),
            row(cell("", "<w:vMerge/>"), cell("北京", "", bold), cell("厦门", "", bold), cell("", "<w:vMerge/>")),
            row(cell("并发"), cell("1,080"), cell("1,090"), cell("实测", '<w:vMerge w:val="restart"/>')),
            row(cell("座席"), cell("930"), cell("930"), cell("", "<w:vMerge/>")),
            row(cell("合计", '<w:gridSpan w:val="3"/>'), cell("—")),
        ),
    ) == [
        "table: 指标 | 日常 / 北京 | 日常 / 厦门 | 备注",
        "  并发 | 1,080 | 1,090 | 实测",
        "  座席 | 930 | 930 | 实测",
        "  合计 | 合计 | 合计 | —",
    ]


def test_repeated_header_rows_are_the_header_and_deleted_rows_are_gone(tmp_path: Path) -> None:
    assert lines(
        tmp_path,
        table(
            row(cell("资源清单（2509）", '<w:gridSpan w:val="2"/>'), properties="<w:tblHeader/>"),
            row(cell("主机"), cell("核数"), properties="<w:tblHeader/>"),
            row(cell("app-01"), cell("64")),
            row(cell("app-02"), cell("32"), properties="<w:del/>"),
        ),
    ) == ["caption: 资源清单（2509）", "table: 主机 | 核数", "  app-01 | 64"]


def test_shaded_first_row_is_a_header(tmp_path: Path) -> None:
    shade = '<w:shd w:val="clear" w:fill="D9E2F3"/>'
    found = lines(tmp_path, table(row(cell("A区", shade), cell("B区", shade)), row(cell("甲"), cell("乙"))))
    assert found == ["table: A区 | B区", "  甲 | 乙"]


def test_labels_beside_values_become_pairs(tmp_path: Path) -> None:
    bold = "<w:b/>"
    assert lines(
        tmp_path,
        table(
            row(cell("项目名称", "", bold), cell("双活改造", '<w:gridSpan w:val="3"/>')),
            row(cell("移交人", "", bold), cell("林岚"), cell("接收人", "", bold), cell("程书宁")),
        ),
    ) == ["table: ", "  项目名称 | 双活改造", "  移交人 | 林岚", "  接收人 | 程书宁"]


def test_a_frame_of_one_cell_is_read_as_text(tmp_path: Path) -> None:
    inner = table(row(cell("型号"), cell("数量")), row(cell("910B3"), cell("74")))
    frame = f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc>{paragraph('注意：先停写再切换。')}{inner}</w:tc></w:tr></w:tbl>"
    assert lines(tmp_path, frame) == ["paragraph: 注意：先停写再切换。", "table: 型号 | 数量", "  910B3 | 74"]


def test_a_nested_table_is_a_table_whose_rows_say_what_they_belong_to(tmp_path: Path) -> None:
    inner = table(row(cell("型号"), cell("数量")), row(cell("910B3"), cell("74")), row(cell("910B4"), cell("8")))
    nested = f"<w:tc><w:tcPr/>{paragraph('两种卡：')}{inner}</w:tc>"
    assert lines(tmp_path, table(row(cell("用途"), cell("配置")), row(cell("推理"), nested))) == [
        "table: 用途 | 配置",
        "  推理 | 两种卡：",
        "table: 用途 | 型号 | 数量",
        "  推理 | 910B3 | 74",
        "  推理 | 910B4 | 8",
    ]


def test_numbers_of_a_serial_column_and_notes_in_cells(tmp_path: Path) -> None:
    document = new_document()
    define_list(document, 90, ("decimal", "%1"))
    add_footnotes(document, n2="含热备。")
    serial = f"<w:tc><w:tcPr/>{numbered(90, 0, '')}</w:tc>"
    noted = "<w:tc><w:p><w:r><w:t>80</w:t><w:footnoteReference w:id='2'/></w:r></w:p></w:tc>"
    assert lines(
        tmp_path,
        table(row(cell("序号"), cell("数量")), row(serial, cell("74")), row(serial, noted)),
        document=document,
    ) == ["table: 序号 | 数量", "  1 | 74", "  2 | 80", "note: 含热备。"]


def test_rows_and_cells_inside_content_controls_and_ragged_rows(tmp_path: Path) -> None:
    control = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
    assert lines(
        tmp_path,
        table(
            row(cell("名称"), cell("数量"), cell("备注")),
            control.format(row(control.format(cell("甲")), cell("1"))),
            row(cell("2"), cell("乙"), properties='<w:gridBefore w:val="1"/>'),
        ),
    ) == ["table: 名称 | 数量 | 备注", "  甲 | 1 | ", "   | 2 | 乙"]
