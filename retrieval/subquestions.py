"""Several questions in one, taken apart: each part can be searched for and answered by itself."""

import re

from retrieval.asked import understand

MOST = 4
"""Parts looked at; what comes behind them goes with the last one."""

_END = re.compile(r"[?？;；。!！\n]+")
_COMMA = re.compile(r"[,，]")
_ASKS = re.compile(
    r"什么|多少|几[个台张天人次条万项套路轮批层种节颗卡月年小分秒号点成夜席户件]|哪|谁|何时|何处|多[大长久高快]|怎么|怎样|如何|咋|为何|为啥"
    r"|[吗呢没]$|不$|[行能可对]不[行能可对]|是不是|有没有|要不要|够不够|达标没"
)
_EACH = re.compile(
    r"(?P<head>^|.*?[的里中在])(?P<one>[^的里中在，,、和与跟]{1,10}?)\s*(?:和|与|跟|、|及|以及)\s*"
    r"(?P<other>[^，,、]{1,10}?)\s*(?:分别|各自|各)(?:是|为)?(?P<rest>.{2,})$"
)


def parts(topic: str) -> tuple[str, ...]:
    """The questions in `topic` (which names no project), each with the things that it leaves to those before it.

    A clause without an asking word belongs to the one behind it, or at the end to the one before it. One question
    alone comes back as it is; so does one about two things “each” (MySQL 和 ES 分别怎么同步) as two.
    """
    clauses: list[str] = []
    waiting = ""
    for sentence in filter(str.strip, _END.split(topic)):
        for clause in filter(str.strip, _COMMA.split(sentence)):
            text = f"{waiting}，{clause.strip()}" if waiting else clause.strip()
            waiting = ""
            if _ASKS.search(clause.strip()):
                clauses.append(text)
            else:
                waiting = text
    if waiting:
        clauses[-1:] = [f"{clauses[-1]}，{waiting}" if clauses else waiting]
    if len(clauses) > MOST:
        clauses[MOST - 1 :] = ["，".join(clauses[MOST - 1 :])]
    if len(clauses) == 1:
        return _for_each(clauses[0]) or (topic,)
    return tuple(_with_things(clauses)) or (topic,)


def _for_each(clause: str) -> tuple[str, ...] | None:
    match = _EACH.match(clause)
    if match is None:
        return None
    return tuple(f"{match['head']}{match[which]}{match['rest']}" for which in ("one", "other"))


def _with_things(clauses: list[str]) -> list[str]:
    """The clauses; one that names nothing itself gets the names of the nearest before it that does."""
    whole, things = [], ""
    for clause in clauses:
        own = [term.shown for term in understand(clause).terms if term.names]
        whole.append(clause if own or not things else f"{things} {clause}")
        if own:
            things = " ".join(own)
    return whole
