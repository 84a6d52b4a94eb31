from io import StringIO
from pathlib import Path

from rich.console import Console

from ingest.inspect.tree import show
from tests.ingest.inspect.shown import understood


def drawn() -> list[str]:
    out = StringIO()
    show(understood(Path("配额.pdf")), Console(file=out, width=120))
    return out.getvalue().splitlines()


def line(lines: list[str], text: str) -> str:
    return next(one for one in lines if text in one)


def test_what_stands_below_a_heading_is_drawn_below_it() -> None:
    lines = drawn()
    depths = [line(lines, text).index(text) for text in ("一、资源", "（一）配额", "1) 按季调整")]
    assert depths == sorted(set(depths))
    assert line(lines, "二、图").index("二、图") == depths[0]


def test_places_confidence_and_what_is_missing_are_shown() -> None:
    lines = drawn()
    assert "[第1页]" in line(lines, "一、资源")
    assert "62%" in line(lines, "接入网关")
    assert "image1.png" in line(lines, "接入网关")
    assert "Save it without one." in line(lines, "asks for a password")
    assert "left out as footer: 1" in line(lines, "footer")
    assert "37张" in line(lines, "推理池")
    assert "author: 闻笛" in line(lines, "author")


def test_a_document_cannot_steer_the_terminal() -> None:
    assert not any("\x1b" in one for one in drawn())
