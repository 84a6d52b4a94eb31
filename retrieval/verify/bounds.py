"""What is said of a number: at most, at least, more, less, about; and whether a change starts or ends with it."""

import re
from typing import Literal

Bound = Literal["", "most", "least", "about"]
Role = Literal["", "from", "to"]

# What may stand between the word and its number: 不超过单日的5%, 最多重跑3次.
_GAP = r"[^\d，。；、,;()（）]{0,4}$"
_BEFORE: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    # The longer words first: 不低于 ends in 低于.
    (
        "least",
        re.compile(r"(?:不低于|不少于|不小于|不得低于|不得少于|不短于|至少|最少|起码|下限|大于等于|>=|≥)" + _GAP),
    ),
    (
        "most",
        re.compile(
            r"(?:不超过|不超|未超过|不高于|不大于|不多于|不得超过|不长于|至多|最多|上限|封顶|小于等于|<=|≤)" + _GAP
        ),
    ),
    ("least", re.compile(r"(?:超过|大于|高于|多于|超出|长于|突破|逾|>)(?:了|约)?\s*$")),
    ("most", re.compile(r"(?:小于|低于|少于|短于|不足|不到|未到|<)(?:了|约)?\s*$")),
    ("about", re.compile(r"(?:约|近|大约|大概|接近|左右|将近|≈|~)\s*$")),
)
_AFTER: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    ("most", re.compile(r"\s*(?:以内|之内|以下|封顶|内(?![存部网容外核置])|上限)")),
    ("least", re.compile(r"\s*(?:以上|起(?![动来停火])|及以上)")),
    ("about", re.compile(r"\s*(?:左右|上下)")),
)
_FROM = re.compile(r"(?:由|从|自|原)\s*$")
_TO = re.compile(r"(?:升至|降至|增至|减至|升到|降到|增到|减到|改为|变为|提高到|缩短到|至|到|变|为)\s*$")


def bound_of(before: str, after: str) -> Bound:
    """What the words right before and after a number say of it."""
    for bound, pattern in _BEFORE:
        if pattern.search(before):
            return bound
    return next((bound for bound, pattern in _AFTER if pattern.match(after)), "")


def role_of(before: str) -> Role:
    """Whether the words right before a number make it the start or the end of a change."""
    return "from" if _FROM.search(before) else "to" if _TO.search(before) else ""


def agree(claimed: Bound, said: Bound, *, of_a_target: bool) -> bool:
    """Whether `claimed` may be said of a number of which the source says `said`.

    A bound may be left out, as people do (RPO 5 秒 for RPO ≤ 5 秒), but not added, unless the number is a target, which
    is a bound by its nature.
    """
    if claimed in ("", said):
        return True
    if claimed == "about":
        return said == ""
    return said == "" and of_a_target
