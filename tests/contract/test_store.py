import threading
from dataclasses import replace

import numpy as np
import pytest

from ingest.chunk import Chunk, Span
from ingest.document import DocumentMeta, Locator
from ingest.errors import CaseloreError, ModelMismatch, StoreUnavailable
from ingest.index.open import drop_store
from ingest.index.store import Filter, Point, Store, StoredChunk, VectorQuery
from ingest.settings import Settings
from tests.contract.conftest import HOLDER, OpenStore
from tests.contract.points import chunk_id, dense, point, sparse


def texts(stored: list[StoredChunk]) -> list[str]:
    return [one.chunk.text for one in stored]


def test_what_is_written_is_read_back_whole(store: Store) -> None:
    place = Locator(kind="sheet", sheet="算力评估", range="B3:D9", headings=("一、规模", "1.1 卡数"))
    page = Locator(kind="page", page=3, bbox=(72.25, 100.5, 523.0, 120.125), shape=None, headings=("二、同步",))
    chunk = Chunk(
        id=chunk_id("whole"),
        document_id="d1",
        seq=7,
        headings=("一、规模",),
        header=("型号", "张数"),
        spans=(
            Span(text="910B3 | 74", locator=place, kind="row", cells=("910B3", "74")),
            Span(text="换行\n制表\t引号\"'`\\ 零宽\u200b 表情🚀 生僻字𠮷 ﷽ \u0000 结尾", locator=page),
        ),
    )
    document = DocumentMeta(
        id="d1",
        title="双活架构设计说明书「终版2」",
        path="星衡银行/a b/'双活'.docx",
        format="docx",
        project="AICC 双活",
        customer="星衡银行",
        doc_type="架构设计说明书",
        author="张三",
        date="2025-03",
        version="V1.2",
    )
    store.upsert([Point(chunk, document, dense(1, 0, 0, 0), {"words": sparse({1: 1}), "bigrams": sparse({})})])
    assert store.retrieve([chunk.id]) == [StoredChunk(chunk, document)]
    assert list(store.scroll()) == [StoredChunk(chunk, document)]


def test_absent_metadata_stays_absent(store: Store) -> None:
    bare = point("bare")
    store.upsert([bare])
    (stored,) = store.retrieve([chunk_id("bare")])
    assert stored.document == bare.document
    assert stored.document.project is None


def test_a_point_of_the_same_id_is_replaced(store: Store) -> None:
    store.upsert([point("a", (1, 0, 0, 0), {1: 1}, text="旧", project="甲")])
    store.upsert([point("a", (0, 1, 0, 0), {2: 1}, text="新", customer="乙")])
    assert store.count() == 1
    (stored,) = store.retrieve([chunk_id("a")])
    assert (stored.chunk.text, stored.document.project, stored.document.customer) == ("新", None, "乙")
    by_old_word, by_new_word, by_vector = store.search(
        [
            VectorQuery("words", sparse({1: 1}), 10),
            VectorQuery("words", sparse({2: 1}), 10),
            VectorQuery("dense", dense(0, 1, 0, 0), 10),
        ]
    )
    assert by_old_word == []
    assert [one.id for one in by_new_word] == [chunk_id("a")]
    assert by_vector[0].score == pytest.approx(1)


def test_of_two_points_with_one_id_in_a_batch_the_last_counts(store: Store) -> None:
    store.upsert([point("a", text="先"), point("b"), point("a", text="后")])
    assert texts(store.retrieve([chunk_id("a")])) == ["后"]
    assert store.count() == 2


def test_writing_nothing_is_fine(store: Store) -> None:
    store.upsert([])
    store.delete_documents([])
    assert store.count() == 0


def test_chunks_come_in_the_order_asked_for_without_unknown_ids(store: Store) -> None:
    store.upsert([point(str(n), text=str(n)) for n in range(30)])
    order = [int(n) for n in np.random.default_rng(1).permutation(30)]
    wanted = [chunk_id(str(n)) for n in order]
    assert texts(store.retrieve(wanted)) == [str(n) for n in order]
    assert texts(store.retrieve([wanted[3], chunk_id("unknown"), "no-uuid", wanted[0], wanted[3]])) == [
        str(order[3]),
        str(order[0]),
        str(order[3]),
    ]
    assert store.retrieve([]) == []


