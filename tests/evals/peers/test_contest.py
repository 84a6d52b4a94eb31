"""The same passages and questions to all, the same scores for all."""

from collections.abc import Sequence

import pytest

from evals.dataset import Gold, Question
from evals.peers.contest import by_gold, by_qrels, contest
from evals.peers.peer import PeerPassage
from tests.evals.found import passage

PASSAGES = [PeerPassage(id=name, text=name) for name in "abc"]


class Always:
    """Finds the same whatever is asked."""

    def __init__(self, *found: str) -> None:
        self.name = "always " + " ".join(found)
        self.indexed: list[str] = []
        self._found = list(found)

    def index(self, passages: Sequence[PeerPassage]) -> None:
        self.indexed += [one.id for one in passages]

    def search(self, question: str, k: int) -> list[str]:
        return self._found[:k]


def test_each_system_is_scored_by_what_it_finds() -> None:
    good, bad = Always("a", "b"), Always("c", "a")
    questions = [f"q{n}" for n in range(20)]
    found = contest("hand", lambda _, k: ["a"][:k], [good, bad], PASSAGES, questions, by_qrels([{"a"}] * 20), "m")
    ours, first, second = found.standings
    assert (found.passages, found.n, found.vectors) == (3, 20, "m")
    assert (ours.name, ours.against_ours) == ("Caselore", None)
    assert ours.metrics["ndcg@10"] == first.metrics["ndcg@10"] == 1.0
    assert second.metrics["recall@1"] == 0.0
    assert second.against_ours is not None
    assert second.against_ours.difference == pytest.approx(second.metrics["ndcg@10"] - 1)  # type: ignore[operator]
    assert second.against_ours.is_significant
    assert good.indexed == bad.indexed == ["a", "b", "c"]


def test_gold_of_a_question_set_scores_documents_and_passages() -> None:
    asked = Question(id="q", question="？", kind="k", answerable=True, gold=(Gold(path="x.md", quote="RPO 为 0"),))
    known = {"1": passage(1, "x.md", "别的"), "2": passage(1, "x.md", "RPO 为 0")}
    scores = by_gold([asked], known)(0, ["1", "2"])
    assert scores["document_recall@1"] == 1.0
    assert (scores["passage_recall@1"], scores["passage_recall@5"]) == (0.0, 1.0)
