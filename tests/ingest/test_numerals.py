"""Chinese numerals are read, and what only looks like one is left alone."""

import pytest

from ingest.numerals import dates_in_digits, numerals


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("五百万行", [5_000_000]),
        ("三万五千条与两百万条", [35_000, 2_000_000]),
        ("用了十九年，评了七十四张", [19, 74]),
        ("一亿二千万", [120_000_000]),
        ("五百二、三万五", [520, 35_000]),
        ("一百零五", [105]),
        ("一千零一夜", [1001]),
        ("一万零五百", [10_500]),
        ("一万亿", [10**12]),
        ("千万别，百万级，十分钟，万一", []),
        ("三四个，一二三，二〇二五", []),
    ],
)
def test_numerals(text: str, numbers: list[int]) -> None:
    assert numerals(text) == numbers


def test_dates_are_told_in_digits_and_nothing_else_is() -> None:
    assert dates_in_digits("二〇二五年九月三十日，十一月二十号，五百万条") == "2025年9月30日，11月20号，五百万条"
