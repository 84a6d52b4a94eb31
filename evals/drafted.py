"""Answers by the language model with the draft that each was made of, so that checking can be scored by itself."""

from collections.abc import Iterable, Sequence
from time import perf_counter

from evals.claim_metrics import ReadDocument, claim_scores
from evals.content_metrics import content_scores, is_correct
from evals.dataset import Question
from evals.replies import RememberedModel, Replies
from evals.sample import Scores
from ingest.library import Library
from retrieval.answer import Answer, Citation, Claim, Passage
from retrieval.asking import Asking
from retrieval.assistant import Assistant
from retrieval.finding import Event
from retrieval.generate.ask_model import ChatModel
from retrieval.generate.assemble import MISSING
from retrieval.generate.schema import Claimed
from retrieval.generate.writer import Draft, Writer
from retrieval.generate.written import write_answer
from retrieval.search import SearchResult

BEFORE = "draft_"
"""What the names of the draft's scores begin with."""


class DraftedAnswer(Answer):
    """An answer with the model's `draft` of it, in the same shape; None where the model was not asked or wrote nothing.

    `timings_ms` has `passages` and `first_claim` too: from the question until the first passages, and until the first
    claim that stood the check, can be shown. `spared_ms` is what kept replies took when they came, and not now.
    """

    draft: Answer | None = None
    spared_ms: float = 0.0


class Drafting:
    """An assistant whose every answer is asked of the language model, unless it is among the `replies` that it gave
    before. `close` ends a model of this machine.
    """

    def __init__(self, library: Library, replies: Replies) -> None:
        self._assistant = Assistant(library)
        self._model = RememberedModel(ChatModel(library.settings), replies)
        self._writer = Writer(library.settings, self._model)

    def search(self, asking: Asking, k: int) -> SearchResult:
        """The `k` passages found."""
        return self._assistant.search(asking, k)

    def ask(self, asking: Asking) -> DraftedAnswer:
        """What a user would get, and what the model had written. A model that fails costs no answer.

        A reply that was kept takes the time it took when it came.
        """
        self._model.begin()
        started = perf_counter()
        finding = self._assistant.find(asking)
        timings, draft, answer = {"passages": _since(started)}, Draft(), None
        for step in write_answer(self._writer, finding, asking.history, lambda: False, draft):
            if not isinstance(step, Event):
                answer = step
            elif step.name == "claim":
                timings.setdefault("first_claim", _since(started) + self._model.spared_ms)
        assert answer
        if self._model.first_spared_ms is not None:
            timings["first_token"] = self._model.first_spared_ms
            timings["model"] = answer.timings_ms["model"] + self._model.spared_ms
        is_said = bool(draft.claims) or (bool(draft.passages) and answer.fallback in (None, "dropped"))
        own = {name: getattr(answer, name) for name in type(answer).model_fields}
        return DraftedAnswer(
            **own | {"timings_ms": answer.timings_ms | timings},
            spared_ms=self._model.spared_ms,
            draft=as_answer(asking.question, draft) if is_said else None,
        )

    def close(self) -> None:
        """End the model's process, if it runs here."""
        self._model.close()
        self._assistant.close()


def as_answer(question: str, draft: Draft) -> Answer:
    """The draft as if nothing had checked it: every claim with the passages that the model names."""
    cited: dict[tuple[int, str], Citation] = {}
    claims = [
        Claim(
            text=claim.text,
            citations=tuple(_cite(n, draft.passages[n - 1], claim, cited) for n in _named(claim, draft.passages)),
            verified=False,
        )
        for claim in draft.claims
    ]
    missing = "；".join(draft.missing) or None
    said = [one.text for one in claims] + ([f"{MISSING}：{missing}"] if missing else [])
    return Answer(
        question=question,
        status="refused" if not claims else "partial" if missing else "answered",
        text="\n".join(said),
        claims=tuple(claims),
        citations=tuple(cited.values()),
        missing=missing,
        answerer="llm",
    )


def draft_scores(question: Question, draft: Answer, read_document: ReadDocument) -> Scores:
    """The scores of a draft, by the rules of the answer's (`claim_metrics`, `content_metrics`)."""
    cited, _ = claim_scores(draft, read_document)
    sources = [text for one in draft.citations for text in read_document(one.document.id)]
    content, _ = content_scores(question, draft, sources)
    scores = cited | content
    scores["correct"] = float(is_correct(question, scores, refused=draft.status == "refused"))
    return {BEFORE + name: score for name, score in scores.items() if name != "quotes_verbatim"}


def _named(claim: Claimed, passages: Sequence[Passage]) -> Iterable[int]:
    return [n for n in dict.fromkeys(claim.sources) if 0 < n <= len(passages)]


def _cite(n: int, passage: Passage, claim: Claimed, cited: dict[tuple[int, str], Citation]) -> int:
    """The citation's number. A quote that does not stand there makes the whole passage the one cited."""
    text = passage.chunk.text
    quote = next((one for one in claim.quotes if one and one in text), text)
    if (n, quote) not in cited:
        cited[n, quote] = Citation(
            n=len(cited) + 1, quote=quote, document=passage.document, locator=passage.chunk.locator
        )
    return cited[n, quote].n


def _since(started: float) -> float:
    return round((perf_counter() - started) * 1000, 1)
