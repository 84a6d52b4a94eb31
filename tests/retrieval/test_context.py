"""What stands around a passage comes along, in order and within bounds."""

from collections.abc import Iterator

import pytest

from ingest.chunk import Chunk, Span
from ingest.document import DocumentMeta
from ingest.index.lock import Holder
from ingest.index.store import Point, Store
from ingest.lexical import sparse_vectors
from ingest.library import Library
from ingest.settings import Settings
from retrieval.answer import Passage
from retrieval.context import with_context
from tests.retrieval.library import chunk_id
from tests.retrieval.passages import document, row, span

META = document("plan")
HEADER = ("编号", "事项")


def chunk(seq: int, *spans: Span, under: tuple[str, ...], header: tuple[str, ...] = ()) -> Chunk:
    return Chunk(id=chunk_id(f"plan-{seq}"), document_id="plan", seq=seq, headings=under, spans=spans, header=header)


SYNC, TABLE, NEXT = ("四、数据", "4.1 同步"), ("四、数据", "4.2 校验"), ("五、演练",)
CHUNKS = [
    chunk(0, span("同步的总则。"), under=SYNC),
    chunk(1, span("复制方式的理由。"), under=SYNC),
    chunk(2, span("复制的参数。"), under=SYNC),
    chunk(3, span("校验项如下。"), span("表 4-4 一致性校验", "caption"), row("1", "行数"), under=TABLE, header=HEADER),
    chunk(4, row("2", "金额"), under=TABLE, header=HEADER),
    chunk(5, row("3", "余额"), under=TABLE, header=HEADER),
    chunk(6, span("演练每半年一次。"), under=NEXT),
]
ELSE = Chunk(id=chunk_id("else"), document_id="else", seq=1, headings=SYNC, spans=(span("别的文档。"),))


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with Library(settings, Holder("test"), create=True) as library:
        pairs: list[tuple[Chunk, DocumentMeta]] = [(one, META) for one in CHUNKS]
        pairs.append((ELSE, document("else")))
        vectors = library.embedder.embed_passages([one.text for one, _ in pairs])
        library.store.upsert(
            [
                Point(one, meta, vector, sparse_vectors(one.text))
                for (one, meta), vector in zip(pairs, vectors, strict=True)
            ]
        )
        yield library.store


def around(store: Store, seq: int, limit: int) -> list[int]:
    (found,) = with_context(store, [found_at(seq)], limit)
    return [one.seq for one in found.context]


def found_at(seq: int, rank: int = 1) -> Passage:
    return Passage(rank=rank, score=1.0, chunk=CHUNKS[seq], document=META)


def test_the_section_comes_first_then_its_sisters_and_never_the_next_chapter(store: Store) -> None:
    assert around(store, 1, 1000) == [0, 1, 2, 3, 4, 5]
    assert around(store, 1, len("复制方式的理由。同步的总则。复制的参数。")) == [0, 1, 2]
    assert around(store, 6, 1000) == [6]


def test_the_passage_itself_is_always_there(store: Store) -> None:
    assert around(store, 1, 1) == [1]


def test_a_table_that_goes_on_brings_its_caption(store: Store) -> None:
    room = len(CHUNKS[5].text) + len("表 4-4 一致性校验")
    (found,) = with_context(store, [found_at(5)], room)
    assert [one.text for one in found.context] == ["表 4-4 一致性校验", CHUNKS[5].text]
    assert found.context[1].text.startswith("编号 | 事项")


def test_what_a_better_passage_shows_is_not_shown_again(store: Store) -> None:
    first, second = with_context(store, [found_at(0), found_at(2, rank=2)], 1000)
    assert [one.seq for one in first.context] == [0, 1, 3, 4, 5]
    assert [one.seq for one in second.context] == [2]


def test_json_has_the_context_where_it_was_asked_for(store: Store) -> None:
    assert "context" not in found_at(1).to_json()
    (found,) = with_context(store, [found_at(1)], 14)
    assert [one["text"] for one in found.to_json()["context"]] == ["复制方式的理由。", "复制的参数。"]
    assert all(one["locator"]["label"] for one in found.to_json()["context"])


def test_nothing_found_has_no_context(store: Store) -> None:
    assert with_context(store, []) == []
