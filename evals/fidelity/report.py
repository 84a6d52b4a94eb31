"""Adds the outcomes up by format, and shows them."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from evals.fidelity.suite import FileResult
from ingest.document import Value

GOALS = {"docx": 0.99, "pptx": 0.99, "xlsx": 0.99, "md": 0.99, "html": 0.99, "pdf": 0.97}
"""The least share of facts that must come out right."""


class FormatScore(Value):
    """The facts of one format. `planted` are those to be kept: how many are `found` at all, and how many `right`, in
    their place and opened there. `barred` are those to be kept out: how many are `wrongly_kept`, or left out without
    being named (`unnamed`). `share` is what came out as it should, of both.
    """

    files: int
    planted: int
    found: int
    right: int
    barred: int
    wrongly_kept: int
    unnamed: int
    share: float
    goal: float | None


class Report(Value):
    """The whole run."""

    formats: dict[str, FormatScore]
    files: tuple[FileResult, ...]
    seconds: float
    skipped: tuple[str, ...] = ()

    @property
    def below(self) -> list[str]:
        """The formats that miss their goal."""
        return [name for name, one in self.formats.items() if one.goal is not None and one.share < one.goal]


def add_up(files: Sequence[FileResult], seconds: float, skipped: Sequence[str] = ()) -> Report:
    """The report on `files`."""
    formats = {}
    for name in dict.fromkeys(file.format for file in files):
        ours = [file for file in files if file.format == name]
        outcomes = [one for file in ours for one in file.outcomes]
        kept, barred = [one for one in outcomes if one.kept], [one for one in outcomes if not one.kept]
        formats[name] = FormatScore(
            files=len(ours),
            planted=len(kept),
            found=sum(one.found for one in kept),
            right=sum(one.right for one in kept),
            barred=len(barred),
            wrongly_kept=sum(one.found for one in barred),
            unnamed=sum(not one.right and not one.found for one in barred),
            share=sum(one.right for one in outcomes) / max(1, len(outcomes)),
            goal=GOALS.get(name),
        )
    return Report(formats=formats, files=tuple(files), seconds=seconds, skipped=tuple(skipped))


def show(report: Report, console: Console, misses: int = 200) -> None:
    """Print the table and the facts that did not fare as they should."""
    table = Table(box=None, header_style="bold")
    for name in ("format", "files", "planted", "found", "right", "to keep out", "kept", "unnamed", "share", "goal"):
        table.add_column(name, justify="left" if name == "format" else "right")
    for name, one in report.formats.items():
        mark = "" if one.goal is None else "✓" if one.share >= one.goal else "✗"
        goal = "" if one.goal is None else f"{one.goal:.0%} {mark}"
        figures = (one.files, one.planted, one.found, one.right, one.barred, one.wrongly_kept, one.unnamed)
        table.add_row(name, *map(str, figures), f"{one.share:.1%}", goal)
    console.print(table)
    shown = 0
    for file in report.files:
        wrong = [outcome for outcome in file.outcomes if not outcome.right]
        if not wrong or shown >= misses:
            continue
        right = len(file.outcomes) - len(wrong)
        _say(console, f"{file.name}: {right} of {len(file.outcomes)} {file.error}")
        for outcome in wrong[: misses - shown]:
            _say(console, f"    {outcome.topic}: {outcome.text[:40]}: {outcome.why}")
        shown += len(wrong)
    for skipped in report.skipped:
        _say(console, f"skipped: {skipped}")
    _say(console, f"{len(report.files)} files in {report.seconds:.1f} s")


def _say(console: Console, line: str) -> None:
    console.print(line, markup=False, highlight=False, soft_wrap=True)
