"""The thing that a question asks about most closely: what stands next to its asking word (报价是多少, 几张卡)."""

import re

from ingest.terms import fold
from retrieval.asked import NAME_WEIGHT, Asked, Term

_ASKS = re.compile(
    r"多少钱|多少|几(?=[a-z一-鿿])|什么时候|何时|哪天|哪年|哪月|哪里|哪儿|在哪|哪[家个种款位些几条台项]|什么|谁|怎么样|怎么|怎样|如何"
    r"|咋|为什么|为何|为啥|啥|多[大长久高快]|哪|[吗没么](?=$|[?,])"
)
_ENDS_CLAUSE = re.compile("[,;。?]")

_ANOTHER_CLAUSE = 8
"""Characters that a comma between counts for."""

_FAR = 99.0


def focus(question: str, asked: Asked) -> Term | None:
    """The term of the question nearest to an asking word; of two beside it, the weightier.

    None when the question has no asking word, or no term.
    """
    folded = fold(question)
    asking = [match.span() for match in _ASKS.finditer(folded)]
    terms = [term for term in asked.terms if term.weight >= NAME_WEIGHT / 2]
    if not asking or not terms:
        return None
    return min(terms, key=lambda term: (_distance(term.text, folded, asking), -term.weight))


def _distance(words: str, folded: str, asking: list[tuple[int, int]]) -> float:
    found = [match.span() for match in re.finditer(re.escape(words), folded)]
    return min((_between(at, ask, folded) for at in found for ask in asking), default=_FAR)


def _between(at: tuple[int, int], ask: tuple[int, int], folded: str) -> float:
    behind = at[0] >= ask[1]
    gap = folded[ask[1] : at[0]] if behind else folded[at[1] : ask[0]]
    apart = len(gap) + (_ANOTHER_CLAUSE if _ENDS_CLAUSE.search(gap) else 0)
    return max(apart - 0.5, 0.0) if behind else float(apart)
