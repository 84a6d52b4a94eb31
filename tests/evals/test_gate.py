"""The gate: shut by a fall beyond noise and by any invented figure, open to noise and to what got better."""

from evals.compare import compare
from evals.gate import falls
from evals.report import RunReport
from tests.evals.runs import report, sample


def run(metric: str, wrong: int, of: int = 40) -> RunReport:
    return report(*(sample(f"q{n}", "fact", **{metric: float(n >= wrong)}) for n in range(of)))


def names(before: RunReport, after: RunReport) -> list[str]:
    return [fall.metric for fall in falls(compare(before, after))]


def test_a_fall_beyond_noise_shuts_it_and_says_which_metric() -> None:
    before, after = run("citation_recall", wrong=0), run("citation_recall", wrong=12)
    assert names(before, after) == ["citation_recall"]
    assert "citation_recall: 1.000 → 0.700" in str(falls(compare(before, after))[0])


def test_noise_and_a_rise_leave_it_open() -> None:
    assert names(run("correct", wrong=10), run("correct", wrong=11)) == []
    assert names(run("correct", wrong=20), run("correct", wrong=0)) == []


def test_one_invented_figure_shuts_it() -> None:
    before = report(*(sample(f"q{n}", figures_wrong=0.0) for n in range(40)))
    after = report(*(sample(f"q{n}", figures_wrong=float(n == 0)) for n in range(40)))
    assert names(before, after) == ["figures_wrong"]
    assert names(after, before) == []


def test_a_metric_that_nobody_watches_shuts_nothing() -> None:
    assert names(run("document_mrr@10", wrong=0), run("document_mrr@10", wrong=30)) == []
