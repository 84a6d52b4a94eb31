"""Whether a run is as good as the accepted baseline, metric by metric."""

from evals.compare import Comparison
from evals.metric_groups import is_better
from evals.significance import Difference
from ingest.document import Value

WATCHED = (
    "document_recall@5",
    "passage_recall@5",
    "passage_ndcg@10",
    "first_citation_document",
    "gold_quote_cited",
    "quotes_verbatim",
    "citation_precision",
    "citation_recall",
    "points_covered",
    "figures_named",
    "figures_wrong",
    "answerable_answered",
    "refusal_recall",
    "correct",
)
EXACT = frozenset({"quotes_verbatim", "figures_wrong"})
"""What may never get worse by a single question: a quote that does not stand where it points, an invented figure."""


class Fall(Value):
    """A metric that is worse than the baseline beyond noise."""

    metric: str
    difference: Difference

    def __str__(self) -> str:
        """One line for a person."""
        was = self.difference
        return f"{self.metric}: {was.a:.3f} → {was.b:.3f} ({was.difference:+.3f}, p = {was.p:.3f}, n = {was.n})"


def falls(comparison: Comparison) -> list[Fall]:
    """The watched metrics that got worse beyond noise (paired permutation test, 5 %), or at all where they must not.

    The same code gives the same answers, so any difference comes from a change; the test asks whether it is more than
    a few questions going each way.
    """
    found = []
    for metric in WATCHED:
        difference = comparison.metrics.get(metric)
        if difference is None or not is_better(metric, -difference.difference):
            continue
        if metric in EXACT or difference.is_significant:
            found.append(Fall(metric=metric, difference=difference))
    return found
