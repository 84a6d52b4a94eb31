"""Figures and words."""

import pytest

from ingest.parse.table.figures import is_figure


@pytest.mark.parametrize("text", ["74", "1,080", "12.5%", "≥99.95%", "64核", "128 GB", "¥3,200", "(12)", "−3", "~5"])
def test_figures_with_and_without_a_unit(text: str) -> None:
    assert is_figure(text)


@pytest.mark.parametrize("text", ["", "2025年", "9月", "Q3", "V1.0", "2025-11-04", "910B3压测", "一期"])
def test_years_months_and_names_are_none(text: str) -> None:
    assert not is_figure(text)
