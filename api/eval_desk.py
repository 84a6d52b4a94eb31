"""What the service asks of evaluations, in plain JSON: `api` and `evals` know nothing of each other, and whoever knows
both (`caselore.py`) hands the one to the other.
"""

from collections.abc import Sequence
from typing import Any, Protocol

from ingest.errors import UnavailableError

Json = dict[str, Any]


class NoEvaluations(UnavailableError):
    """This service was started without evaluations."""

    http_status = 404


class EvalDesk(Protocol):
    """The kept runs of question sets, and the one that is being made. Every method is safe to call from any thread and
    raises `CaseloreError`s that say what is wrong.
    """

    @property
    def draws(self) -> bool:
        """Whether plots and HTML reports can be had."""

    @property
    def main_metrics(self) -> Sequence[str]:
        """The few metrics that tell most."""

    def sets(self) -> list[Json]:
        """The question sets: `set` (what to start it by), `name`, `split`, `questions` (how many) and `own`."""

    def add_set(self, name: str, content: bytes) -> Json:
        """Keep a question file, to be run like the others; returns it as `sets` does."""

    def remove_set(self, name: str) -> None:
        """Delete a question file that was added."""

    def template(self) -> bytes:
        """A workbook (.xlsx) for questions of one's own."""

    def check(self, name: str, split: str) -> Json:
        """How many `questions` a set has, and its `misfits` with the library: `question` (its id) and `what`."""

    def runs(self) -> list[Json]:
        """The runs, the newest first: `id`, `set`, `split`, `n`, `metrics`, `intervals`, `kinds`, `provenance`, and its
        `change` since the run before: whether that is `comparable`, and by metric `by` how much and whether for the
        `better`.
        """

    def baselines(self) -> list[str]:
        """Ids of accepted runs, which only comparing is for."""

    def run(self, run_id: str) -> Json:
        """A run: as in `runs`, and `groups` of metrics, `others`, `by_kind`, `latency_ms`, `tokens`, `agreement` and
        `questions` (`id`, `question`, `kind`, `outcome`, `explanation`), the most harmful failures first.
        """

    def run_json(self, run_id: str) -> str:
        """The whole run as JSON text."""

    def remove_run(self, run_id: str) -> None:
        """Delete a kept run."""

    def run_html(self, run_id: str) -> str:
        """The run as one self-contained HTML page."""

    def question(self, run_id: str, question_id: str) -> Json:
        """A question of a run: `answer`, `citations`, `passages`, `gold`, `points`, `missing`, `scores`. Texts come as
        pairs of words and whether gold has them, too.
        """

    def compare(self, a: str, b: str) -> Json:
        """From run `a` to `b`: `n`, `differs`, `metrics` and `kinds` (each metric with `a`, `b`, `difference`, `low`,
        `high`, `p` and its `verdict`: better, worse, noise or same), and the questions among `changes`.
        """

    def plot(self, run_id: str, name: str) -> str | None:
        """The plot `kinds`, `risk` or `latency` of a run as SVG; None where it has none."""

    def trend(self, name: str, split: str, metric: str, kind: str | None = None, until: str | None = None) -> str:
        """A metric from run to run, up to the run `until`, as SVG."""

    def start(self, name: str, split: str, *, fresh: bool = False) -> Json:
        """Begin a run; returns its progress."""

    def progress(self) -> Json | None:
        """`set`, `split`, `state` (running, stopping, stopped, failed, done), `done`, `total`, `resumed`, `misfits`,
        `seconds`, `left_s`, `run` (its id once kept), `stale`, `error` and `hint`; None before the first run.
        """

    def stop(self) -> Json:
        """Stop the run, to be gone on with later; returns its progress."""

    def close(self) -> None:
        """Stop it, and wait until it has."""
