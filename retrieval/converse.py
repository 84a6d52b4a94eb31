"""A follow-up to a question that stands by itself, completed by rule from the questions asked before it."""

import re
from collections.abc import Sequence

from ingest.terms import fold
from retrieval.asked import understand
from retrieval.names import Names, without

_LEANS = re.compile(
    r"^(?:那么?|它|他|她|这|其|里面|其中|后来|然后|还有|为什么|为啥|怎么|现在)"
    r"|[它他她]们?|这个|那个|这次|那次|其中|里面|呢[?？]?$"
)
_WHAT_OF = re.compile(r"^(?:那么?|还有)?(?P<what>[^?？,，。;；]{1,12}?)呢(?:[?？,，。;；]\s*(?P<rest>.*))?$")
_ALL = re.compile(r"(?:哪些|哪几个|哪个|各个?|所有|其他|其它|别的|几个)(?:项目|客户|银行)")
_ORDINAL = re.compile(r"第[一二三四五六七八九十\d]+[次版期批阶轮]?|[一二三四]期")
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9.+-]*")
FEW = 2
"""A question with fewer names of things than this says too little to stand by itself."""
CARRIED = 4
"""Most terms carried over from the question before."""


def completed(question: str, history: Sequence[str], names: Names) -> str:
    """The question with what it leaves to the conversation; the question itself where it leaves nothing.

    `history` are the questions asked before, oldest first; each is completed from those before it.
    """
    whole = ""
    for one in (*history, question):
        whole = _joined(one, whole, names) if whole else one
    return whole


def _joined(question: str, before: str, names: Names) -> str:
    if _ALL.search(question):
        return question
    mentions = names.mentions(question)
    what_of = _WHAT_OF.match(question.strip())
    if what_of:
        replaced = _in_place_of(what_of["what"].strip(), before, names)
        if replaced:
            return " ".join(filter(None, (replaced, what_of["rest"])))
    told = [one.words for one in names.mentions(before)]
    spoken = [] if mentions else told
    own = [term for term in understand(without(question, [one.words for one in mentions])).terms if term.names]
    if not _LEANS.search(question) and len(own) >= FEW:
        return " ".join((*spoken, question))
    return " ".join((*spoken, *_carried(without(before, told), question), question))


def _carried(before: str, question: str) -> list[str]:
    """The things that the question before names and this one does not."""
    folded = fold(question)
    terms = [one for one in understand(before).terms if one.names and one.text not in folded and not one.text.isdigit()]
    return [term.shown for term in terms][:CARRIED]


def _in_place_of(what: str, before: str, names: Names) -> str | None:
    """The question before, with `what` where it had another of the same sort: a project, an ordinal, a code."""
    old, new = names.mentions(before), names.mentions(what)
    if old and new and without(what, [one.words for one in new]) in (what, ""):
        return re.sub(re.escape(old[0].words), what, fold(before))
    for pattern in (_ORDINAL, _CODE):
        if pattern.fullmatch(what) and (found := pattern.search(without(before, [one.words for one in old]))):
            return before.replace(found.group(), what, 1)
    return None
