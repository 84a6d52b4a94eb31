"""Tables and lists that were cut come back whole."""

from collections.abc import Iterator

import pytest

import retrieval.continued
from ingest.chunk import Chunk, Span
from ingest.index.lock import Holder
from ingest.index.store import Point, Store
from ingest.lexical import sparse_vectors
from ingest.library import Library
from ingest.settings import Settings
from retrieval.answer import Passage
from retrieval.continued import goes_on, with_rest
from tests.retrieval.library import chunk_id
from tests.retrieval.passages import document, row, span

META = document("plan")
HEADER = ("编号", "处置")


def chunk(seq: int, *spans: Span, under: str = "模块清单", header: tuple[str, ...] = ()) -> Chunk:
    return Chunk(id=chunk_id(f"rest-{seq}"), document_id="plan", seq=seq, headings=(under,), spans=spans, header=header)


CHUNKS = [
    chunk(0, row("A1", "下线"), header=HEADER),
    chunk(1, row("A2", "保留"), header=HEADER),
    chunk(2, row("A3", "下线"), header=HEADER),
    chunk(3, row("B1", "3台"), header=("名称", "数量")),
    chunk(4, span("以上清单已确认。")),
]


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with Library(settings, Holder("test"), create=True) as library:
        points = [Point(chunk=one, document=META, dense=None, sparse=sparse_vectors(one.text)) for one in CHUNKS]
        library.store.upsert(points)
        yield library.store


def found(*seqs: int) -> list[Passage]:
    return [Passage(rank=n, score=1.0, chunk=CHUNKS[seq], document=META) for n, seq in enumerate(seqs, start=1)]


def test_the_rest_of_a_table_comes_behind_what_was_found(store: Store) -> None:
    told = with_rest(store, found(1, 4))
    assert [one.chunk.seq for one in told] == [1, 4, 2, 0]
    assert [one.rank for one in told] == [1, 2, 3, 4]


def test_what_was_found_is_not_told_twice(store: Store) -> None:
    assert [one.chunk.seq for one in with_rest(store, found(0, 1, 2))] == [0, 1, 2]


def test_a_huge_document_is_left_as_it_was_found(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retrieval.continued, "MOST_CHUNKS", len(CHUNKS) - 1)
    assert with_rest(store, found(1)) == found(1)


def test_plain_paragraphs_bring_nothing(store: Store) -> None:
    assert with_rest(store, found(4)) == found(4)


@pytest.mark.parametrize(
    ("one", "following", "expected"),
    [
        (CHUNKS[0], CHUNKS[1], True),
        (CHUNKS[0], CHUNKS[2], False),
        (CHUNKS[2], CHUNKS[3], False),
        (chunk(0, span("一", "list_item")), chunk(1, span("二", "list_item")), True),
        (chunk(0, span("一", "list_item")), chunk(1, span("二", "list_item"), under="别节"), False),
        (CHUNKS[0], chunk(1, span("表2", "caption"), row("A2", "保留"), header=HEADER), False),
    ],
)
def test_what_goes_on(one: Chunk, following: Chunk, *, expected: bool) -> None:
    assert goes_on(one, following) is expected
