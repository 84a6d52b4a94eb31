"""Metadata: who outranks whom, and what a broken manifest does."""

from pathlib import Path

from ingest.document import DocumentMeta, Element, Locator, ParsedDocument, Properties, Table, TableRow
from ingest.metadata import Manifest, describe, read_manifest

PLACE = Locator(kind="section", paragraph=1)


def heading(text: str, level: int = 1) -> Element:
    return Element(kind="heading", text=text, level=level, locator=PLACE)


def paragraph(text: str) -> Element:
    return Element(kind="paragraph", text=text, locator=PLACE)


def form(*rows: tuple[str, ...]) -> Element:
    body = tuple(TableRow(cells=row, locator=PLACE) for row in rows)
    return Element(kind="table", locator=PLACE, table=Table(header=(), rows=body))


def described(
    name: str,
    *elements: Element,
    front_matter: Properties | None = None,
    properties: Properties | None = None,
    manifest: Properties | None = None,
    form_of: str = "docx",
) -> DocumentMeta:
    root = Path("/library")
    parsed = ParsedDocument(
        elements=elements, front_matter=front_matter or Properties(), properties=properties or Properties()
    )
    rows = {name: manifest} if manifest else {}
    return describe(root / name, root, "id", form_of, parsed, rows)


def test_each_source_fills_what_those_above_it_leave_open() -> None:
    meta = described(
        "路径项目/方案_V1.0_20250101.docx",
        paragraph("编制人：封面"),
        paragraph("文档版本：V1.4"),
        manifest=Properties(title="清单标题"),
        front_matter=Properties(title="题头标题", customer="题头客户"),
        properties=Properties(title="属性标题", customer="属性客户", author="属性作者", date="2025/3/14"),
    )
    assert meta == DocumentMeta(
        id="id",
        title="清单标题",
        path="路径项目/方案_V1.0_20250101.docx",
        format="docx",
        project="路径项目",
        customer="题头客户",
        doc_type="架构设计",
        author="封面",
        date="2025-03-14",
        version="V1.4",
    )


def test_the_title_is_the_first_heading_unless_it_is_a_section() -> None:
    assert described("a_V1.0.docx", heading("双活方案"), paragraph("x")).title == "双活方案"
    assert described("双活方案_V1.0.docx", heading("一、背景"), paragraph("x")).title == "双活方案"
    assert described("双活方案_V1.0.docx", paragraph("x")).title == "双活方案"


def test_a_workbook_is_not_called_after_its_first_sheet() -> None:
    assert described("资源清单_V1.2.xlsx", heading("Sheet1"), paragraph("x"), form_of="xlsx").title == "资源清单"
    stated = described("a.xlsx", heading("Sheet1"), properties=Properties(title="资源清单"), form_of="xlsx")
    assert stated.title == "资源清单"


def test_one_line_may_state_several_things() -> None:
    for gap in ("    ", "\t", "\u3000", " \t ", " "):
        meta = described("a.docx", paragraph(gap.join(("编制人：顾南舟", "日  期：2026-03-18", "密级：内部"))))
        assert (meta.author, meta.date) == ("顾南舟", "2026-03-18")
    meta = described("a.md", paragraph("Author: Ada Byron  Updated at: noon  Date: 2026-03-18"))
    assert (meta.author, meta.date) == ("Ada Byron", "2026-03-18")
    meta = described("a.docx", paragraph("会议时间：2026-03-18  14:30"), paragraph("项目名称：星衡  双活"))
    assert (meta.date, meta.project) == ("2026-03-18", "星衡 双活")
    assert described("a.docx", paragraph("按如下分工  编制人：顾南舟")).author is None


def test_a_value_ends_with_its_sentence() -> None:
    stated = described("a.txt", paragraph("项目：星衡银行双活。本周完成两次演练。"))
    assert stated.project == "星衡银行双活"


def test_a_cover_table_is_read() -> None:
    meta = described(
        "a.docx",
        heading("双活方案"),
        form(
            ("项目名称", "星衡双活（简称双活）", "版本号", "v1.2"),
            ("编制", "陆知衡（调往二期）", "编制日期", "2025年7月18日"),
        ),
        heading("一、背景", 2),
        paragraph("作者：不是封面"),
    )
    assert (meta.project, meta.version, meta.author, meta.date) == ("星衡双活", "V1.2", "陆知衡", "2025-07-18")


def test_what_stands_below_the_first_section_is_no_cover() -> None:
    assert described("a.docx", heading("方案"), heading("一、背景", 2), paragraph("作者：张三")).author is None


def test_dates_and_versions_get_one_form() -> None:
    assert described("a.md", front_matter=Properties(version="1.2", date="2025年9月")).version == "V1.2"
    assert described("a.md", front_matter=Properties(version="2509")).version == "2509"
    assert described("a.md", front_matter=Properties(version="终版2")).version == "终版2"
    assert described("a.md", front_matter=Properties(date="2025年9月")).date == "2025-09"
    assert described("a_20250930.md", front_matter=Properties(date="待定")).date == "2025-09-30"


def manifest(folder: Path, *lines: str) -> Path:
    path = folder / "manifest.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_manifest_is_found_in_the_folder_or_above_it(tmp_path: Path) -> None:
    documents = tmp_path / "documents" / "p1"
    documents.mkdir(parents=True)
    manifest(
        tmp_path,
        '{"path": "documents/p1/a.md", "project": "双活", "licence": "CC0"}',
        "",
        '{"path": "documents/p2/b.md", "project": "别的"}',
    )
    assert read_manifest(tmp_path).keys() == {"documents/p1/a.md", "documents/p2/b.md"}
    assert read_manifest(tmp_path / "documents").keys() == {"p1/a.md", "p2/b.md"}
    assert read_manifest(documents) == {"a.md": Properties(project="双活")}
    assert read_manifest(documents).problems == []


def test_without_a_manifest_there_is_nothing(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) == Manifest() == {}
    manifest(tmp_path)
    assert read_manifest(tmp_path) == {}


def test_a_broken_row_names_its_line_and_field_and_stops_nothing(tmp_path: Path) -> None:
    manifest(
        tmp_path,
        '{"path": "a.md", "project": "双活"}',
        '{"path": "b.md", "version": 1.2}',
        '{"project": "没有路径"}',
        '{"path": "c.md", "date": "下周"}',
        "{这不是 JSON",
        '{"path": "../outside.md", "project": "外面"}',
        '{"path": "a\\u0000"}',
        '{"path": "d.md", "author": "张三"}',
    )
    found = read_manifest(tmp_path)
    assert found.keys() == {"a.md", "d.md"}
    assert [problem.message.split(":")[0] for problem in found.problems] == [
        "manifest.jsonl, line 2",
        "manifest.jsonl, line 3",
        "manifest.jsonl, line 4",
        "manifest.jsonl, line 5",
        "manifest.jsonl, line 7",
    ]
    assert "field `version`" in found.problems[0].message
    assert "field `path`" in found.problems[1].message
    assert "field `date`: '下周' is no date" in found.problems[2].message
    assert "field `path`: 'a\\x00' is no path" in found.problems[4].message
    assert all(problem.hint and "\n" not in problem.message + problem.hint for problem in found.problems)


def test_a_manifest_that_is_no_text_is_a_problem_not_an_error(tmp_path: Path) -> None:
    (tmp_path / "manifest.jsonl").write_bytes(bytes(range(256)) * 20)
    assert [problem.message for problem in read_manifest(tmp_path).problems] == [
        "manifest.jsonl is not a text file, whatever its extension says."
    ]
