"""Whether words support a statement, by rule: its figures and codes stand there, and most of its words do.

What it rests on: a statement of this domain is right or wrong by its figures, codes and names; the words between them
may be others. It is a lower bound on meaning: a paraphrase in other words counts as not supported, and a negation is
looked at only so far as one of the two has a word of negation where the other has none.
"""

import re

from evals.figures import unsupported_figures
from ingest.lexical import QUESTION_WORDS
from ingest.terms import cut, fold, tokens

ENOUGH = 0.6
"""The share of a statement's words that must be there. Of 72 pairs of a dev question's point and an extractive answer
that a person read, this agreed with the person in 69; between .5 and .7 four verdicts change, as many for the better as
for the worse."""

_FUNCTION_WORDS = frozenset("和与及或在由为对于以按被把将从到并且而其该此这那个等中上下有是也都就会可要需")
_NOT = re.compile(r"不(?!超过|低于|高于|少于|大于|小于|足|同|仅|断)|未|没有|无法|无需|禁止|取消|作废")


def words(text: str) -> set[str]:
    """The words and codes of a text that mean something by themselves."""
    found: set[str] = set()
    for token in tokens(fold(text)):
        if token.is_code:
            found.add(token.text)
        else:
            found |= {word for word in cut(token.text) if word not in QUESTION_WORDS | _FUNCTION_WORDS}
    return found


def supports(text: str, statement: str) -> bool:
    """Whether `text` says what `statement` does, by the rule above. An empty statement is said by anything."""
    if unsupported_figures(statement, [text]):
        return False
    folded = fold(text)
    wanted = words(statement)
    said = sum(word in folded for word in wanted)
    if said < ENOUGH * len(wanted):
        return False
    return not _NOT.search(statement) or bool(_NOT.search(text))
