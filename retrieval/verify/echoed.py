"""Clauses that only say the question's words again before they answer it: 按最新版，要1,560路."""

import re

from retrieval.verify.statement import Clause

_EXPECTS_YES = re.compile(r"\s*(?:吧|对吧|对吗|是吗|没错|是不是|不是吗)")
"""Behind words of a question that take them for true: they may be wrong."""


def repeats(clause: Clause, question: str) -> bool:
    """Whether a clause stands so in the folded question, which does not ask whether it is true; none with a figure or a
    decision in it.
    """
    at = question.find(clause.text)
    if at < 0 or clause.figures or clause.decides:
        return False
    return not _EXPECTS_YES.match(question, at + len(clause.text))
