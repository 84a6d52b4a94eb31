"""Where runs are looked at and begun by who has the library open already: all that a service shows of evaluations.

It speaks plain JSON, so that who serves it need not know this package (`api.eval_desk` says what is asked of it).
"""

from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from evals import kept_run
from evals.attempt import Attempt
from evals.background import Background
from evals.chosen import OWN, Chosen, choose, shipped
from evals.compare import compare
from evals.dataset import Split
from evals.documents import ids_by_path, reader
from evals.html_report import html
from evals.metric_groups import LOWER_IS_BETTER, MAIN, is_better
from evals.own_sets import OwnSets, SetNotFound
from evals.question_file import write_template
from evals.record import RunNotFound, Runs, baselines
from evals.set_check import check_set
from evals.significance import Difference
from ingest.errors import UsageError
from ingest.library import Library
from ingest.said import Said
from retrieval.assistant import Assistant

Json = dict[str, Any]

TREND = 30
"""Runs in a trend, the newest."""


class Desk:
    """The runs in a library's data folder, and what makes more of them, one at a time, over the open library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        folder = library.settings.data_dir / "evals"
        self._kept, self._own = Runs(folder), OwnSets(folder / "sets")
        self._rows = kept_run.Rows(self._kept)
        self._background = Background()
        self._compare = lru_cache(16)(self._compared)
        self._assistant = lru_cache(1)(lambda: Assistant(library))

    @property
    def draws(self) -> bool:
        """Whether what draws plots is installed."""
        return find_spec("matplotlib") is not None

    @property
    def main_metrics(self) -> tuple[str, ...]:
        """The few metrics that tell most."""
        return MAIN

    def sets(self) -> list[Json]:
        """The sets that can be run: those that come with Caselore, then one's own, with their number of questions."""
        found = [_told(choose(name, cast("Split", split)), name, own=False) for name, split in shipped()]
        for name in self._own.names():
            with suppress(UsageError):  # spoilt by hand since it was taken
                found.append(_told(self._own.read(name), name, own=True))
        return found

    def add_set(self, name: str, content: bytes) -> Json:
        """Keep a question file of one's own. Raises `UsageError` that names its wrong rows."""
        self._own.put(name, content)
        return _told(self._own.read(name), name, own=True)

    def remove_set(self, name: str) -> None:
        """Delete a question file of one's own; its runs stay. Raises `SetNotFound`."""
        self._own.remove(name)

    def template(self) -> bytes:
        """A workbook to fill in, which explains its columns."""
        with TemporaryDirectory(prefix="caselore-") as folder:
            file = Path(folder) / "template.xlsx"
            write_template(file)
            return file.read_bytes()

    def check(self, name: str, split: str) -> Json:
        """Number of questions, and the gold places the library lacks. Raises `SetNotFound`, `UsageError` and, when it
        has none of the documents asked about, `IndexMissing`.
        """
        questions = self._chosen(name, split).questions
        misfits = check_set(questions, ids_by_path(self._library), reader(self._library))
        return {"questions": len(questions), "misfits": [one.model_dump() for one in misfits]}

    def runs(self) -> list[Json]:
        """The kept runs, the newest first, each with its change against the one before it of its set and split."""
        return self._rows.newest_first()

    def baselines(self) -> list[str]:
        """The accepted runs that others can be compared with."""
        return [f"baseline-{file.stem}" for file in baselines()]

    def run(self, run_id: str) -> Json:
        """A run with its metrics by group and its questions, failures first. Raises `RunNotFound`."""
        return kept_run.whole(run_id, self._kept.get(run_id))

    def run_json(self, run_id: str) -> str:
        """The whole run as `caselore eval run --json` prints it. Raises `RunNotFound`."""
        return self._kept.get(run_id).model_dump_json(indent=1)

    def remove_run(self, run_id: str) -> None:
        """Delete a kept run. Raises `RunNotFound`, also for a baseline, and `DataDirNotWritable`."""
        self._kept.remove(run_id)
        self._background.forget(run_id)

    def run_html(self, run_id: str) -> str:
        """The run as one HTML file. Raises `RunNotFound`, and `UsageError` where nothing draws."""
        return html(self._kept.get(run_id))

    def question(self, run_id: str, question_id: str) -> Json:
        """A question of a run with answer, gold and passages. Raises `RunNotFound`."""
        for sample in self._kept.get(run_id).per_question:
            if sample.id == question_id:
                return kept_run.question(sample, ids_by_path(self._library))
        raise RunNotFound(
            Said("The run {run_id} has no question {question_id}.", run_id=run_id, question_id=question_id),
            "`GET /api/evals/runs/{id}` lists them.",
        )

    def compare(self, a: str, b: str) -> Json:
        """What changed from run `a` to run `b`, each metric with a verdict: better, worse or noise.

        Raises `RunNotFound`, and `UsageError` when the two have no question in common.
        """
        return self._compare(a, b)

    def plot(self, run_id: str, name: str) -> str | None:
        """A plot of a run as SVG, by name; None when there is no such. Raises `RunNotFound`."""
        from evals.plots import plots

        return plots(self._kept.get(run_id)).get(name)

    def trend(self, name: str, split: str, metric: str, kind: str | None = None, until: str | None = None) -> str:
        """How a metric went from run to run of a set (up to the run `until`), over all questions or those of one kind,
        as SVG.
        """
        from evals.plots import trend

        rows = [one for one in self.runs() if (one["set"], one["split"]) == (name, split)]
        shown = [one for one in rows if until is None or one["id"] <= until][:TREND]
        return trend([_point(one, metric, kind) for one in reversed(shown)])

    def start(self, name: str, split: str, *, fresh: bool = False) -> Json:
        """Begin a run in the background; it goes on where an earlier one was stopped, unless it is `fresh`.

        Raises what `check` raises, and `RunGoesOn` while another is being made.
        """
        chosen = self._chosen(name, split)

        def prepare() -> Attempt:
            return Attempt(chosen, self._library, self._kept, fresh=fresh)

        return self._background.start(name, chosen.split, prepare, self._assistant).model_dump()

    def progress(self) -> Json | None:
        """Where the run is, or how the last one ended; None before the first."""
        progress = self._background.progress
        return progress.model_dump() if progress else None

    def stop(self) -> Json:
        """Let the question being asked be the last; what was asked is kept to go on from. Raises `NoRunGoesOn`."""
        return self._background.stop().model_dump()

    def close(self) -> None:
        """Stop, and wait until the question being asked is done."""
        self._background.close()

    def _chosen(self, name: str, split: str) -> Chosen:
        # Only names that are listed: a path from elsewhere is none.
        if split == OWN:
            return self._own.read(name)
        if (name, split) not in shipped():
            raise SetNotFound(
                Said("There is no question set {name}/{split}.", name=name, split=split),
                "`GET /api/evals/sets` lists them.",
            )
        return choose(name, cast("Split", split))

    def _compared(self, a: str, b: str) -> Json:
        found = compare(self._kept.get(a), self._kept.get(b))
        return found.model_dump() | {
            "metrics": _judged(found.metrics),
            "kinds": {kind: _judged(metrics) for kind, metrics in found.kinds.items()},
            "lower_is_better": sorted(LOWER_IS_BETTER),
        }


def _told(chosen: Chosen, name: str, *, own: bool) -> Json:
    return {"set": name, "name": chosen.name, "split": chosen.split, "questions": len(chosen.questions), "own": own}


def _judged(metrics: Mapping[str, Difference]) -> Json:
    return {name: one.model_dump() | {"verdict": _verdict(name, one)} for name, one in metrics.items()}


def _verdict(metric: str, one: Difference) -> str:
    if not one.difference:
        return "same"
    if not one.is_significant:
        return "noise"
    return "better" if is_better(metric, one.difference) else "worse"


def _point(row: Json, metric: str, kind: str | None) -> tuple[float | None, float | None, float | None]:
    if kind is not None:
        value = row["kinds"].get(kind, {"metrics": {}})["metrics"].get(metric)
        return value, None, None
    around = row["intervals"].get(metric, {})
    return row["metrics"].get(metric), around.get("low"), around.get("high")
