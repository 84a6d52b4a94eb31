"""Means are over what is defined, and never over nothing."""

from evals.sample import mean, mean_scores


def test_mean_leaves_out_what_is_not_defined() -> None:
    assert mean([1.0, None, 0.5]) == 0.75
    assert mean([None, None]) is None
    assert mean([]) is None


def test_each_score_has_its_own_denominator() -> None:
    rows: list[dict[str, float | None]] = [{"a": 1.0, "b": None}, {"a": 0.0}, {"b": 0.5, "c": None}]
    assert mean_scores(rows) == {"a": 0.5, "b": 0.5, "c": None}
