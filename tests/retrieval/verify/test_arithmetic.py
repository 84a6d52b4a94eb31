"""Figures that follow from others, and those that do not."""

import pytest

from retrieval.verify.arithmetic import derive
from retrieval.verify.figures import figures, plain


def derived(claim: str, *sources: str) -> str | None:
    wanted = figures(plain(claim))[-1]
    return derive(wanted, plain(claim), [one for text in sources for one in figures(plain(text))])


@pytest.mark.parametrize(
    ("claim", "sources", "equation"),
    [
        ("共20张卡", ("12张卡", "8张卡"), "12张卡 + 8张卡 = 20张卡"),
        ("合计24张卡", ("12张卡", "8张卡", "4张卡"), "12张卡 + 8张卡 + 4张卡 = 24张卡"),
        ("快了3分36秒", ("12分18秒", "8分42秒"), "12分18秒 - 8分42秒 = 3分36秒"),
        ("占40%", ("20张卡", "8张卡"), "8张卡 ÷ 20张卡 = 40%"),
        ("是原来的2.5倍", ("20秒", "8秒"), "20秒 ÷ 8秒 = 2.5倍"),
        ("每机8卡，共56张卡", ("7台", "8张卡"), "8张卡 × 7台 = 56张卡"),
    ],
)
def test_what_follows_is_shown_as_an_equation(claim: str, sources: tuple[str, ...], equation: str) -> None:
    assert derived(claim, *sources) == equation


@pytest.mark.parametrize(
    ("claim", "sources"),
    [
        ("共21张卡", ("12张卡", "8张卡")),
        ("用了20张卡", ("12张卡", "8张卡")),
        ("共20秒", ("12张卡", "8张卡")),
        ("共20张卡", ("12张卡", "8秒")),
        ("占41%", ("20张卡", "8张卡")),
    ],
)
def test_what_does_not_follow_or_is_not_announced_is_not_shown(claim: str, sources: tuple[str, ...]) -> None:
    assert derived(claim, *sources) is None


def test_a_figure_is_right_to_the_digits_it_is_written_in() -> None:
    assert derived("占33.3%", "3张卡", "1张卡") == "1张卡 ÷ 3张卡 = 33.3%"
    assert derived("占33.4%", "3张卡", "1张卡") is None
