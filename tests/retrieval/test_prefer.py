"""Passages of what a question names before others."""

from ingest.index.store import Filter, Scored
from retrieval.answer import Guess
from retrieval.filters_from_words import Preference
from retrieval.names import Subject
from retrieval.prefer import about, by_project, in_turn, joined, preferred, woven
from retrieval.search import SearchResult
from tests.retrieval.passages import document, passage, row, span

OWN = [passage(span(f"第{n}句。"), rank=n, score=5 - n, of=document("own", project="P")) for n in range(1, 5)]
TELLING = passage(span("墨竹用了 14 天。"), rank=1, of=document("other", project="Q"))
SILENT = passage(span("用了 20 天。"), rank=2, of=document("silent", project="Q"))


def test_a_filter_the_user_set_is_narrowed_never_widened() -> None:
    subject = Subject("P", frozenset({"a", "b"}))
    assert about(Filter(), subject).equals == {"document_id": ("a", "b")}
    assert about(Filter({"document_id": ("b", "c")}), subject).equals == {"document_id": ("b",)}


def test_who_says_the_name_gets_a_place_and_who_does_not_gets_none() -> None:
    found = woven(OWN, [SILENT, TELLING], ["墨竹"])
    assert [one.document.id for one in found] == ["own", "own", "own", "other", "own"]


def test_in_turn_no_project_is_crowded_out() -> None:
    found = in_turn(by_project([*OWN, TELLING]))
    assert [one.document.id for one in found[:2]] == ["own", "other"]
    assert len(found) == 5


def test_a_preferred_document_moves_up_by_its_bonus_only() -> None:
    wanted = Preference(Guess(key="title", value="x", words="x"), frozenset({"other"}), 1.0)
    low = TELLING.model_copy(update={"score": 2.5})
    assert [one.document.id for one in preferred([*OWN, low], [wanted])] == ["own", "other", "own", "own", "own"]


def test_joined_lists_keep_the_best_score_and_times_of_one_clock_once() -> None:
    clock = {"embed": 2.0}
    first = SearchResult("q", (), {"dense": (Scored("a", 0.2), Scored("b", 0.5))}, clock)
    second = SearchResult("q", (), {"dense": (Scored("a", 0.9),)}, clock)
    whole = joined("q", OWN, [first, second])
    assert whole.lists["dense"] == (Scored("a", 0.9), Scored("b", 0.5))
    assert whole.timings_ms == clock


def test_where_a_change_is_asked_for_tables_of_versions_move_up() -> None:
    table = passage(row("合计", "68", "74"), rank=2, score=3.5, of=document("own"), header=("项目", "V1.0", "终版"))
    assert preferred([OWN[0], table], []) == [OWN[0], table]
    assert preferred([OWN[0], table], [], is_change=True) == [table, OWN[0]]
