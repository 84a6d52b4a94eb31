"""A run as one self-contained HTML file, to look at."""

import difflib
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup

from evals.report import RunReport
from evals.sample import Sample
from ingest.errors import UsageError

_METRICS = {
    "答案": ("correct", "points_covered", "figures_named", "figures_wrong"),
    "引用": ("citation_precision", "citation_recall", "quotes_verbatim", "gold_quote_cited", "first_citation_document"),
    "检索": ("passage_recall@5", "passage_ndcg@10", "passage_mrr@10", "document_recall@5", "document_ndcg@10"),
    "拒答": ("answerable_answered", "refusal_recall", "refusal_precision", "refusal_f1", "aurc"),
}
_TEMPLATES = Path(__file__).parent / "templates"
_SHARED = 6
"""Shorter runs of equal characters are not marked."""


def write_html(report: RunReport, to: Path) -> None:
    """Write the report to a file. Raises `UsageError` without the extra that draws, and OSError when it cannot."""
    try:
        from evals.plots import plots

        drawn = {name: Markup(svg) for name, svg in plots(report).items()}  # noqa: S704
    except ModuleNotFoundError as error:
        raise UsageError("Reports need matplotlib.", "Install it: pip install 'caselore[evals]'.") from error
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=select_autoescape()
    )
    environment.filters["score"] = lambda value: "–" if value is None else f"{value:.3f}"
    environment.globals["marked"] = _marked
    failing = [sample for sample in report.per_question if not sample.is_correct]
    page = environment.get_template("report.html").render(
        report=report,
        groups=_METRICS,
        others=[name for name in report.metrics if not any(name in names for names in _METRICS.values())],
        plots=drawn,
        failing=sorted(failing, key=_urgency),
        right=[sample for sample in report.per_question if sample.is_correct],
    )
    to.write_text(page, "utf-8")


def _urgency(sample: Sample) -> tuple[bool, bool]:
    """Wrong figures first, then answers that should have been refused, then the rest."""
    return (not sample.scores.get("figures_wrong"), sample.answerable)


def _marked(text: str, gold: tuple[str, ...]) -> Markup:
    """The text, escaped, with the runs it shares with any gold quote marked."""
    marks = [False] * len(text)
    for quote in gold:
        for block in difflib.SequenceMatcher(None, text, quote, autojunk=False).get_matching_blocks():
            if block.size >= _SHARED:
                marks[block.a : block.a + block.size] = [True] * block.size
    parts, at = [], 0
    while at < len(text):
        end = at
        while end < len(text) and marks[end] == marks[at]:
            end += 1
        piece = Markup.escape(text[at:end])
        parts.append(Markup("<mark>{}</mark>").format(piece) if marks[at] else piece)
        at = end
    return Markup().join(parts)
