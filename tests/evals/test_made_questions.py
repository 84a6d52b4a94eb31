"""Questions made from tables."""

from evals.made_questions import make_questions
from ingest.chunk import Chunk, Span
from ingest.document import DocumentMeta, Locator
from ingest.index.store import StoredChunk


def table(firm: str, header: tuple[str, ...], *rows: tuple[str, ...]) -> StoredChunk:
    place = Locator(kind="sheet", sheet="表", range="A1")
    spans = tuple(Span(text=" | ".join(cells), kind="row", cells=cells, locator=place) for cells in rows)
    chunk = Chunk(id=firm, document_id=firm, seq=0, headings=(), spans=spans, header=header)
    return StoredChunk(chunk, DocumentMeta(id=firm, title=firm, path=f"{firm}.xlsx", format="xlsx", customer=firm))


CHUNKS = [
    table("星衡银行", ("组件", "地址", "端口"), ("接入网关", "192.0.2.1", "443"), ("合计", "1", "1")),
    table("澜江证券", ("月表", "热库计数", "冷库计数"), ("六月月表", "701,433", "一致")),
]
FIRMS = ["星衡银行", "澜江证券"]


def test_an_answerable_question_names_a_row_and_a_column_of_one_table() -> None:
    made = {one.question for one in make_questions(CHUNKS, FIRMS, seed=1) if one.answerable}
    assert made == {
        "星衡接入网关的地址是多少？",
        "星衡接入网关的端口是多少？",
        "澜江六月月表的热库计数是多少？",
        "澜江六月月表的冷库计数是什么？",
    }


def test_an_unanswerable_one_names_a_column_of_another_firm() -> None:
    made = {one.question for one in make_questions(CHUNKS, FIRMS, seed=1) if not one.answerable}
    assert made <= {
        "星衡接入网关的热库计数是多少？",
        "星衡接入网关的冷库计数是多少？",
        "澜江六月月表的地址是多少？",
        "澜江六月月表的端口是多少？",
    }
    assert made


def test_the_same_seed_makes_the_same_questions() -> None:
    assert make_questions(CHUNKS, FIRMS, seed=3) == make_questions(reversed(CHUNKS), FIRMS, seed=3)
