"""How characters become words: doubled ones, spaced ones, soft hyphens, look-alike codes."""

import pytest

from ingest.parse.pdf.glyphs import readable
from ingest.parse.pdf.lines import read_rows
from ingest.parse.pdf.page import Char


def chars(text: str, *, step: float = 10.0, left: float = 0.0) -> list[Char]:
    """Characters of 10 points, their left edges `step` points apart."""
    return [
        Char(one, (left + at * step, 0.0, left + at * step + 10, 12.0), 10.0, False, "SimSun")
        for at, one in enumerate(text)
    ]


def read(given: list[Char]) -> str:
    (row,) = read_rows(given, 3.0)
    return " | ".join(piece.text for piece in row)


def test_characters_drawn_twice_are_read_once() -> None:
    assert read([*chars("双活架构"), *chars("双活架构", left=0.4)]) == "双活架构"


def test_characters_that_follow_each_other_are_kept() -> None:
    assert read(chars("谢谢11000")) == "谢谢11000"


@pytest.mark.parametrize(("step", "shown"), [(16.0, "合同书"), (10.0, "合同书")])
def test_a_title_set_apart_is_one_word(step: float, shown: str) -> None:
    assert read(chars("合同书", step=step)) == shown


def test_figures_set_apart_stay_apart() -> None:
    assert read(chars("1010", step=16.0)) == "1 0 1 0"


def test_a_soft_hyphen_shows_at_the_end_of_a_line_only() -> None:
    assert read(chars("re\xadplica\xad")) == "replica-"


@pytest.mark.parametrize(
    ("code", "text"), [(0x2F00, "一"), (0x2ED3, "长"), (0xFB01, "fi"), (0x200B, ""), (0xE123, ""), (0x2FA6, "金")]
)
def test_look_alike_codes(code: int, text: str) -> None:
    assert readable(code, "SimSun") == text
