"""Runs made by hand, for what keeps and compares them."""

from evals.provenance import Provenance
from evals.report import RunReport, summarize
from evals.sample import Sample

STATE = Provenance(
    created="2026-01-05T09:30:00+00:00",
    version="0.1.0",
    commit="abc",
    settings={},
    model="m",
    fingerprint="f",
    documents=1,
    chunks=2,
    index="i",
    questions="q",
    python="3.11",
    cores=2,
)


def sample(name: str, kind: str = "fact", /, **scores: float) -> Sample:
    return Sample(
        id=name,
        question=f"{name}？",
        kind=kind,
        answerable=True,
        status="answered",
        scores=dict(scores),
        explanation=f"why {name}",
        milliseconds=3.0,
        confidence=0.7,
        timings_ms={"search": 1.0},
    )


def report(*samples: Sample, **state: object) -> RunReport:
    return summarize("hand", "dev", samples, STATE.model_copy(update=state))
