"""The metrics as a person reads them: grouped, and the few that tell most of a run."""

GROUPS = {
    "answer": ("correct", "points_covered", "answer_covered", "answer_f1", "figures_named", "figures_wrong"),
    "citation": (
        "citation_precision",
        "citation_recall",
        "quotes_verbatim",
        "gold_quote_cited",
        "first_citation_document",
    ),
    "retrieval": (
        "passage_recall@5",
        "passage_ndcg@10",
        "passage_mrr@10",
        "document_recall@5",
        "document_ndcg@10",
    ),
    "refusal": ("answerable_answered", "refusal_recall", "refusal_precision", "refusal_f1", "aurc"),
}

MAIN = ("correct", "passage_recall@5", "passage_ndcg@10", "figures_wrong", "refusal_recall")

BY_KIND = (
    "correct",
    "points_covered",
    "figures_named",
    "figures_wrong",
    "gold_quote_cited",
    "passage_recall@5",
    "answerable_answered",
    "refusal_recall",
)
"""What is shown for every kind of question."""

LOWER_IS_BETTER = frozenset({"figures_wrong", "draft_figures_wrong", "aurc"})


def is_better(metric: str, difference: float) -> bool:
    """Whether a rise of this metric by `difference` is an improvement."""
    return difference < 0 if metric in LOWER_IS_BETTER else difference > 0
