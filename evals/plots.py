"""The plots of a report, as SVG to stand in the page."""

import io
import re
from collections.abc import Callable, Sequence
from threading import Lock
from typing import TYPE_CHECKING

from evals.report import RunReport

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_BLUE, _GREY, _RED = "#2563eb", "#94a3b8", "#dc2626"

_one_at_a_time = Lock()
"""What `rc_context` sets holds for the whole process."""

Point = tuple[float | None, float | None, float | None]
"""A metric's mean in a run, with the low and the high end of its interval, where it is defined."""


def plots(report: RunReport) -> dict[str, str]:
    """By name: correctness by kind, the risk–coverage curve, latency by stage; those that there are figures for."""
    drawn = {}
    if report.kinds:
        drawn["kinds"] = _draw(lambda axes: _kinds(axes, report), height=0.32 * len(report.kinds) + 1)
    if report.risk_coverage:
        drawn["risk"] = _draw(lambda axes: _risk(axes, report), height=3.2)
    if report.latency_ms:
        drawn["latency"] = _draw(lambda axes: _latency(axes, report), height=0.34 * len(report.latency_ms) + 1)
    return drawn


def trend(points: Sequence[Point]) -> str:
    """How a metric went from run to run, with its intervals; small, to stand beside others."""
    return _draw(lambda axes: _trend(axes, points), height=1.0, width=2.6)


def _draw(paint: "Callable[[Axes], None]", height: float, width: float = 6.4) -> str:
    # The object interface: no backend is chosen and no state kept between plots.
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with _one_at_a_time, rc_context({"svg.fonttype": "none", "svg.hashsalt": "caselore", "font.size": 9}):
        figure = Figure(figsize=(width, height), layout="constrained")
        axes = figure.add_subplot()
        axes.spines[["top", "right"]].set_visible(False)
        paint(axes)
        buffer = io.StringIO()
        figure.savefig(buffer, format="svg", metadata={"Date": None}, transparent=True)
    return re.sub(r"^.*?(?=<svg)", "", buffer.getvalue(), flags=re.DOTALL)


def _kinds(axes: "Axes", report: RunReport) -> None:
    kinds = sorted(report.kinds.items(), key=lambda one: one[1].metrics.get("correct") or 0.0)
    shares = [one.metrics.get("correct") or 0.0 for _, one in kinds]
    names = [f"{kind} ({one.n})" for kind, one in kinds]
    axes.barh(names, [1.0] * len(names), color=_GREY, alpha=0.25)
    bars = axes.barh(names, shares, color=_BLUE)
    axes.bar_label(bars, [f"{share:.2f}" for share in shares], padding=3)
    axes.set_xlim(0, 1.08)
    axes.set_xlabel("correct")


def _risk(axes: "Axes", report: RunReport) -> None:
    coverage = [point.coverage for point in report.risk_coverage]
    axes.step(coverage, [point.risk for point in report.risk_coverage], where="post", color=_RED)
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="coverage (share of questions answered)", ylabel="risk (share wrong)")
    axes.grid(alpha=0.3)


def _latency(axes: "Axes", report: RunReport) -> None:
    stages = list(report.latency_ms.items())[::-1]
    names = [stage for stage, _ in stages]
    axes.barh(names, [one.p95 for _, one in stages], color=_GREY, label="p95")
    axes.barh(names, [one.p50 for _, one in stages], color=_BLUE, label="p50", height=0.5)
    axes.set_xlabel("ms")
    axes.legend(frameon=False)


def _trend(axes: "Axes", points: Sequence[Point]) -> None:
    known = [(at, mean, low, high) for at, (mean, low, high) in enumerate(points) if mean is not None]
    places = [at for at, *_ in known]
    lows = [mean if low is None else low for _, mean, low, _ in known]
    highs = [mean if high is None else high for _, mean, _, high in known]
    axes.fill_between(places, lows, highs, color=_BLUE, alpha=0.15, linewidth=0)
    axes.plot(places, [mean for _, mean, _, _ in known], color=_BLUE, marker="o", markersize=3.5, linewidth=1.6)
    axes.set(ylim=(-0.03, 1.03), yticks=(0, 0.5, 1), xticks=())
    axes.margins(x=0.04)
    axes.grid(axis="y", alpha=0.3)
