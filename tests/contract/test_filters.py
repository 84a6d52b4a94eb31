import pytest

from ingest.errors import UnknownFilter
from ingest.index.store import FILTER_KEYS, Filter, Store, VectorQuery
from tests.contract.conftest import OpenStore
from tests.contract.points import chunk_id, dense, point, sparse

NAMES = ("a1", "a2", "b1", "c1", "c2", "c3")
ODD = "终版 \"2\" / 'x' *"


@pytest.fixture
def filled(store: Store) -> Store:
    """Three documents: a (two chunks, of 星衡银行), b (one, of the same customer), c (three, with neither)."""
    store.upsert(
        [
            point(name, words={1: 1.0}, document="a", customer="星衡银行", doc_type="周报", version="V1.0")
            for name in ("a1", "a2")
        ]
    )
    store.upsert(
        [
            point("b1", words={1: 1}, document="b", customer="星衡银行", doc_type="会议纪要", version=ODD),
            *(point(name, words={1: 1.0}, document="c", doc_type="周报") for name in ("c1", "c2", "c3")),
        ]
    )
    return store


@pytest.mark.parametrize(
    ("where", "names"),
    [
        (Filter(), NAMES),
        (Filter({"customer": ("星衡银行",)}), ("a1", "a2", "b1")),
        (Filter({"customer": ("星衡",)}), ()),
        (Filter({"document_id": ("a", "b")}), ("a1", "a2", "b1")),
        (Filter({"document_id": ("b", "unknown")}), ("b1",)),
        (Filter({"customer": ("星衡银行",), "doc_type": ("周报",)}), ("a1", "a2")),
        (Filter({"customer": ("星衡银行",), "doc_type": ("合同",)}), ()),
        (Filter({"version": (ODD,)}), ("b1",)),
        (Filter({"path": ("c.md",)}), ("c1", "c2", "c3")),
        (Filter({"doc_type": ()}), ()),
        (Filter(exclude_documents=frozenset({"a"})), ("b1", "c1", "c2", "c3")),
        (Filter(exclude_documents=frozenset({"a", "c", "unknown"})), ("b1",)),
        (Filter({"customer": ("星衡银行",)}, frozenset({"b"})), ("a1", "a2")),
        (Filter({"document_id": ("a",)}, frozenset({"a"})), ()),
    ],
)
def test_a_filter_means_the_same_everywhere(filled: Store, where: Filter, names: tuple[str, ...]) -> None:
    expected = {chunk_id(name) for name in names}
    near, worded = filled.search(
        [VectorQuery("dense", dense(1, 0, 0, 0), 10, where), VectorQuery("words", sparse({1: 1.0}), 10, where)]
    )
    assert {one.id for one in near} == expected
    assert {one.id for one in worded} == expected
    assert {one.chunk.id for one in filled.scroll(where)} == expected
    assert filled.count(where) == len(expected)
    assert sum(filled.facet("document_id", where).values()) == len(expected)


def test_many_documents_can_be_excluded(store: Store) -> None:
    store.upsert([point(str(n), document=str(n)) for n in range(1000)])
    where = Filter(exclude_documents=frozenset(str(n) for n in range(999)))
    (ranked,) = store.search([VectorQuery("dense", dense(1, 0, 0, 0), 10, where)])
    assert [one.id for one in ranked] == [chunk_id("999")]


def test_facets_count_chunks_by_value(filled: Store) -> None:
    assert filled.facet("doc_type") == {"周报": 5, "会议纪要": 1}
    assert filled.facet("customer") == {"星衡银行": 3}, "chunks without a value are not counted"
    assert filled.facet("author") == {}
    assert filled.facet("document_id", Filter({"doc_type": ("周报",)})) == {"a": 2, "c": 3}


def test_a_facet_has_all_values(store: Store) -> None:
    store.upsert([point(str(n), document=str(n)) for n in range(1500)])
    assert store.facet("document_id") == {str(n): 1 for n in range(1500)}


def test_facets_forget_what_was_deleted(filled: Store, opened: OpenStore) -> None:
    filled.delete_documents(["b"])
    assert filled.facet("doc_type") == {"周报": 5}
    filled.close()
    assert opened().facet("document_id") == {"a": 2, "c": 3}


@pytest.mark.parametrize("key", FILTER_KEYS)
def test_every_filter_key_has_facets(store: Store, key: str) -> None:
    store.upsert([point("a", project="p", customer="c", doc_type="t", author="u", date="2025", version="v")])
    assert sum(store.facet(key).values()) == 1


def test_an_unknown_key_is_refused(store: Store) -> None:
    where = Filter({"colour": ("red",)})
    for call in (
        lambda: store.count(where),
        lambda: list(store.scroll(where)),
        lambda: store.search([VectorQuery("dense", dense(1, 0, 0, 0), 10, where)]),
        lambda: store.facet("colour"),
        lambda: store.facet("project", where),
    ):
        with pytest.raises(UnknownFilter, match="colour") as raised:
            call()
        assert "customer" in raised.value.hint
