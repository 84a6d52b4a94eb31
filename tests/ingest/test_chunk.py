"""A chunk's three texts: as it stands, as a reader takes it in, as it is embedded."""

from ingest.chunk import Chunk, Span
from ingest.document import Locator

ROW = Locator(kind="sheet", sheet="评估", range="A2:C2")
CHUNK = Chunk(
    id="0" * 32,
    document_id="d",
    seq=0,
    headings=("评估",),
    header=("型号", "张数", ""),
    spans=(
        Span(text="表1 算力评估", locator=Locator(kind="sheet", sheet="评估", range="A1")),
        Span(text="910B3 | 74 | 含冗余", locator=ROW, kind="row", cells=("910B3", "74", "含冗余")),
    ),
)


def test_text_is_what_stands_in_the_document_under_its_header() -> None:
    assert CHUNK.text == "表1 算力评估\n型号 | 张数 | \n910B3 | 74 | 含冗余"


def test_a_row_reads_with_its_columns_named() -> None:
    assert CHUNK.readable(CHUNK.spans[1]) == "型号：910B3；张数：74；含冗余"


def test_a_label_merged_over_columns_is_read_once_and_equal_figures_twice() -> None:
    row = Span(text="合计 | 合计 | 0 | 0", locator=ROW, kind="row", cells=("合计", "合计", "0", "0"))
    table = CHUNK.model_copy(update={"header": ("类别", "用途", "RPO", "RTO"), "spans": (row,)})
    assert table.readable(row) == "类别：合计；RPO：0；RTO：0"


def test_the_heading_path_is_embedded() -> None:
    assert CHUNK.embedding_text("评估表").startswith("评估表 › 评估\n表1 算力评估\n型号：910B3")


def test_the_chunk_is_where_its_spans_are() -> None:
    assert CHUNK.locator.range == "A1:C2"
