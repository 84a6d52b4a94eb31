"""An answer held against the answers that a reading set gives: said at all, and how closely.

The measures of reading comprehension (Rajpurkar et al., "SQuAD", 2016), with Chinese characters in the place of words
(Cui et al., "A Span-Extraction Dataset for Chinese Machine Reading Comprehension", CMRC 2018).
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from evals.gold import is_covered
from ingest.terms import fold

LONG = 20
"""From so many tokens on an answer is a passage of its own, which nobody repeats to the letter."""

_TOKEN = re.compile(r"\d+(?:\.\d+)*|[a-z]+|[^\W_]")


def answer_covered(text: str, answers: Sequence[str]) -> float:
    """1 when any of the answers stands in the text, else 0. Width, case, blanks and punctuation do not matter, and a
    number or a Latin word stands there as a whole only. Of an answer of `LONG` tokens and more four fifths are enough
    (`gold.is_covered`).
    """
    said = f" {' '.join(_tokens(text))} "
    for answer in answers:
        wanted = _tokens(answer)
        if not wanted:
            continue
        if f" {' '.join(wanted)} " in said or (len(wanted) >= LONG and is_covered("".join(wanted), ["".join(said)])):
            return 1.0
    return 0.0


def answer_f1(claims: Sequence[str], answers: Sequence[str]) -> float:
    """The best F1 of a claim and an answer, by their longest common run of tokens, as the evaluation script of
    CMRC 2018 has it. An extractive claim is a whole sentence, so even a right one is far below 1.
    """
    return max((_f1(_tokens(claim), _tokens(answer)) for claim in claims for answer in answers), default=0.0)


def _f1(said: list[str], wanted: list[str]) -> float:
    common = SequenceMatcher(None, said, wanted, autojunk=False).find_longest_match().size
    return 2 * common / (len(said) + len(wanted)) if common else 0.0


def _tokens(text: str) -> list[str]:
    """Chinese characters one by one, numbers and Latin words whole."""
    return _TOKEN.findall(fold(text))
