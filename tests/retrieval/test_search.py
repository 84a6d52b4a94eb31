"""Search over a real embedded store: ranking, modes, filters, evidence, and what is read back."""

from collections.abc import Iterator, Sequence

import pytest

from ingest.errors import EmptyQuestion
from ingest.index.lock import Holder
from ingest.index.store import Filter, Scored, Store, StoredChunk, VectorQuery
from ingest.library import Library
from ingest.settings import Settings
from retrieval.search import DEPTH, Mode, Searcher
from tests.retrieval.library import PASSAGES, chunk_id, fill


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Searched only, so one serves all tests."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("library"), embed_model="hashing", _env_file=None)
    with Library(settings, Holder("test"), create=True) as library:
        fill(library)
        yield library


@pytest.fixture
def searcher(library: Library) -> Searcher:
    return Searcher(library.store, library.embedder)


@pytest.mark.parametrize("mode", ["hybrid", "sparse"])
@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("910B3 评了多少张卡？", "sizing"),
        ("ES/MySQL 怎么同步？", "sync"),
        ("灾备演练什么时候做？", "drill"),
        ("迁移了5,000,000条消息？", "archive"),
        ("未完事项交接给谁了？", "handover"),
    ],
)
def test_the_right_passage_comes_first(searcher: Searcher, question: str, name: str, mode: Mode) -> None:
    best = searcher.search(question, k=3, mode=mode).passages[0]
    assert best.document.id == name
    assert best.chunk.text == PASSAGES[name][1]


def test_dense_search_ranks_by_the_embedder_alone(library: Library, searcher: Searcher) -> None:
    question = "历史消息怎么校验？"
    found = searcher.search(question, mode="dense")
    texts = [text for _, text in PASSAGES.values()]
    cosines = library.embedder.embed_passages(texts) @ library.embedder.embed_query(question)
    by_cosine = [name for _, name in sorted(zip(cosines, PASSAGES, strict=True), key=lambda pair: -pair[0])]
    assert [passage.document.id for passage in found.passages][:3] == by_cosine[:3]
    assert found.top("dense") == pytest.approx(max(cosines), abs=1e-3)
    assert set(found.lists) == {"dense"}
    assert found.top("words") == 0.0


def test_passages_are_ranked_from_one_with_falling_scores(searcher: Searcher) -> None:
    found = searcher.search("跨集群复制的 RPO", k=4)
    assert [passage.rank for passage in found.passages] == [1, 2, 3, 4]
    scores = [passage.score for passage in found.passages]
    assert scores == sorted(scores, reverse=True)


def test_what_a_refusal_is_judged_by_is_kept(searcher: Searcher) -> None:
    known, unknown = searcher.search("跨集群复制"), searcher.search("食堂菜单")
    assert set(known.lists) == {"dense", "words", "bigrams"}
    assert known.top("words") > 0
    assert unknown.top("words") == unknown.top("bigrams") == 0.0
    assert known.top("dense") > unknown.top("dense")
    assert set(known.timings_ms) == {"embed", "search", "fuse", "read"}


def test_filters_hold_for_every_list(searcher: Searcher) -> None:
    where = Filter(equals={"project": ("禾川银行",)}, exclude_documents=frozenset({"archive"}))
    found = searcher.search("MySQL 半同步复制", where=where)
    assert [passage.document.id for passage in found.passages] == ["sizing"]
    assert {one.id for ranked in found.lists.values() for one in ranked} <= {chunk_id("sizing")}


def test_the_same_question_gives_the_same_ranking(searcher: Searcher) -> None:
    first, second = searcher.search("切换步骤"), searcher.search("切换步骤")
    assert first.passages == second.passages


@pytest.mark.parametrize("question", ["", "  ", "？！", "😀"])
def test_a_question_without_words_is_told(searcher: Searcher, question: str) -> None:
    with pytest.raises(EmptyQuestion):
        searcher.search(question)


def test_a_long_question_is_searched(searcher: Searcher) -> None:
    assert searcher.search("跨集群复制" * 4000, k=1).passages[0].document.id == "sync"


def test_an_empty_store_gives_no_passage(settings: Settings) -> None:
    with Library(settings, Holder("test"), create=True) as library:
        assert Searcher(library.store, library.embedder).search("双活").passages == ()


def test_what_has_no_vector_yet_is_found_by_its_words_and_told(settings: Settings) -> None:
    with Library(settings, Holder("test"), create=True) as library:
        fill(library, shallow=("sync", "drill"))
        searcher = Searcher(library.store, library.embedder, is_shallow=lambda: True)
        found = searcher.search("跨集群复制的 RPO", k=5)
        assert found.passages[0].document.id == "sync"
        assert found.shallow == {chunk_id("sync")}
        assert chunk_id("sync") not in {one.id for one in found.lists["dense"]}
        known = [one.score for one in found.lists["dense"]]
        assert found.cosines()[chunk_id("sync")] == pytest.approx(sum(known) / len(known))
        assert searcher.search("跨集群复制的 RPO", mode="sparse").shallow == frozenset()


class Watched:
    """A store that notes what is asked of it, and forgets some chunks between the two reads."""

    def __init__(self, store: Store, gone: frozenset[str] = frozenset()) -> None:
        self._store = store
        self._gone = gone
        self.asked: list[list[VectorQuery]] = []
        self.read: list[list[str]] = []

    def search(self, queries: Sequence[VectorQuery]) -> list[list[Scored]]:
        self.asked.append(list(queries))
        return self._store.search(queries)

    def retrieve(self, ids: Sequence[str]) -> list[StoredChunk]:
        self.read.append(list(ids))
        return [one for one in self._store.retrieve(ids) if one.chunk.id not in self._gone]


def test_one_round_trip_asks_all_lists_and_only_the_best_are_read(library: Library) -> None:
    watched = Watched(library.store)
    Searcher(watched, library.embedder).search("跨集群复制", k=2)  # type: ignore[arg-type]
    assert [[query.using for query in queries] for queries in watched.asked] == [["dense", "words", "bigrams"]]
    assert {query.limit for query in watched.asked[0]} == {DEPTH}
    assert [len(ids) for ids in watched.read] == [2]


def test_a_chunk_gone_between_the_reads_leaves_no_gap(library: Library) -> None:
    watched = Watched(library.store, gone=frozenset({chunk_id("sync")}))
    found = Searcher(watched, library.embedder).search("跨集群复制", k=3)  # type: ignore[arg-type]
    assert [passage.rank for passage in found.passages] == [1, 2]
    assert "sync" not in {passage.document.id for passage in found.passages}
