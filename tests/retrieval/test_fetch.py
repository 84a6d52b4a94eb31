"""What a question names is searched by itself, and nothing of it is crowded out."""

from collections.abc import Iterator

import pytest

from ingest.index.lock import Holder
from ingest.index.store import Filter
from ingest.library import Library
from ingest.settings import Settings
from retrieval.answer import Guess
from retrieval.fetch import Fetcher
from retrieval.filters_from_words import Preference
from retrieval.names import Mention, Subject
from retrieval.search import Searcher, SearchResult
from retrieval.understood import Understood, as_written
from tests.retrieval.library import fill

BANK = Subject("禾川银行", frozenset({"sizing", "archive"}))
BROKER = Subject("云澜证券", frozenset({"sync", "drill", "handover"}))
DRILL = Preference(Guess(key="title", value="drill", words="演练里"), frozenset({"drill"}), 10.0)


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    with Library(settings, Holder("test"), create=True) as library:
        fill(library)
        yield library


@pytest.fixture
def fetcher(library: Library) -> Fetcher:
    return Fetcher(Searcher(library.store, library.embedder))


def documents(found: SearchResult) -> list[str]:
    return [passage.document.id for passage in found.passages]


def named(topic: str, *subjects: Subject, words: str = "云澜") -> Understood:
    return Understood(f"{words} {topic}", topic, (Mention(words, subjects),), subjects)


def test_a_question_as_written_is_one_search(fetcher: Fetcher, library: Library) -> None:
    question = "ES 怎么同步"
    plain = Searcher(library.store, library.embedder).search(question, 3)
    assert fetcher.fetch(as_written(question), 3, "hybrid", Filter()).passages == plain.passages


def test_of_a_named_project_only_its_documents_come_and_who_says_its_name(fetcher: Fetcher) -> None:
    found = fetcher.fetch(named("迁移了多少", BROKER), 10, "hybrid", Filter())
    assert set(documents(found)) == BROKER.documents
    # The name stands in a passage of the other project, which is evidence, too.
    found = fetcher.fetch(named("谁接手", BROKER, words="910b3"), 10, "hybrid", Filter())
    assert set(documents(found)) == {*BROKER.documents, "sizing"}


def test_two_named_projects_take_turns(fetcher: Fetcher) -> None:
    found = fetcher.fetch(named("RPO 和演练", BROKER, BANK), 4, "hybrid", Filter())
    assert [one in BROKER.documents for one in documents(found)] == [True, False, True, False]
    assert [passage.rank for passage in found.passages] == [1, 2, 3, 4]


def test_a_question_for_all_projects_hears_each_first(fetcher: Fetcher) -> None:
    question = "ES 同步 RPO 演练 切换 未完事项"
    alone = documents(fetcher.fetch(Understood(question, question), 2, "hybrid", Filter()))
    assert set(alone) <= BROKER.documents
    found = documents(fetcher.fetch(Understood(question, question, of_all=True), 2, "hybrid", Filter()))
    assert found[0] in BROKER.documents
    assert found[1] in BANK.documents


def test_preferred_documents_come_first_with_and_without_a_named_project(fetcher: Fetcher) -> None:
    for one in (Understood("RPO 是多少", "RPO 是多少", preferences=(DRILL,)), named("RPO 是多少", BROKER)):
        preferring = Understood(one.question, one.topic, one.mentions, one.subjects, (DRILL,))
        assert documents(fetcher.fetch(preferring, 3, "hybrid", Filter()))[0] == "drill"


def test_filters_hold_for_named_projects(fetcher: Fetcher) -> None:
    where = Filter({"document_id": ("drill", "sizing")})
    assert documents(fetcher.fetch(named("RPO", BROKER), 5, "hybrid", where)) == ["drill"]


def test_lists_and_times_of_all_searches_come_along(fetcher: Fetcher) -> None:
    found = fetcher.fetch(named("RPO 和卡数", BROKER, BANK), 4, "hybrid", Filter())
    assert len(found.lists["dense"]) == len(BROKER.documents | BANK.documents)
    assert {"embed", "search", "fuse", "read"} <= set(found.timings_ms)
