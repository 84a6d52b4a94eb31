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


def made(*, answerable: bool, chunks: list[StoredChunk] = CHUNKS) -> list[str]:
    return [one.question for one in make_questions(chunks, FIRMS, seed=1) if one.answerable == answerable]


def says(question: str, *words: str) -> bool:
    return all(word in question for word in words)


def test_an_answerable_question_names_a_firm_and_a_row_and_a_column_of_one_of_its_tables() -> None:
    cells = [("星衡", "接入网关", "地址"), ("星衡", "接入网关", "端口")]
    cells += [("澜江", "六月月表", "热库计数"), ("澜江", "六月月表", "冷库计数")]
    asked = made(answerable=True)
    assert len(asked) == len(cells)
    assert all(any(says(question, *cell) for question in asked) for cell in cells)


def test_an_unanswerable_one_has_a_row_or_a_column_of_another_firm() -> None:
    asked = made(answerable=False)
    assert any(says(question, "星衡", "接入网关", "库计数") for question in asked)
    assert any(says(question, "澜江", "接入网关", "库计数") for question in asked)
    assert not any(says(question, "星衡", "接入网关", "地址") for question in asked)
    assert not any(says(question, "澜江", "六月月表", "库计数") for question in asked)


def test_or_a_row_and_a_column_that_no_passage_says_together() -> None:
    apart = table("星衡银行", ("负责人", "电话", "部门"), ("裴景行", "8001", "科技部"))
    asked = made(answerable=False, chunks=[*CHUNKS, apart])
    assert any(says(question, "星衡", "接入网关", "电话") for question in asked)
    assert not any(says(question, "裴景行", "电话") for question in asked)


def test_a_cell_that_says_nothing_is_not_asked_for() -> None:
    empty = table("星衡银行", ("组件", "地址", "期限"), ("接入网关", "—", "待定"))
    assert made(answerable=True, chunks=[empty]) == []


def test_the_asking_word_fits_the_cell() -> None:
    one = table("星衡银行", ("事项", "负责人", "期限"), ("换卡演练", "裴景行", "2026-01-30"))
    asked = made(answerable=True, chunks=[one])
    assert {"是谁" in question for question in asked if "负责人" in question} == {True}
    assert {"是哪天" in question for question in asked if "期限" in question} == {True}


def test_the_same_seed_makes_the_same_questions() -> None:
    assert make_questions(CHUNKS, FIRMS, seed=3) == make_questions(reversed(CHUNKS), FIRMS, seed=3)