def test_documents_are_deleted_with_all_their_chunks(store: Store) -> None:
    store.upsert([point(f"{document}{n}", document=document) for document in "abc" for n in range(3)])
    store.delete_documents(["a", "c", "unknown"])
    assert {one.chunk.document_id for one in store.scroll()} == {"b"}
    assert store.count() == 3
    assert store.retrieve([chunk_id("a0")]) == []
    (ranked,) = store.search([VectorQuery("dense", dense(1, 0, 0, 0), 10)])
    assert {one.id for one in ranked} == {chunk_id(f"b{n}") for n in range(3)}
    store.delete_documents(["a"])
    assert store.count() == 3


def test_a_deleted_document_can_come_back(store: Store) -> None:
    for text in ("先", "后"):
        store.upsert([point("a", words={1: 1}, text=text)])
        assert texts(list(store.scroll())) == [text]
        store.delete_documents(["doc"])
        assert store.count() == 0


def test_scrolling_meets_every_chunk_once(store: Store) -> None:
    store.upsert([point(str(n), text=str(n)) for n in range(700)])
    assert sorted(texts(list(store.scroll())), key=int) == [str(n) for n in range(700)]


def test_scrolling_goes_on_while_others_write(store: Store) -> None:
    store.upsert([point(str(n), document="old") for n in range(600)])
    rows = store.scroll()
    first = next(rows)
    store.delete_documents(["old"])
    store.upsert([point("new", document="new")])
    assert {one.chunk.document_id for one in [first, *rows]} <= {"old", "new"}


def test_everything_is_there_after_closing(opened: OpenStore) -> None:
    first = opened()
    first.upsert([point(str(n), words={n: 1.0}, text=str(n), project="甲" if n % 2 else "乙") for n in range(50)])
    first.delete_documents(["unknown"])
    query = VectorQuery("words", sparse({7: 1.0}), 10)
    before = first.search([query])
    first.close()
    again = opened()
    assert again.count() == 50
    assert again.search([query]) == before
    assert again.facet("project") == {"甲": 25, "乙": 25}
    assert texts(again.retrieve([chunk_id("49")])) == ["49"]
    again.upsert([point("50")])
    assert again.count() == 51


def test_a_closed_store_says_so(opened: OpenStore) -> None:
    store = opened()
    store.close()
    store.close()
    with pytest.raises(StoreUnavailable, match="closed"):
        store.count()
    with pytest.raises(StoreUnavailable, match="closed"):
        store.upsert([point("a")])
    with pytest.raises(StoreUnavailable, match="closed"):
        next(store.scroll())


def test_an_index_of_other_dimensions_is_refused(opened: OpenStore) -> None:
    first = opened(4)
    first.upsert([point("a")])
    first.close()
    with pytest.raises(ModelMismatch) as raised:
        opened(8)
    assert "CASELORE_EMBED_MODEL" in raised.value.hint
    assert opened(4).count() == 1, "and it can still be opened with the right ones"


def test_a_point_of_other_dimensions_is_refused(store: Store) -> None:
    with pytest.raises(ModelMismatch):
        store.upsert([point("a"), point("b", (1, 0, 0))])
    assert store.count() == 0
    with pytest.raises(ModelMismatch):
        store.search([VectorQuery("dense", dense(1, 0, 0), 10)])


def test_a_dropped_index_is_empty(opened: OpenStore, store_settings: Settings) -> None:
    first = opened()
    first.upsert([point("a")])
    first.close()
    drop_store(store_settings, HOLDER)
    drop_store(store_settings, HOLDER)
    assert opened(8).count() == 0


