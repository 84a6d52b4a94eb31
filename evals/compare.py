"""What got better and what worse between two runs: by metric, by kind, by question."""

from collections.abc import Sequence

from evals.report import RunReport
from evals.sample import Sample
from evals.significance import Difference, paired
from ingest.document import Value
from ingest.errors import UsageError

LOWER_IS_BETTER = frozenset({"figures_wrong", "draft_figures_wrong"})

Pairs = Sequence[tuple[Sample, Sample]]


class Change(Value):
    """A question of which a score differs: the metrics that rose and fell, each with both values."""

    id: str
    question: str
    kind: str
    better: dict[str, tuple[float, float]]
    worse: dict[str, tuple[float, float]]
    before: str
    after: str


class Comparison(Value):
    """Two runs on the questions that both have. `only_in_a` and `only_in_b` count the others; `differs` names what else
    was not the same (index, model, questions, settings).
    """

    n: int
    only_in_a: int
    only_in_b: int
    differs: tuple[str, ...]
    metrics: dict[str, Difference]
    kinds: dict[str, dict[str, Difference]]
    changes: tuple[Change, ...]


def compare(a: RunReport, b: RunReport) -> Comparison:
    """Compare run `b` with run `a`, question by question. Raises `UsageError` when they have no question in common."""
    before = {sample.id: sample for sample in a.per_question}
    pairs = [(before[sample.id], sample) for sample in b.per_question if sample.id in before]
    if not pairs:
        raise UsageError("The two runs have no question in common.", "Compare runs of the same set and split.")
    kinds = dict.fromkeys(after.kind for _, after in pairs)
    return Comparison(
        n=len(pairs),
        only_in_a=len(before) - len(pairs),
        only_in_b=len(b.per_question) - len(pairs),
        differs=_differs(a, b),
        metrics=_differences(pairs),
        kinds={kind: _differences([pair for pair in pairs if pair[1].kind == kind]) for kind in kinds},
        changes=tuple(change for change in map(_change, pairs) if change.better or change.worse),
    )


def is_better(metric: str, difference: float) -> bool:
    """Whether a rise of this metric by `difference` is an improvement."""
    return difference < 0 if metric in LOWER_IS_BETTER else difference > 0


def _differences(pairs: Pairs) -> dict[str, Difference]:
    names = dict.fromkeys(name for pair in pairs for sample in pair for name in sample.scores)
    found = {
        name: paired([a.scores.get(name) for a, _ in pairs], [b.scores.get(name) for _, b in pairs]) for name in names
    }
    return {name: difference for name, difference in found.items() if difference}


def _change(pair: tuple[Sample, Sample]) -> Change:
    a, b = pair
    better: dict[str, tuple[float, float]] = {}
    worse: dict[str, tuple[float, float]] = {}
    for name, value in b.scores.items():
        before = a.scores.get(name)
        if value is not None and before is not None and value != before:
            (better if is_better(name, value - before) else worse)[name] = (before, value)
    return Change(
        id=b.id, question=b.question, kind=b.kind, better=better, worse=worse, before=a.explanation, after=b.explanation
    )


def _differs(a: RunReport, b: RunReport) -> tuple[str, ...]:
    if not (a.provenance and b.provenance):
        return ("provenance unknown",)
    names = ("commit", "model", "fingerprint", "index", "questions", "settings", "version")
    return tuple(name for name in names if getattr(a.provenance, name) != getattr(b.provenance, name))
