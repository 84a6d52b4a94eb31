"""What a document says gives a terminal no orders."""

import json

import pytest

from ingest.terminal import REPLACEMENT, json_text, printable


@pytest.mark.parametrize("order", ["\x1b[2J", "\x9b31m", "\x07", "\r", "\x08", "\u202e", "\u2066", "\x7f"])
def test_orders_to_the_terminal_are_marked(order: str) -> None:
    assert printable(f"RPO{order}") == f"RPO{REPLACEMENT}{order[1:]}"


def test_lines_and_columns_stay() -> None:
    assert printable("主\t备\r\n甲\n乙") == "主\t备\n甲\n乙"


def test_json_loses_nothing_and_gives_no_orders() -> None:
    said = {"text": "双活\x1b[2J\x9b31m\u202e\x7f\n"}
    line = json_text(said)
    assert json.loads(line) == said
    assert line.isprintable()
    assert "双活" in line
