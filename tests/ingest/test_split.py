"""Chunks follow the structure: nothing torn, nothing lost, every span on its own place."""

from collections.abc import Sequence

from ingest.chunk import Chunk
from ingest.document import Element, Locator, Table, TableRow
from ingest.split import split

Path = tuple[str, ...]


class Sheet:
    """Writes elements one below the other, one line each."""

    def __init__(self) -> None:
        self.elements: list[Element] = []
        self.path: Path = ()
        self.line = 0

    def heading(self, text: str, level: int) -> None:
        self.path = (*self.path[: level - 1], text)
        self.elements.append(Element(kind="heading", text=text, level=level, locator=self.place()))

    def text(self, text: str) -> None:
        self.elements.append(Element(kind="paragraph", text=text, locator=self.place()))

    def item(self, text: str, level: int = 1) -> None:
        self.elements.append(Element(kind="list_item", text=text, level=level, locator=self.place()))

    def note(self, text: str) -> None:
        self.elements.append(Element(kind="note", text=text, locator=self.place()))

    def caption(self, text: str) -> None:
        self.elements.append(Element(kind="caption", text=text, locator=self.place()))

    def code(self, lines: Sequence[str]) -> None:
        first = self.line + 1
        self.line += len(lines)
        place = Locator(kind="lines", headings=self.path, line_start=first, line_end=self.line)
        self.elements.append(Element(kind="code", text="\n".join(lines), locator=place))

    def table(self, header: Sequence[str], *rows: Sequence[str]) -> None:
        first = self.place()
        body = tuple(TableRow(cells=tuple(row), locator=self.place()) for row in rows)
        self.elements.append(Element(kind="table", locator=first, table=Table(header=tuple(header), rows=body)))

    def place(self) -> Locator:
        self.line += 1
        return Locator(kind="lines", headings=self.path, line_start=self.line, line_end=self.line)

    def split(self, target: int = 100) -> list[Chunk]:
        return split("doc", self.elements, target)


def spans(chunk: Chunk) -> list[str]:
    return [span.text for span in chunk.spans]


def size(chunk: Chunk) -> int:
    return sum(len(chunk.readable(span)) for span in chunk.spans)


LONG = "双活方案采用两地部署。每个站点同时承载生产流量。" * 3  # 72 characters


def test_sections_do_not_share_a_chunk() -> None:
    sheet = Sheet()
    for name in ("一、背景", "二、方案"):
        sheet.heading(name, 1)
        sheet.text(LONG)
    chunks = sheet.split()
    assert [chunk.headings for chunk in chunks] == [("一、背景",), ("二、方案",)]
    assert [spans(chunk) for chunk in chunks] == [[LONG], [LONG]]
    assert [chunk.seq for chunk in chunks] == [0, 1]


def test_small_siblings_share_one_below_their_parent_and_keep_their_headings_as_text() -> None:
    sheet = Sheet()
    sheet.heading("交接文档", 1)
    sheet.heading("一、背景", 2)
    sheet.text("始于去年。")
    sheet.heading("二、账号", 2)
    sheet.heading("（一）生产", 3)
    sheet.text("向王五申请。")
    sheet.heading("三、风险", 2)
    sheet.text(LONG + "待定。" * 10)
    small, big = sheet.split()
    assert small.headings == ("交接文档",)
    assert spans(small) == ["一、背景", "始于去年。", "二、账号", "（一）生产", "向王五申请。"]
    assert [span.locator.line_start for span in small.spans] == [2, 3, 4, 5, 6]
    assert small.spans[4].locator.headings == ("交接文档", "二、账号", "（一）生产")
    assert (big.headings, spans(big)) == (("交接文档", "三、风险"), [LONG + "待定。" * 10])


def test_small_sections_do_not_leave_their_parent() -> None:
    sheet = Sheet()
    sheet.heading("一", 1)
    sheet.heading("1.1 甲", 2)
    sheet.text("甲的内容。")
    sheet.heading("二", 1)
    sheet.heading("2.1 乙", 2)
    sheet.text("乙的内容。")
    assert [chunk.headings for chunk in sheet.split()] == [("一", "1.1 甲"), ("二", "2.1 乙")]


