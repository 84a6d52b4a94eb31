"""What is asked, checked: the question itself, and the filters it is narrowed by."""

import re
from collections.abc import Iterable, Mapping
from typing import get_args

from ingest.errors import EmptyQuestion, QuestionTooLong, UnknownFilter, UsageError
from ingest.index.store import FILTER_KEYS
from ingest.said import Said
from retrieval.answer import GuessKey

_WORD = re.compile(r"[^\W_]")


def read_question(text: str, max_chars: int) -> str:
    """The question with its white space made single. Raises `EmptyQuestion` and `QuestionTooLong`."""
    _check_characters(text)
    question = " ".join(text.split())
    if not _WORD.search(question):
        raise EmptyQuestion("The question is empty.", "Ask in a sentence, e.g. 「双活的 RPO 是多少？」.")
    if len(question) > max_chars:
        raise QuestionTooLong(
            Said(
                "The question has {count} characters, {max_chars} is the most taken.",
                count=len(question),
                max_chars=max_chars,
            ),
            "Ask one thing in a sentence or two, or raise CASELORE_MAX_QUESTION_CHARS.",
        )
    return question


def read_filters(given: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """`key=value` pairs as the values allowed per key; a key given twice allows both. Raises `UnknownFilter`."""
    found: dict[str, tuple[str, ...]] = {}
    for pair in given:
        _check_characters(pair)
        key, equals, value = pair.partition("=")
        key, value = key.strip(), value.strip()
        if not equals or not value:
            raise UnknownFilter(Said("The filter {pair} is not key=value.", pair=repr(pair)), _KNOWN)
        found[key] = (*found.get(key, ()), value)
    return check_filters(found)


def check_filters(filters: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The same filters, once every key is one that documents have. Raises `UnknownFilter`."""
    for key in filters:
        if key not in FILTER_KEYS:
            raise UnknownFilter(Said("There is no filter {key}.", key=repr(key)), _KNOWN)
    return dict(filters)


def read_dropped(given: Iterable[str]) -> frozenset[str]:
    """The guesses to drop, each a key or `key=value`. Raises `UnknownFilter` when no guess has such a key."""
    found = set()
    for one in given:
        _check_characters(one)
        key, equals, value = (part.strip() for part in one.partition("="))
        if key not in get_args(GuessKey):
            raise UnknownFilter(
                Said("Nothing is guessed of {key}.", key=repr(key)),
                Said("What can be dropped: {names}.", names=", ".join(get_args(GuessKey))),
            )
        found.add(f"{key}={value}" if equals else key)
    return frozenset(found)


def _check_characters(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise UsageError(
            Said("{text} has bytes that are no UTF-8.", text=repr(text)), "Type it anew, in a terminal set to UTF-8."
        ) from None


_KNOWN = Said("Filters: {names}; e.g. project=… .", names=", ".join(FILTER_KEYS))
