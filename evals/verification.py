"""How well claims are checked: true statements said otherwise, and false ones made of them, put to the checker.

The statements come from a question set: its points, its gold quotes and the cells of its gold rows. Each is checked
against the passages that the assistant finds for its question, with the gold passages among them, as in an answer.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from time import perf_counter

from evals.dataset import Question
from evals.verification_cases import Case, cases, superseded_facts
from ingest.document import Value
from ingest.index.store import StoredChunk
from retrieval.answer import Passage
from retrieval.verify.check import check
from retrieval.verify.drafted import DraftClaim
from retrieval.verify.entailment import NliModel, doubted, to_read
from retrieval.verify.verdict import Dropped, Supported, Verdict


class KindScores(Value):
    """Verdicts on the statements of one kind: how many there are, the shares supported and unverified."""

    n: int
    supported: float
    unverified: float


class VerificationReport(Value):
    """Acceptance by kind; `precision`: of all that was supported, how much is true; `recall`: of the true, how much was
    supported. `false_accepts` names the false statements that were supported, `ms` is the mean time of one claim.
    `with_model` is the same once a model of inference has read again what the rules support.
    """

    questions: int
    true: dict[str, KindScores]
    false: dict[str, KindScores]
    precision: float
    recall: float
    false_accept_rate: float
    ms: float
    false_accepts: tuple[tuple[str, str, str], ...]
    false_drops: tuple[tuple[str, str, str], ...]
    with_model: "VerificationReport | None" = None


@dataclass
class _Tally:
    """The verdicts of one way to check."""

    verdicts: dict[tuple[bool, str], list[str]] = field(default_factory=dict)
    accepted: list[tuple[str, str, str]] = field(default_factory=list)
    refused: list[tuple[str, str, str]] = field(default_factory=list)
    spent_s: float = 0.0

    def add(self, case: Case, verdict: Verdict, spent_s: float) -> None:
        supported, name = isinstance(verdict, Supported), type(verdict).__name__
        self.spent_s += spent_s
        self.verdicts.setdefault((case.is_true, case.kind), []).append(name)
        if supported and not case.is_true:
            self.accepted.append((case.question.id, case.kind, case.text))
        if not supported and case.is_true:
            cause = verdict.words if isinstance(verdict, Dropped) else name
            self.refused.append((case.question.id, case.kind, f"{case.text} → {cause}"))

    def report(self, questions: int) -> VerificationReport:
        scores = {key: _scores(names) for key, names in self.verdicts.items()}
        true = {kind: one for (is_true, kind), one in scores.items() if is_true}
        false = {kind: one for (is_true, kind), one in scores.items() if not is_true}
        good, bad = (sum(one.supported * one.n for one in group.values()) for group in (true, false))
        every_true, every_false = (sum(one.n for one in group.values()) for group in (true, false))
        return VerificationReport(
            questions=questions,
            true=true,
            false=false,
            precision=good / (good + bad) if good + bad else 0.0,
            recall=good / every_true if every_true else 0.0,
            false_accept_rate=bad / every_false if every_false else 0.0,
            ms=self.spent_s * 1000 / max(every_true + every_false, 1),
            false_accepts=tuple(self.accepted),
            false_drops=tuple(self.refused),
        )


def evaluate(
    questions: Sequence[Question],
    stored: Sequence[StoredChunk],
    find: Callable[[Question], Sequence[Passage]],
    watch: Callable[[Iterable[Question], str, int], Iterable[Question]],
    model: NliModel | None = None,
) -> VerificationReport:
    """Put every case of the answerable questions to the checker; what it supports to the `model`, too.

    Raises `ModelUnavailable` when that fails.
    """
    rules, both = _Tally(), _Tally()
    answerable = [one for one in questions if one.answerable]
    superseded = superseded_facts(stored)
    told: set[str] = set()
    for question in watch(answerable, "questions", len(answerable)):
        checked: list[tuple[Case, Verdict, float]] = []
        for case in cases(question, stored, find(question), superseded):
            if case.kind == "older version":
                if case.text in told:
                    continue
                told.add(case.text)
            started = perf_counter()
            verdict = check(DraftClaim(text=case.text, sources=case.sources), case.shown, case.question.question)
            checked.append((case, verdict, perf_counter() - started))
            rules.add(*checked[-1])
        if model:
            _read_again(checked, model, both)
    report = rules.report(len(answerable))
    return report.model_copy(update={"with_model": both.report(len(answerable))}) if model else report


def _read_again(checked: Sequence[tuple[Case, Verdict, float]], model: NliModel, into: _Tally) -> None:
    started = perf_counter()
    pairs = {at: pair for at, (_, verdict, _) in enumerate(checked) if (pair := to_read(verdict))}
    found = dict(zip(pairs, model.contradictions(list(pairs.values())), strict=True))
    each_s = (perf_counter() - started) / max(len(checked), 1)
    for at, (case, verdict, spent_s) in enumerate(checked):
        into.add(case, doubted(verdict, found[at]) if at in found else verdict, spent_s + each_s)


def _scores(names: Sequence[str]) -> KindScores:
    return KindScores(
        n=len(names),
        supported=names.count("Supported") / len(names),
        unverified=names.count("Unverified") / len(names),
    )
