"""What a run comes to: means with their intervals, by kind, refusals, the risk–coverage curve, latencies."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from pydantic import Field

from evals.agreement import Agreement, agreements
from evals.provenance import Provenance
from evals.refusal_metrics import refusal_scores
from evals.risk import RiskPoint, area, risk_coverage
from evals.sample import Sample, mean_scores
from evals.significance import Interval, interval
from ingest.document import Value


class Kind(Value):
    """The scores of the questions of one kind."""

    n: int
    metrics: dict[str, float | None]


class Latency(Value):
    """Milliseconds that half of the questions, and 95 of 100, stay under."""

    p50: float
    p95: float


class ModelWork(Value):
    """What a language model did in a run: questions it was `asked`, claims `kept` and `dropped` by the check, answers
    that are not its own by reason (`fallbacks`), and tokens per second that it `reads_per_s` (what it did not know yet)
    and `writes_per_s`; None where it was never heard.
    """

    asked: int
    kept: int
    dropped: int
    fallbacks: dict[str, int]
    reads_per_s: float | None
    writes_per_s: float | None


class RunReport(Value):
    """A run over a question set. Each metric is the mean over the questions it is defined for, None where there are
    none; `intervals` has what a mean can be trusted to; `latency_ms` is by stage, `ask` being the whole. `draft_…` are
    the metrics of what a language model wrote, before any of it was checked.
    """

    set: str
    split: str
    n: int
    metrics: dict[str, float | None]
    intervals: dict[str, Interval] = Field(default_factory=dict)
    kinds: dict[str, Kind] = Field(default_factory=dict)
    risk_coverage: tuple[RiskPoint, ...] = ()
    latency_ms: dict[str, Latency] = Field(default_factory=dict)
    tokens: dict[str, int] = Field(default_factory=dict)
    model_work: ModelWork | None = None
    agreement: dict[str, Agreement] = Field(default_factory=dict)
    provenance: Provenance | None = None
    per_question: tuple[Sample, ...]


def summarize(name: str, split: str, samples: Sequence[Sample], provenance: Provenance | None = None) -> RunReport:
    """All samples of a run as one report."""
    answers = [sample for sample in samples if sample.status != "refused"]
    curve = risk_coverage([one.confidence for one in answers], [one.is_correct for one in answers], of=len(samples))
    scores = dict.fromkeys(metric for sample in samples for metric in sample.scores)
    intervals = {metric: interval([sample.scores.get(metric) for sample in samples]) for metric in scores}
    kinds = dict.fromkeys(sample.kind for sample in samples)
    return RunReport(
        set=name,
        split=split,
        n=len(samples),
        metrics={**_metrics(samples), "aurc": area(curve)},
        intervals={metric: one for metric, one in intervals.items() if one},
        kinds={kind: _kind([sample for sample in samples if sample.kind == kind]) for kind in kinds},
        risk_coverage=curve,
        latency_ms=_latencies(samples),
        tokens={
            what: sum(sample.tokens.get(what, 0) for sample in samples)
            for what in dict.fromkeys(what for sample in samples for what in sample.tokens)
        },
        model_work=_model_work([sample for sample in samples if "llm_wrote" in sample.tokens]),
        agreement=agreements(samples),
        provenance=provenance,
        per_question=tuple(samples),
    )


def _metrics(samples: Sequence[Sample]) -> dict[str, float | None]:
    refused = [sample.status == "refused" for sample in samples]
    refusals = refusal_scores(refused, [sample.answerable for sample in samples])
    found = mean_scores([sample.scores for sample in samples]) | {
        f"refusal_{metric}": value for metric, value in refusals.items()
    }
    if any(sample.draft_status for sample in samples):
        # What the evidence refuses is refused without a draft: it counts before the check as it does after it.
        drafted = [(sample.draft_status or sample.status) == "refused" for sample in samples]
        for metric, value in refusal_scores(drafted, [sample.answerable for sample in samples]).items():
            found[f"draft_refusal_{metric}"] = value
    return found


def _model_work(samples: Sequence[Sample]) -> ModelWork | None:
    if not samples:
        return None
    # Only what was heard to the end has both its times and its tokens.
    heard = [one for one in samples if one.tokens["llm_wrote"] and "first_token" in one.timings_ms]
    fallbacks = Counter(one.fallback for one in samples if one.fallback)
    reading = sum(one.timings_ms["first_token"] for one in heard) / 1000
    writing = sum(one.timings_ms["model"] for one in heard) / 1000 - reading
    return ModelWork(
        asked=sum(bool(one.fallback or one.draft_status) for one in samples),
        kept=sum(one.kept for one in samples),
        dropped=sum(one.dropped for one in samples),
        fallbacks=dict(sorted(fallbacks.items())),
        reads_per_s=round(sum(one.tokens["llm_read"] for one in heard) / reading, 2) if reading > 0 else None,
        writes_per_s=round(sum(one.tokens["llm_wrote"] for one in heard) / writing, 2) if writing > 0 else None,
    )


def _kind(samples: Sequence[Sample]) -> Kind:
    return Kind(n=len(samples), metrics=_metrics(samples))


def _latencies(samples: Sequence[Sample]) -> dict[str, Latency]:
    stages = dict.fromkeys(stage for sample in samples for stage in sample.timings_ms)
    taken = {stage: [sample.timings_ms[stage] for sample in samples if stage in sample.timings_ms] for stage in stages}
    taken["ask"] = [sample.milliseconds for sample in samples]
    return {stage: _latency(values) for stage, values in taken.items() if values}


def _latency(values: Sequence[float]) -> Latency:
    p50, p95 = (round(float(np.percentile(values, share)), 2) for share in (50, 95))
    return Latency(p50=p50, p95=p95)
