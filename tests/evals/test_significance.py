"""Intervals and paired tests: what is chance is not called a difference, nothing has no mean."""

import pytest

from evals.significance import interval, paired


def test_nothing_has_no_mean() -> None:
    assert interval([]) is None
    assert interval([None, None]) is None
    assert paired([None, 1.0], [1.0, None]) is None


def test_the_interval_lies_around_the_mean_and_is_the_same_each_time() -> None:
    values = [0.0, 1.0] * 30
    one = interval(values)
    assert one is not None
    assert one.low < one.mean == 0.5 < one.high
    assert one.high - one.low == pytest.approx(4 * 0.5 / 60**0.5, rel=0.15)
    assert one == interval(values)


def test_equal_runs_do_not_differ() -> None:
    same = paired([1.0, 0.0, 1.0], [1.0, 0.0, 1.0])
    assert same is not None
    assert (same.difference, same.p, same.is_significant) == (0.0, 1.0, False)


def test_a_fall_on_many_questions_is_significant_and_one_on_two_is_not() -> None:
    many = paired([1.0] * 40, [0.0] * 12 + [1.0] * 28)
    few = paired([1.0] * 40, [0.0] * 2 + [1.0] * 38)
    assert many is not None
    assert few is not None
    assert many.is_significant
    assert not few.is_significant
    assert (many.n, many.a, many.b) == (40, 1.0, 0.7)
    assert many.difference == pytest.approx(-0.3)
