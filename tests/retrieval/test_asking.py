"""A question and what goes with it, put in order together."""

import pytest

from ingest.errors import EmptyQuestion, UnknownFilter
from retrieval.asking import Asking


def test_a_string_is_a_question_with_nothing_to_it() -> None:
    assert Asking.of("RPO？") == Asking("RPO？") == Asking.of(Asking("RPO？"))


def test_question_filters_and_guesses_are_checked_together() -> None:
    asking = Asking(" RPO  多少", {"project": ("禾川",)}, ("前一问",), without=["version = 终版", "version=终版"])
    assert asking.checked(100) == Asking(
        "RPO 多少", {"project": ("禾川",)}, ("前一问",), without=frozenset(["version=终版"])
    )


def test_what_is_out_of_order_is_refused() -> None:
    with pytest.raises(EmptyQuestion):
        Asking("？").checked(100)
    with pytest.raises(UnknownFilter, match="colour"):
        Asking("RPO？", {"colour": ("red",)}).checked(100)
    with pytest.raises(UnknownFilter, match="mood"):
        Asking("RPO？", without=["mood"]).checked(100)
