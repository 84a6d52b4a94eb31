"""How much fits: tokens estimated by their characters, passages and earlier questions taken while there is room."""

import re
from collections.abc import Sequence

from retrieval.answer import Passage
from retrieval.generate.ask_model import MOST_TOKENS
from retrieval.generate.prompt import INSTRUCTIONS, shown

_HAN = re.compile(r"[⺀-鿿豈-﫿＀-￯]")

# Qwen2.5's tokenizer takes .58 tokens for a Chinese character and .39 for another one in the sample corpus (GPT's
# cl100k 1.2 for a Chinese one, which the reserve has to bear).
HAN_TOKENS = 0.8
OTHER_TOKENS = 0.5
RESERVE = 64
"""Tokens for the roles and marks that an endpoint puts around the chat."""

BEFORE_TOKENS = 200
"""Tokens that earlier questions may take."""


def tokens(text: str) -> int:
    """About how many tokens a text has, rather too many than too few."""
    han = len(_HAN.findall(text))
    return round(han * HAN_TOKENS + (len(text) - han) * OTHER_TOKENS) + 1


def that_fit(passages: Sequence[Passage], question: str, context: int) -> list[Passage]:
    """The first of the passages that fit into a context of so many tokens with all else; at least one."""
    left = context - MOST_TOKENS - RESERVE - BEFORE_TOKENS - tokens(INSTRUCTIONS) - tokens(question)
    kept: list[Passage] = []
    for passage in passages:
        left -= tokens(shown(len(kept) + 1, passage))
        if left < 0 and kept:
            break
        kept.append(passage)
    return kept


def last_that_fit(before: Sequence[str]) -> list[str]:
    """The last of the earlier questions, as many as have room, oldest first."""
    kept: list[str] = []
    for question in reversed(before):
        if sum(map(tokens, kept)) + tokens(question) > BEFORE_TOKENS:
            break
        kept.insert(0, question)
    return kept
