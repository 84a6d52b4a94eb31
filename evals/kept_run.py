"""A kept run as JSON for who looks at it: its row in a list, the whole of it, one question of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from evals.gold import same_document
from evals.metric_groups import BY_KIND, GROUPS, LOWER_IS_BETTER, is_better
from evals.outcome import outcome, urgency
from evals.record import Runs
from evals.report import RunReport
from evals.sample import Sample, Shown
from evals.shared_words import shared_words
from ingest.errors import UsageError

Json = dict[str, Any]


class Rows:
    """The rows of a list of runs. A file is read again only when it has changed."""

    def __init__(self, kept: Runs) -> None:
        self._kept = kept
        self._read: dict[tuple[str, int], Json | None] = {}

    def newest_first(self) -> list[Json]:
        """Each run with what it changed against the run before it of the same set and split. A file that is no run is
        passed over.
        """
        keys = [(file.stem, file.stat().st_mtime_ns) for file in self._kept.files()]
        self._read = {key: self._read[key] if key in self._read else self._row(key[0]) for key in keys}
        before: dict[tuple[str, str], Json] = {}
        rows: list[Json] = []
        for one in filter(None, self._read.values()):
            series = one["set"], one["split"]
            rows.append(one | {"change": _change(before.get(series), one)})
            before[series] = one
        return rows[::-1]

    def _row(self, run_id: str) -> Json | None:
        try:
            return row(run_id, self._kept.get(run_id))
        except UsageError:
            return None


def row(run_id: str, report: RunReport) -> Json:
    """What a list shows of a run: metrics and intervals, how many outcomes of each sort, the state it saw."""
    state = report.provenance
    return {
        "id": run_id,
        "set": report.set,
        "split": report.split,
        "n": report.n,
        "metrics": report.metrics,
        "intervals": {name: one.model_dump() for name, one in report.intervals.items()},
        "kinds": {kind: one.model_dump() for kind, one in report.kinds.items()},
        "provenance": state.model_dump() if state else None,
    }


def whole(run_id: str, report: RunReport) -> Json:
    """The row of a run with its metrics by group, its latencies, and its questions, the most harmful failure first."""
    grouped = {name for names in GROUPS.values() for name in names}
    samples = sorted(report.per_question, key=urgency)
    return row(run_id, report) | {
        "groups": {group: [name for name in names if name in report.metrics] for group, names in GROUPS.items()},
        "others": [name for name in report.metrics if name not in grouped],
        "by_kind": [name for name in BY_KIND if name in report.metrics],
        "lower_is_better": sorted(LOWER_IS_BETTER),
        "latency_ms": {stage: one.model_dump() for stage, one in report.latency_ms.items()},
        "tokens": report.tokens,
        "agreement": {what: one.model_dump() for what, one in report.agreement.items()},
        "questions": [_brief(sample) for sample in samples],
    }


def question(sample: Sample, ids: Mapping[str, str]) -> Json:
    """One question with answer, gold and passages, each text in pieces that say whether gold has the same words;
    `ids` gives the id of every document that the library has now, by its path.
    """
    gold = [one.text for one in sample.gold]
    return _brief(sample) | {
        "status": sample.status,
        "confidence": sample.confidence,
        "milliseconds": sample.milliseconds,
        "scores": sample.scores,
        "answer": shared_words(sample.answer, gold),
        "citations": [_place(one, gold, ids) for one in sample.citations],
        "passages": [_place(one, gold, ids) for one in sample.passages],
        "gold": [_place(one, (), ids) for one in sample.gold],
        "points": sample.points,
        "missing": sample.missing,
    }


def _change(before: Json | None, now: Json) -> Json | None:
    """What each metric changed by; nothing where the questions are not the same, as means of others do not compare."""
    if before is None:
        return None
    asked = [one["provenance"] and one["provenance"]["questions"] for one in (before, now)]
    if asked[0] != asked[1]:
        return {"since": before["id"], "comparable": False, "metrics": {}}
    changes = {}
    for name, value in now["metrics"].items():
        was = before["metrics"].get(name)
        if value is not None and was is not None:
            difference = value - was
            changes[name] = {"by": difference, "better": is_better(name, difference)}
    return {"since": before["id"], "comparable": True, "metrics": changes}


def _brief(sample: Sample) -> Json:
    return {
        "id": sample.id,
        "question": sample.question,
        "kind": sample.kind,
        "answerable": sample.answerable,
        "outcome": outcome(sample),
        "explanation": sample.explanation,
    }


def _place(shown: Shown, gold: Sequence[str], ids: Mapping[str, str]) -> Json:
    found = ids.get(shown.path) or next((ids[path] for path in ids if same_document(path, shown.path)), None)
    return {
        "path": shown.path,
        "place": shown.place,
        "text": shared_words(shown.text, gold),
        "document": found,
    }
