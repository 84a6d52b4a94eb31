"""Ours and the peers on the same passages and questions, scored alike."""

from collections.abc import Callable, Mapping, Sequence
from time import perf_counter

import numpy as np

from evals.dataset import Question
from evals.gold_metrics import document_scores, passage_scores
from evals.peers.peer import Peer, PeerPassage
from evals.progress import Watch, unwatched
from evals.rank_metrics import rank_scores
from evals.sample import Scores, mean_scores
from evals.significance import Difference, paired
from ingest.document import Value
from retrieval.answer import Passage

DEPTH = 50

Search = Callable[[str, int], Sequence[str]]


class Standing(Value):
    """One system: its mean scores, how its nDCG@10 differs from ours (paired), and milliseconds for half and 95 of 100
    searches.
    """

    name: str
    metrics: dict[str, float | None]
    against_ours: Difference | None
    p50_ms: float
    p95_ms: float


class Contest(Value):
    """All systems, ours first. `n` questions have a gold passage; `vectors` names what the peers' dense lists use."""

    set: str
    passages: int
    n: int
    vectors: str
    standings: tuple[Standing, ...]


def contest(
    name: str,
    ours: Search,
    peers: Sequence[Peer],
    passages: Sequence[PeerPassage],
    questions: Sequence[str],
    score: Callable[[int, Sequence[str]], Scores],
    vectors: str,
    watch: Watch = unwatched,
) -> Contest:
    """Index the passages in every peer and put every question to all; `score` judges the ids found for a question."""
    searches: dict[str, Search] = {"Caselore": ours}
    for peer in watch(peers, "index peers", len(peers)):
        peer.index(passages)
        searches[peer.name] = peer.search
    rows: dict[str, list[Scores]] = {}
    taken: dict[str, list[float]] = {}
    for system, search in searches.items():
        rows[system], taken[system] = [], []
        for at, question in enumerate(watch(questions, system, len(questions))):
            started = perf_counter()
            found = search(question, DEPTH)
            taken[system].append((perf_counter() - started) * 1000)
            rows[system].append(score(at, found))
    return Contest(
        set=name,
        passages=len(passages),
        n=len(questions),
        vectors=vectors,
        standings=tuple(_standing(system, rows, taken[system]) for system in searches),
    )


def by_gold(questions: Sequence[Question], known: Mapping[str, Passage]) -> Callable[[int, Sequence[str]], Scores]:
    """Scores by the gold of a question set."""

    def score(at: int, found: Sequence[str]) -> Scores:
        passages = [known[one] for one in found]
        return document_scores(questions[at], passages)[0] | passage_scores(questions[at], passages)[0]

    return score


def by_qrels(relevant: Sequence[set[str]]) -> Callable[[int, Sequence[str]], Scores]:
    """Scores by the ids that are relevant to each question."""

    def score(at: int, found: Sequence[str]) -> Scores:
        return dict(rank_scores([one in relevant[at] for one in found], len(relevant[at])))

    return score


def _standing(system: str, rows: Mapping[str, Sequence[Scores]], taken: Sequence[float]) -> Standing:
    own, first = rows[system], next(iter(rows.values()))
    metric = "passage_ndcg@10" if own and "passage_ndcg@10" in own[0] else "ndcg@10"
    return Standing(
        name=system,
        metrics=mean_scores(own),
        against_ours=None if own is first else paired([one[metric] for one in first], [one[metric] for one in own]),
        p50_ms=round(float(np.percentile(taken, 50)), 2),
        p95_ms=round(float(np.percentile(taken, 95)), 2),
    )
