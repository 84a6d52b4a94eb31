"""A run as one self-contained HTML file, to look at."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup

from evals.metric_groups import BY_KIND, GROUPS
from evals.outcome import outcome, urgency
from evals.report import RunReport
from evals.shared_words import shared_words
from ingest.errors import UsageError

_GROUPS = {"answer": "答案", "citation": "引用", "retrieval": "检索", "refusal": "拒答"}
_OUTCOMES = {
    "right": ("good", "正确"),
    "figures_wrong": ("bad", "数字有误"),
    "should_refuse": ("bad", "应拒答却作答"),
    "refused": ("warn", "有答案却拒答"),
    "incomplete": ("warn", "不完整"),
}


def write_html(report: RunReport, to: Path) -> None:
    """Write the report to a file. Raises `UsageError` without the extra that draws, and OSError when it cannot."""
    to.write_text(html(report), "utf-8")


def html(report: RunReport) -> str:
    """The report as one page. Raises `UsageError` without the extra that draws."""
    try:
        from evals.plots import plots

        drawn = {name: Markup(svg) for name, svg in plots(report).items()}  # noqa: S704
    except ModuleNotFoundError as error:
        raise UsageError("Reports need matplotlib.", "Install it: pip install 'caselore[evals]'.") from error
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=select_autoescape()
    )
    environment.filters["score"] = lambda value: "–" if value is None else f"{value:.3f}"
    environment.globals.update(marked=_marked, outcome=outcome, outcomes=_OUTCOMES, by_kind=BY_KIND)
    failing = [sample for sample in report.per_question if not sample.is_correct]
    return environment.get_template("report.html").render(
        report=report,
        groups={_GROUPS[group]: names for group, names in GROUPS.items()},
        others=[name for name in report.metrics if not any(name in names for names in GROUPS.values())],
        plots=drawn,
        failing=sorted(failing, key=urgency),
        right=[sample for sample in report.per_question if sample.is_correct],
    )


def _marked(text: str, gold: tuple[str, ...]) -> Markup:
    """The text, escaped, with the runs it shares with any gold quote marked."""
    pieces = shared_words(text, gold)
    return Markup().join(Markup("<mark>{}</mark>").format(one) if is_shared else one for one, is_shared in pieces)
