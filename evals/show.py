"""Scores as tables for a terminal."""

import sys
from collections.abc import Iterable, Mapping
from typing import TypeVar

from rich.console import Console
from rich.progress import track
from rich.table import Table

from evals.compare import Comparison
from evals.drafted import BEFORE
from evals.metric_groups import is_better
from evals.report import ModelWork, RunReport

T = TypeVar("T")

_PIPED_WIDTH = 200

_MOST_CHANGES = 40


def console() -> Console:
    """Standard output; wide where no terminal says how wide it is."""
    return Console(width=None if sys.stdout.isatty() else _PIPED_WIDTH)


def watch(items: Iterable[T], what: str, total: int) -> Iterable[T]:
    """The items, with a progress bar where a person looks."""
    bar = Console(stderr=True)
    return track(items, what, total, console=bar, disable=not bar.is_terminal)


def table(name: str, columns: Mapping[str, Mapping[str, float | None]]) -> Table:
    """A table of numbers: `columns` by name, each from row to value."""
    shown = Table(name, *columns, box=None, header_style="bold")
    for row in next(iter(columns.values())):
        shown.add_row(row, *(cell(column.get(row)) for column in columns.values()))
    return shown


def cell(value: float | None) -> str:
    """A score to three places; a dash for one that is not defined."""
    return "–" if value is None else str(value) if isinstance(value, int) else f"{value:.3f}"


def show_run(report: RunReport, console: Console, *, questions: bool = True) -> None:
    """Means with intervals, kinds, latencies, and (with `questions`) every question with why it scored so."""
    console.print(f"{report.set}/{report.split}: {report.n} questions", highlight=False)
    means = Table("metric", "mean", "95 % interval", box=None, header_style="bold")
    before = {name: value for name, value in report.metrics.items() if name.startswith(BEFORE)}
    for name, value in report.metrics.items():
        if name in before:
            continue
        around = report.intervals.get(name)
        means.add_row(name, cell(value), f"{around.low:.3f} – {around.high:.3f}" if around else "")
    console.print(means)
    kinds = Table("kind", "n", "correct", "points", "figures", "gold cited", box=None, header_style="bold")
    for kind, one in report.kinds.items():
        picked = ("correct", "points_covered", "figures_named", "gold_quote_cited")
        kinds.add_row(kind, str(one.n), *(cell(one.metrics.get(name)) for name in picked))
    console.print(kinds)
    stages = {name: one.model_dump() for name, one in report.latency_ms.items()}
    if stages:
        console.print(table("ms", {what: {name: one[what] for name, one in stages.items()} for what in ("p50", "p95")}))
    for what, found in report.agreement.items():
        kappa = "not defined" if found.kappa is None else f"{found.kappa:.2f}"
        console.print(f"judge and rule, {what}: agree on {found.share:.0%} of {found.n}, κ {kappa}", highlight=False)
    if before:
        after = {name: report.metrics.get(name.removeprefix(BEFORE)) for name in before}
        console.print(table("model's claims", {"before checking": before, "after": after}))
    if report.model_work:
        console.print(_model_work(report.model_work), highlight=False)
    if report.tokens:
        console.print("tokens: " + ", ".join(f"{what} {n:,}" for what, n in report.tokens.items()), highlight=False)
    for sample in report.per_question if questions else ():
        line = f"{'✓' if sample.is_correct else '✗'} {sample.id} [{sample.status}] {sample.question}"
        why = f"\n    {sample.explanation}" if sample.explanation else ""
        console.print(line + why, markup=False, highlight=False, soft_wrap=True)


def _model_work(work: ModelWork) -> str:
    fallbacks = ", ".join(f"{why} {n}" for why, n in work.fallbacks.items()) or "none"
    speed = " and ".join(
        f"{what} {per_s:.1f}" for what, per_s in (("reads", work.reads_per_s), ("writes", work.writes_per_s)) if per_s
    )
    return (
        f"language model: asked {work.asked} questions; claims kept {work.kept}, dropped {work.dropped}; "
        f"not its answer: {fallbacks}" + (f"; {speed} tokens a second" if speed else "")
    )


def show_comparison(comparison: Comparison, console: Console) -> None:
    """Every metric that differs, by kind too, and the questions whose verdict or scores changed."""
    others = comparison.only_in_a + comparison.only_in_b
    console.print(f"{comparison.n} questions in both" + (f", {others} in one only" if others else ""), highlight=False)
    if comparison.differs:
        console.print(f"not the same: {', '.join(comparison.differs)}", highlight=False)
    shown = Table("", "metric", "n", "A", "B", "B − A", "95 % interval", "p", box=None, header_style="bold")
    groups = {"": comparison.metrics, **comparison.kinds}
    for kind, metrics in groups.items():
        for name, one in metrics.items():
            if kind and not one.difference:
                continue
            mark = "" if not one.is_significant else "▲" if is_better(name, one.difference) else "▼"
            shown.add_row(
                kind,
                f"{name} {mark}",
                str(one.n),
                cell(one.a),
                cell(one.b),
                f"{one.difference:+.3f}",
                f"{one.low:+.3f} – {one.high:+.3f}",
                f"{one.p:.3f}",
            )
    console.print(shown)
    for change in comparison.changes[:_MOST_CHANGES]:
        console.print(f"{change.id} {change.question}", markup=False, highlight=False, soft_wrap=True)
        for mark, moved in (("+", change.better), ("-", change.worse)):
            if moved:
                pairs = ", ".join(f"{name} {a:.2f} → {b:.2f}" for name, (a, b) in moved.items())
                console.print(f"    {mark} {pairs}", markup=False, highlight=False, soft_wrap=True)
    if len(comparison.changes) > _MOST_CHANGES:
        console.print(f"… and {len(comparison.changes) - _MOST_CHANGES} more questions (`--json` has all)")