def test_a_document_of_headings_only_can_be_found() -> None:
    sheet = Sheet()
    sheet.heading("建设方案", 1)
    sheet.heading("一、总体架构", 2)
    sheet.heading("二、数据同步", 2)
    (chunk,) = sheet.split()
    assert chunk.headings == ("建设方案",)
    assert spans(chunk) == ["一、总体架构", "二、数据同步"]


def test_a_heading_that_states_a_figure_can_be_quoted() -> None:
    sheet = Sheet()
    sheet.heading("一、评估结论：共需74张910B3", 1)
    sheet.text(LONG)
    (chunk,) = sheet.split()
    assert spans(chunk) == ["一、评估结论：共需74张910B3", LONG]


def test_slides_do_not_share_a_chunk() -> None:
    elements = [
        Element(kind="paragraph", text="要点", locator=Locator(kind="slide", slide=slide, headings=("标题",)))
        for slide in (1, 2)
    ]
    assert [chunk.locator.slide for chunk in split("doc", elements, 400)] == [1, 2]


def test_a_long_paragraph_is_cut_between_sentences_evenly() -> None:
    sheet = Sheet()
    text = "".join(f"第{number:02}句话说的是某一件具体的事情。" for number in range(20))  # 20 sentences of 17
    sheet.text(text)
    chunks = sheet.split()
    assert "".join("".join(spans(chunk)) for chunk in chunks) == text
    assert all(chunk.text.endswith("。") for chunk in chunks)
    assert {len(chunk.spans) for chunk in chunks} == {1}
    assert {len(chunk.text) for chunk in chunks} == {85}
    assert {chunk.locator.line_start for chunk in chunks} == {1}


def test_a_single_sentence_stays_whole() -> None:
    sheet = Sheet()
    sheet.text("甲" * 300 + "。")
    assert [len(chunk.text) for chunk in sheet.split()] == [301]


def test_a_dump_without_sentences_is_cut_where_it_can_be() -> None:
    sheet = Sheet()
    dump = "，".join(["值" * 9] * 100)
    sheet.text(dump)
    chunks = sheet.split()
    assert "".join(chunk.text for chunk in chunks) == dump
    assert max(len(chunk.text) for chunk in chunks) <= 400
    assert all(chunk.text.endswith("，") for chunk in chunks[:-1])


def test_a_list_stays_with_the_line_that_introduces_it() -> None:
    sheet = Sheet()
    sheet.text(LONG)
    sheet.text("主要包括：")
    for number in range(1, 5):
        sheet.item(f"{number}. 某个需要完成的事项说明")
    first, second = sheet.split()
    assert spans(first) == [LONG]
    assert spans(second)[0] == "主要包括："
    assert len(second.spans) == 5


def test_a_list_too_long_repeats_what_introduces_its_parts() -> None:
    sheet = Sheet()
    sheet.text("主要包括：")
    for number in range(1, 4):
        sheet.item(f"{number}. 模块{number}")
        for letter in "abcdef":
            sheet.item(f"{letter}) 模块{number}的子项说明{letter}，共计若干个步骤", level=2)
    chunks = sheet.split()
    assert len(chunks) == 3
    assert all(spans(chunk)[0] == "主要包括：" for chunk in chunks)
    assert [spans(chunk)[1] for chunk in chunks] == ["1. 模块1", "2. 模块2", "3. 模块3"]
    assert all(size(chunk) <= 150 + len("主要包括：") for chunk in chunks)
    assert chunks[2].spans[0].locator.line_start == 1
    everything = [span for chunk in chunks for span in spans(chunk) if span != "主要包括："]
    assert everything == [element.text for element in sheet.elements[1:]]


