"""Reordering the best passages by a model that reads question and passage together. Only where one is configured.

A cross-encoder costs tens of milliseconds a passage on a CPU, so it reads the best few only, a batch at a time, and
stops when its time is up: what it has not read stays behind, in the order it came in.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Protocol

from ingest.settings import Settings
from retrieval.answer import Passage
from retrieval.cross_encoder import load_cross_encoder, predicted

if TYPE_CHECKING:
    from llama_index.core.postprocessor.types import BaseNodePostprocessor

DEPTH = 30
"""Passages that may be read. The first 30 of the fused list hold a gold passage for 94 of 100 questions of the own dev
set and for 87 to 100 of the public sets; the first 50 for one to five more, at two thirds more time.
"""

BATCH = 4
"""Passages read at once; the clock is looked at between batches."""


_SETTING = "CASELORE_RERANK_MODEL"


class Judge(Protocol):
    """A model that says how well each text answers the question; higher is better, comparable within one question."""

    def scores(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """One score per text."""


class Reranker:
    """Puts the passages first that the judge prefers, within `budget_ms` (one batch may run over)."""

    def __init__(self, judge: Judge, budget_ms: float, clock: Callable[[], float] = perf_counter) -> None:
        self._judge = judge
        self._budget_s = budget_ms / 1000
        self._clock = clock

    def rerank(self, question: str, passages: Sequence[Passage]) -> tuple[Passage, ...]:
        """The same passages with new ranks; their scores stay the fused ones, by which they were found."""
        until = self._clock() + self._budget_s
        read: list[tuple[float, Passage]] = []
        for start in range(0, min(len(passages), DEPTH), BATCH):
            if self._clock() >= until:
                break
            batch = passages[start : min(start + BATCH, DEPTH)]
            texts = [one.chunk.embedding_text(one.document.title) for one in batch]
            read += zip(self._judge.scores(question, texts), batch, strict=True)
        ordered = [passage for _, passage in sorted(read, key=lambda pair: -pair[0])]
        behind = passages[len(read) :]
        return tuple(one.model_copy(update={"rank": rank}) for rank, one in enumerate([*ordered, *behind], start=1))


def load_reranker(settings: Settings) -> Reranker | None:
    """The reranker that the settings name; None when they name none. Raises `ModelUnavailable`."""
    if not settings.rerank_model:
        return None
    return Reranker(CrossEncoderJudge(settings.rerank_model, settings.models_path), settings.rerank_ms)


class CrossEncoderJudge:
    """A cross-encoder of sentence-transformers. Raises `ModelUnavailable` when it cannot be loaded or fails."""

    def __init__(self, name: str, cache: Path) -> None:
        self._model = load_cross_encoder(name, cache, _SETTING)

    def scores(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """One score per text."""
        found = predicted(self._model, [(question, text) for text in texts], _SETTING)
        return [float(one) for one in found]


class LlamaIndexJudge:
    """Any LlamaIndex node postprocessor that scores nodes, from one's own code: `Reranker(LlamaIndexJudge(mine), 300)`.

    A text that the postprocessor leaves out comes last.
    """

    def __init__(self, postprocessor: "BaseNodePostprocessor") -> None:
        self._postprocessor = postprocessor

    def scores(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """One score per text."""
        from llama_index.core.schema import NodeWithScore, TextNode

        nodes = [NodeWithScore(node=TextNode(id_=str(at), text=text)) for at, text in enumerate(texts)]
        found = self._postprocessor.postprocess_nodes(nodes, query_str=question)
        by_id = {one.node.node_id: one.get_score() for one in found}
        return [by_id.get(str(at), float("-inf")) for at in range(len(texts))]