def test_ten_thousand_points_in_one_call(store: Store) -> None:
    store.upsert([point(str(n), (n, 9_999, 0, 0), {n % 100: 1.0}, document=f"d{n % 7}") for n in range(10_000)])
    assert store.count() == 10_000
    near, worded = store.search(
        [VectorQuery("dense", dense(1, 0, 0, 0), 10), VectorQuery("words", sparse({42: 1.0}), 1000)]
    )
    assert near[0].id == chunk_id("9999")
    assert {one.id for one in worded} == {chunk_id(str(n)) for n in range(42, 10_000, 100)}
    assert sum(store.facet("document_id").values()) == 10_000


def test_reads_go_on_while_one_writes(store: Store) -> None:
    batches, size = 40, 25
    store.upsert([point("first", words={1: 1.0}, text="第一")])
    done, errors, seen = threading.Event(), list[Exception](), list[list[int]]()

    def read() -> None:
        counts: list[int] = []
        try:
            while not done.is_set():
                counts.append(store.count())
                dense_list, word_list = store.search(
                    [VectorQuery("dense", dense(1, 0, 0, 0), 5), VectorQuery("words", sparse({1: 1.0}), 2000)]
                )
                assert texts(store.retrieve([chunk_id("first")])) == ["第一"]
                assert len(dense_list) == min(5, counts[-1]) or len(dense_list) == 5
                assert len(word_list) >= counts[-1], "what was counted is found"
        except (AssertionError, CaseloreError) as error:
            errors.append(error)
        seen.append(counts)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for n in range(batches):
        store.upsert([point(f"{n}-{m}", words={1: 1.0}) for m in range(size)])
    done.set()
    for reader in readers:
        reader.join()
    assert not errors, errors[0]
    assert all(counts == sorted(counts) for counts in seen), "no count goes back"
    assert store.count() == batches * size + 1


def test_a_chunk_without_a_dense_vector_is_found_by_its_words_alone(store: Store) -> None:
    store.upsert([point("deep", (1, 0, 0, 0), {1: 1}), replace(point("shallow", (1, 0, 0, 0), {1: 1}), dense=None)])
    by_meaning, by_word, lacking = store.search(
        [
            VectorQuery("dense", dense(1, 0, 0, 0), 10),
            VectorQuery("words", sparse({1: 1}), 10),
            VectorQuery("words", sparse({1: 1}), 10, Filter(lacks_dense=True)),
        ]
    )
    assert [one.id for one in by_meaning] == [chunk_id("deep")]
    assert {one.id for one in by_word} == {chunk_id("deep"), chunk_id("shallow")}
    assert [one.id for one in lacking] == [chunk_id("shallow")]
    assert store.count(Filter(lacks_dense=True)) == 1
    assert store.count(Filter({"document_id": ("another",)}, lacks_dense=True)) == 0


def test_dense_vectors_added_later_count_as_if_written_at_once(opened: OpenStore) -> None:
    store = opened()
    late = replace(point("late", words={1: 2}, bigrams={3: 1}, text="后来", project="甲"), dense=None)
    store.upsert([late, point("other", (0, 1, 0, 0))])
    store.add_dense(
        {chunk_id("late"): dense(0, 0, 1, 0), chunk_id("unknown"): dense(1, 0, 0, 0), "no id": dense(1, 0, 0, 0)}
    )
    store.close()
    store = opened()
    assert store.count() == 2
    assert store.count(Filter(lacks_dense=True)) == 0
    assert store.retrieve([chunk_id("late")]) == [StoredChunk(late.chunk, late.document)]
    queries = [VectorQuery("dense", dense(0, 0, 1, 0), 1), VectorQuery("bigrams", sparse({3: 1}), 10)]
    assert [[one.id for one in found] for found in store.search(queries)] == [[chunk_id("late")], [chunk_id("late")]]
    store.add_dense({})


def test_a_dense_vector_of_another_length_is_refused_later_too(store: Store) -> None:
    store.upsert([replace(point("a"), dense=None)])
    with pytest.raises(ModelMismatch):
        store.add_dense({chunk_id("a"): np.ones(3, np.float32)})
    assert store.count(Filter(lacks_dense=True)) == 1
