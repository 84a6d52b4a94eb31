"""The one notion of a figure."""

from fractions import Fraction

import pytest

from retrieval.verify.figures import When, figures, plain


def one(text: str):  # type: ignore[no-untyped-def]
    found = figures(plain(text))
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    "spellings",
    [
        ("5秒", "５秒", "5s", "5 s", "5000ms", "5,000毫秒"),
        ("500万条", "5,000,000条", "５００万 条"),
        ("10%", "百分之10", "百分之十", "１０％"),
        ("8分42秒", "522秒"),
        ("2天", "48小时"),
        ("64GB", "64 gb"),
        ("十二台", "12台"),
    ],
)
def test_a_number_is_the_same_however_it_is_written(spellings: tuple[str, ...]) -> None:
    assert len({one(text).value for text in spellings}) == 1


@pytest.mark.parametrize(("text", "other"), [("5秒", "5分钟"), ("64GB", "64GiB"), ("10%", "10‰"), ("4万个", "4亿个")])
def test_the_unit_counts(text: str, other: str) -> None:
    assert one(text).value != one(other).value


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2025年3月", When(2025, 3)),
        ("2025-03", When(2025, 3)),
        ("25/3", When(2025, 3)),
        ("25年3月", When(2025, 3)),
        ("2025.3.5", When(2025, 3, 5)),
        ("20250305", When(2025, 3, 5)),
        ("3月5日", When(None, 3, 5)),
        ("2026年一季度", When(2026, quarter=1)),
    ],
)
def test_dates_are_read_as_people_write_them(text: str, when: When) -> None:
    assert one(text).when == when


def test_the_end_of_a_period_takes_its_month_from_the_start() -> None:
    assert [figure.when for figure in figures(plain("3 月 28—29 日割接"))] == [When(None, 3, 28), When(None, 3, 29)]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("不超过5秒", "most"),
        ("≤5秒", "most"),
        ("5秒以内", "most"),
        ("不低于5秒", "least"),
        ("至少5秒", "least"),
        ("5秒以上", "least"),
        ("约5秒", "about"),
        ("5秒", ""),
    ],
)
def test_a_bound_belongs_to_its_number(text: str, bound: str) -> None:
    assert one(text).bound == bound


@pytest.mark.parametrize("code", ["910B3", "V1.2", "8.11.3", "192.0.2.161", "RMA-2601-0417", "60:40", "2-2-2"])
def test_codes_are_no_numbers(code: str) -> None:
    assert (one(code).kind, one(code).text) == ("code", code.lower())


def test_a_range_gives_its_unit_to_both_ends() -> None:
    low, high = figures(plain("3—5天"))
    assert (low.value, high.value) == (Fraction(3 * 86400000), Fraction(5 * 86400000))


def test_a_chinese_comma_joins_no_digits() -> None:
    assert [figure.text for figure in figures(plain("TP4，150路"))] == ["tp4", "150路"]


def test_a_version_s_number_and_its_value_are_no_time_of_day() -> None:
    assert [one.text for one in figures(plain("终版：56；终版2：52"))] == ["56", "终版2", "52"]
    assert [one.text for one in figures(plain("开始：00：30"))] == ["00:30"]


@pytest.mark.parametrize("label", ["表 2-3", "图4-1", "表4", "见图4.1"])
def test_the_number_of_a_table_or_a_picture_counts_nothing(label: str) -> None:
    found = figures(plain(f"{label} 恢复目标"))
    assert [(one.kind, one.text) for one in found] == [("code", label.removeprefix("见"))]


def test_tables_that_are_counted_are_numbers() -> None:
    assert [one.kind for one in figures(plain("报表3张，图 2 张"))] == ["number", "number"]
