"""Two runs compared: by metric, kind and question, on what both have."""

import pytest

from evals.compare import compare
from ingest.errors import UsageError
from tests.evals.runs import report, sample

BEFORE = report(
    sample("a", correct=1.0, figures_wrong=0.0), sample("b", "table", correct=0.0), sample("gone", correct=1.0)
)
AFTER = report(sample("a", correct=0.0, figures_wrong=1.0), sample("b", "table", correct=1.0), commit="def")


def test_metrics_compare_on_the_questions_that_both_have() -> None:
    found = compare(BEFORE, AFTER)
    assert (found.n, found.only_in_a, found.only_in_b) == (2, 1, 0)
    assert (found.metrics["correct"].a, found.metrics["correct"].b) == (0.5, 0.5)
    assert found.metrics["figures_wrong"].n == 1
    assert found.kinds["table"]["correct"].difference == 1.0
    assert found.differs == ("commit",)


def test_every_question_says_what_rose_and_fell() -> None:
    a, b = compare(BEFORE, AFTER).changes
    assert (a.id, a.better, a.worse) == ("a", {}, {"correct": (1.0, 0.0), "figures_wrong": (0.0, 1.0)})
    assert (b.id, b.better, b.worse) == ("b", {"correct": (0.0, 1.0)}, {})


def test_runs_without_a_common_question_do_not_compare() -> None:
    with pytest.raises(UsageError):
        compare(BEFORE, report(sample("else", correct=1.0)))
