"""The risk–coverage curve, checked by hand."""

import pytest

from evals.risk import area, risk_coverage


def test_the_curve_goes_from_the_surest_answer_to_all() -> None:
    curve = risk_coverage([0.9, 0.5, 0.8, 0.5], [True, False, False, True], of=8)
    assert [(one.coverage, one.risk) for one in curve] == [(0.125, 0.0), (0.25, 0.5), (0.5, 0.5)]
    assert area(curve) == pytest.approx((0.125 * 0 + 0.125 * 0.5 + 0.25 * 0.5) / 0.5)


def test_no_answers_give_no_curve_and_no_area() -> None:
    assert risk_coverage([], [], of=3) == ()
    assert area(()) is None
