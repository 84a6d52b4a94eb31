"""Questions and filters, checked before anything is searched."""

import pytest

from ingest.errors import EmptyQuestion, QuestionTooLong, UnknownFilter, UsageError
from retrieval.query import check_filters, read_dropped, read_filters, read_question


def test_white_space_becomes_single() -> None:
    assert read_question("  RPO \n 是多少 ", 100) == "RPO 是多少"


@pytest.mark.parametrize("question", ["", "  \n", "？？！"])
def test_a_question_without_words_is_refused(question: str) -> None:
    with pytest.raises(EmptyQuestion):
        read_question(question, 100)


def test_a_question_that_is_too_long_is_refused_with_its_length() -> None:
    with pytest.raises(QuestionTooLong, match="20000 characters, 2000"):
        read_question("问" * 20_000, 2000)


def test_a_key_given_twice_allows_both_values() -> None:
    assert read_filters(["project=甲", "project=乙", "doc_type= 汇报 "]) == {
        "project": ("甲", "乙"),
        "doc_type": ("汇报",),
    }


def test_a_value_may_hold_an_equals_sign() -> None:
    assert read_filters(["project=a=b"]) == {"project": ("a=b",)}


@pytest.mark.parametrize("given", ["project", "project=", "colour=red", "=x"])
def test_what_is_no_filter_is_refused_with_the_known_keys(given: str) -> None:
    with pytest.raises(UnknownFilter) as caught:
        read_filters([given])
    assert "project" in caught.value.hint


def test_bytes_that_are_no_text_are_refused() -> None:
    for read in (lambda: read_question("RPO \udcff", 100), lambda: read_filters(["project=\udcff"])):
        with pytest.raises(UsageError, match="no UTF-8"):
            read()


def test_known_keys_pass() -> None:
    assert check_filters({"version": ("V1.0",)}) == {"version": ("V1.0",)}


def test_guesses_to_drop_are_keys_or_pairs() -> None:
    assert read_dropped(["version", " title = 复盘 "]) == {"version", "title=复盘"}
    with pytest.raises(UnknownFilter, match="colour"):
        read_dropped(["colour=red"])
