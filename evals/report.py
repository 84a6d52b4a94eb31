"""What a run comes to: means with their intervals, by kind, refusals, the risk–coverage curve, latencies."""

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


class RunReport(Value):
    """A run over a question set. Each metric is the mean over the questions it is defined for, None where there are
    none; `intervals` has what a mean can be trusted to; `latency_ms` is by stage, `ask` being the whole.
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
        agreement=agreements(samples),
        provenance=provenance,
        per_question=tuple(samples),
    )


def _metrics(samples: Sequence[Sample]) -> dict[str, float | None]:
    refused = [sample.status == "refused" for sample in samples]
    refusals = refusal_scores(refused, [sample.answerable for sample in samples])
    return mean_scores([sample.scores for sample in samples]) | {
        f"refusal_{metric}": value for metric, value in refusals.items()
    }


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