def test_an_item_torn_from_its_parent_repeats_it() -> None:
    sheet = Sheet()
    sheet.item("1. 切换步骤")
    for letter in "abcdefghij":
        sheet.item(f"{letter}) 对应的某个操作步骤的详细说明文字内容", level=2)
    first, second = sheet.split()
    assert spans(first)[:2] == ["1. 切换步骤", "a) 对应的某个操作步骤的详细说明文字内容"]
    assert spans(second)[0] == "1. 切换步骤"
    assert [span.kind for span in second.spans] == ["list_item"] * len(second.spans)


def test_table_rows_stay_whole_with_their_header_and_caption() -> None:
    sheet = Sheet()
    sheet.caption("表1 算力评估")
    rows = [(f"型号{number}", str(number), "备注内容" * 3) for number in range(10)]
    sheet.table(("型号", "张数", "备注"), *rows)
    sheet.text("合计见附录。")
    chunks = sheet.split()
    assert all(chunk.header == ("型号", "张数", "备注") for chunk in chunks)
    assert all(spans(chunk)[0] == "表1 算力评估" for chunk in chunks)
    cells = [span.cells for chunk in chunks for span in chunk.spans if span.kind == "row"]
    assert cells == rows
    assert spans(chunks[-1])[-1] == "合计见附录。"
    assert all(size(chunk) <= 150 for chunk in chunks)
    row = chunks[0].spans[1]
    assert (row.text, row.locator.line_start) == ("型号0 | 0 | 备注内容备注内容备注内容", 3)


def test_one_huge_row_is_not_torn() -> None:
    sheet = Sheet()
    sheet.table(("问题", "措施"), ("甲", "乙" * 500), ("丙", "丁"))
    first, second = sheet.split()
    assert [len(first.spans), len(second.spans)] == [1, 1]


def test_two_tables_do_not_share_a_chunk() -> None:
    sheet = Sheet()
    sheet.table(("a", "b"), ("1", "2"))
    sheet.table(("c", "d"), ("3", "4"))
    assert [chunk.header for chunk in sheet.split()] == [("a", "b"), ("c", "d")]


def test_code_is_cut_between_lines_and_counts_them() -> None:
    sheet = Sheet()
    sheet.text("执行：")
    sheet.code([f"echo 步骤{number:02} && sleep 1" for number in range(12)])
    chunks = sheet.split()
    code = [span for chunk in chunks for span in chunk.spans if span.kind == "code"]
    assert "\n".join(span.text for span in code) == sheet.elements[1].text
    assert [(span.locator.line_start, span.locator.line_end) for span in code] == [(2, 5), (6, 9), (10, 13)]
    assert all(spans(chunk)[0] == "执行：" for chunk in chunks)


def test_a_note_stays_with_what_it_is_about() -> None:
    sheet = Sheet()
    sheet.text(LONG)
    sheet.note("[1] 含决策时间。")
    sheet.text(LONG)
    first, second = sheet.split()
    assert spans(first) == [LONG, "[1] 含决策时间。"]
    assert first.spans[1].kind == "note"
    assert spans(second) == [LONG]


def test_a_short_tail_joins_what_stands_before_it() -> None:
    sheet = Sheet()
    sheet.text(LONG)
    sheet.text("另行通知。" * 8)
    assert [len(chunk.spans) for chunk in sheet.split()] == [1, 1]
    sheet.elements[1] = sheet.elements[1].model_copy(update={"text": "另行通知，详见附件以及后续邮件说明文件。"})
    assert [len(chunk.spans) for chunk in sheet.split(80)] == [2]


def test_ids_come_from_the_content() -> None:
    sheet = Sheet()
    for name in ("一、甲", "二、乙"):
        sheet.heading(name, 1)
        sheet.text(LONG)
    once, again = sheet.split(), sheet.split()
    assert [chunk.id for chunk in once] == [chunk.id for chunk in again]
    assert len({chunk.id for chunk in once}) == 2
    other = split("other", sheet.elements, 100)
    assert not {chunk.id for chunk in once} & {chunk.id for chunk in other}


def test_nothing_makes_nothing() -> None:
    assert split("doc", [], 400) == []
