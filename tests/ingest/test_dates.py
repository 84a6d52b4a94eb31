"""Dates as people write them."""

import pytest

from ingest.dates import find_date, iso_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025-09-30", "2025-09-30"),
        ("2025/9/3", "2025-09-03"),
        ("2025.09.30", "2025-09-30"),
        ("2025年9月30日", "2025-09-30"),
        ("2025 年 9 月 30 日 14:00—16:10", "2025-09-30"),
        ("2025年9月", "2025-09"),
        ("2025-09", "2025-09"),
        ("2025年", "2025"),
        ("纪要_20250930_终版", "2025-09-30"),
        ("周报202509", "2025-09"),
        ("2025-09-30T10:00:00+08:00", "2025-09-30"),
        ("2025-02-30", None),
        ("20251345", None),
        ("资源清单_2509", None),
        ("V1.2", None),
        ("910B3", None),
        ("下周", None),
        ("1202509301", None),
    ],
)
def test_find_date(text: str, date: str | None) -> None:
    assert find_date(text) == date


def test_a_year_alone_is_a_date_only_where_a_date_is_expected() -> None:
    assert iso_date(" 2025 ") == "2025"
    assert find_date("共 2025 张") is None
