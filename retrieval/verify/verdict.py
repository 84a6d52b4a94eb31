"""What checking a drafted claim comes to: supported, unverified or dropped."""

from dataclasses import dataclass
from typing import Literal

from ingest.chunk import Span
from ingest.document import Value
from retrieval.answer import Passage

Cause = Literal[
    "figure",
    "code",
    "date",
    "name",
    "subject",
    "comparison",
    "negation",
    "scope",
    "superseded",
    "words",
    "empty",
    "aside",
    "contradiction",
]
"""What fails: a number with its unit; a model or product code; a date; a name; a figure or name that the sources have
of something else; at most for at least; a negation; one of two opposites for the other; an older version's value as
today's; words that no source has; a claim that says nothing; one that does not tell what was asked; what a model of
inference takes for a contradiction."""


@dataclass(frozen=True)
class Fault:
    """Why a place does not say it; `words` in Chinese."""

    cause: Cause
    words: str


class Support(Value):
    """Words that a claim rests on: `quote` stands verbatim in `span`, whose locator leads to it."""

    passage: Passage
    span: Span
    quote: str


class Supported(Value):
    """A claim that the sources say.

    `arithmetic` shows how figures follow that no source has (`12 + 8 = 20`); `replaced`: it rests on other passages
    than the model named; `older` names the documents it rests on that have a newer version, which says nothing of it.
    """

    text: str
    supports: tuple[Support, ...]
    arithmetic: tuple[str, ...] = ()
    replaced: bool = False
    older: tuple[str, ...] = ()


class Unverified(Value):
    """A claim without figure, name, date or decision, which the sources say in part or in other words; or any claim
    that the rules support and a model of inference doubts.

    `nearest` are the words that come nearest to it; possibly none.
    """

    text: str
    nearest: tuple[Support, ...] = ()


class Dropped(Value):
    """A claim that must not be shown. `words` tell a person why, in Chinese, naming what is at fault."""

    text: str
    cause: Cause
    words: str


Verdict = Supported | Unverified | Dropped
