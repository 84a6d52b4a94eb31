"""Whether a place says what a part of a claim does: its figure of the same thing, names, words, not reversed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.document import DocumentMeta
from ingest.terms import tag
from retrieval.verify.bounds import agree
from retrieval.verify.contraries import contrary
from retrieval.verify.figures import Figure, figures
from retrieval.verify.opposites import is_side, negation_turned, scope_turned, stated_though_denied
from retrieval.verify.places import Place, Spot
from retrieval.verify.rows import of_change, other_column, other_row
from retrieval.verify.same import measured_around, names_code, same_amount, same_day
from retrieval.verify.statement import FUNCTION_WORDS, Part, Word, is_listed
from retrieval.verify.verdict import Fault
from retrieval.verify.words import WIDE, coverage, presence, stands_in

SAYING = 0.8
"""Weight of words below which a figure has none of its own (剩26户): what it is of, the clause before it says."""

FAR = 0.25
"""Share of the words below which a place speaks of something else."""


_COUNTER = re.compile(r"^\s*[个处项条件次张台套户人家名位只支组类种份批轮层节段笔座]?\s*")
_HAN_RUN = re.compile(r"[一-鿿]{2,8}")
_TARGET = re.compile(r"目标|指标|要求|承诺|阈值|门槛|标准|上限|下限|sla|rpo|rto|验收|限值|约束|时限|期限|预算|限时")
_OLD = re.compile(r"曾[评为是定经按]|原定|原为|原方案|旧版|上一版|初版|初稿|作废|废弃|弃用")
_TOLD_AS_OLD = re.compile(
    r"原(?:定|为|来|方案|计划|先|是)|旧|上一版|初版|初稿|第一版|作废|废弃|弃用|不再|曾"
    r"|当初|最初|此前|以前|历史|改[为成了过用]"
    r"|(?:由|从).*[改升降增减变调到]|变化|怎么变|相比|[两几]版|版本|变成|后来"
)
_TOTAL = re.compile(r"合计|总|共")
_VERSION = re.compile(r"v\d+(?:\.\d+)*")


@dataclass(frozen=True)
class Held:
    """A part of a claim held against a place: how much of its words is there (0 to 1), how much in the place's own
    words, and what is wrong.
    """

    coverage: float
    own: float
    faults: tuple[Fault, ...]
    spot: Spot | None = None


def hold(part: Part, others: Sequence[Figure], place: Place, document: DocumentMeta, *, asks_old: bool) -> Held:
    """Hold one part of a claim against a place. `others` are the dates, codes and ordinals of its clause.

    `asks_old`: claim or question speak of former versions, so that their values are right.
    """
    share, own, lacking = coverage(part.words, place)
    if part.figure is not None and sum(word.weight for word in part.words) < SAYING:
        share = own = 1.0
    if share < FAR:
        return Held(share, own, (Fault("words", f"资料中没有“{part.text.strip()}”的说法"),))
    faults = [fault for one in others if (fault := _stray(one, place) or _beside(one.text, part, place))]
    spot = None
    clause = _nearest_clause(part, place)
    local = [clause, place.own]
    if part.figure is not None:
        spot, fault = _find(part, part.figure, place)
        if fault:
            faults.append(fault)
        if spot:
            change = of_change(spot, place)
            local = [one for one in (change, spot.local, spot.label, clause, place.own) if one]
            if _is_total(part) and place.cells and not _TOTAL.search(f"{place.own} {place.near}"):
                faults.append(Fault("subject", f"“{part.figure.text}”在资料里不是合计"))
            told = {one.value for one in figures(spot.local) if one.kind == "ordinal"}
            asked = {one.value for one in others if one.kind == "ordinal"}
            if told and asked and not told & asked:
                faults.append(Fault("scope", f"“{part.figure.text}”在资料里是另一次（期）的"))
            if not asks_old and _is_old(spot, document):
                faults.append(Fault("superseded", f"“{part.figure.text}”是旧版本或已作废的说法"))
    named = any(one.kind == "code" and one.text in part.text for one in others)
    if part.figure is not None and not named and _is_of_nothing_here(part, place):
        faults.append(
            Fault("subject", f"“{part.figure.text}”在资料里说的不是“{''.join(word.text for word in part.words)}”")
        )
    faults += [
        Fault("name", f"所引之处没有“{word.text}”") for word in lacking if word.is_name and _is_foreign(word, place)
    ]
    faults += [fault for word in part.words if word.is_latin and (fault := _beside(word.text, part, place))]
    if spot is None or spot.column is not None:
        fault = other_column(part, others, place) or other_row(part, place)
        if fault:
            faults.append(fault)
    if faults:
        return Held(share, own, tuple(faults), spot)
    turned = scope_turned(part.text, [*local, place.near, place.above]) or _turned_in_list(part, place)
    turned = turned or contrary(part.text, place.packed)
    if turned:
        faults.append(Fault("scope", f"写的是“{turned[0]}”，资料是“{turned[1]}”"))
    denied = negation_turned(part.text, clause, [word.text for word in part.words if len(word.text) > 1])
    if denied and place.cells and part.figure is None and part.text.endswith(denied) and denied in place.cells:
        # The cell says it in the same words: 未解决.
        denied = None
    denied = denied or stated_though_denied(part.text, place.packed)
    if denied:
        faults.append(Fault("negation", f"“{denied}”的肯定与否定与资料不一致"))
    return Held(share, own, tuple(faults), spot)


def lacks(part: Part, others: Sequence[Figure], place: Place) -> bool:
    """Whether a place has not even the bare number of a part, or not the letters of a code: a look, before it is held.

    False means nothing; true, that `hold` finds a fault there.
    """
    figure = part.figure
    if figure is not None and figure.number not in place.amounts and figure.value not in place.amounts:
        return True
    return any(
        one.kind == "code" and not all(piece in place.said for piece in re.split(r"[-_ ]", one.text)) for one in others
    )


def _turned_in_list(part: Part, place: Place) -> tuple[str, str] | None:
    """The same of each item in 站内异步、跨站异步, held against the clause that speaks of it."""
    items = [item for item in re.split(r"[、/]|(?<=..)和(?=..)", part.text) if item.strip()]
    for item in items if len(items) > 1 else []:
        words = tuple(word for word in part.words if word.text in item)
        told = any(not is_side(word.text) and stands_in(word.text, place.own) for word in words)
        turned = scope_turned(item, [_nearest_clause(Part(item, None, words), place)]) if told else None
        if turned:
            return turned
    return None


def _is_of_nothing_here(part: Part, place: Place) -> bool:
    """Whether none of the words that say what the figure is of stand at the place, around or above it."""
    telling = [word for word in part.words if word.weight == 1]
    return bool(telling) and all(presence(word, place) <= WIDE for word in telling)


def _is_foreign(word: Word, place: Place) -> bool:
    """Whether a name is none of the place's: Latin, or with a character that nothing here has, unlike a wrong cut."""
    if word.is_latin:
        return True
    here = place.said
    return any(char not in here for char in word.text)


def _beside(name: str, part: Part, place: Place) -> Fault | None:
    """A product named in a list that stands around the place only: of a picture's boxes, the one next to it."""
    if place.cells or names_code(name, place.own) or not is_listed(name, part.text):
        return None
    return Fault("name", f"所引之处没有“{name}”")


def _is_total(part: Part) -> bool:
    return bool(re.search(r"合计|总计|总数|总共|一共|共计|共有", part.text))


def _stray(figure: Figure, place: Place) -> Fault | None:
    """What is wrong with a date, code or ordinal: it stands nowhere at the place, around or above it."""
    if figure.kind == "code":
        is_version = _VERSION.fullmatch(figure.text) and _VERSION.search(place.own)
        if names_code(figure.text, place.own if is_version else place.said):
            return None
        return Fault("code", f"所引之处没有“{figure.text.upper()}”")
    said = [spot.figure for spot in place.spots] + list(place.around)
    if figure.kind == "ordinal":
        own = [one for one in said[: len(place.spots)] if one.kind == "ordinal"]
        if not own and len({one.value for one in said if one.kind == "ordinal"}) > 1:
            return Fault("figure", f"所引之处没有说是“{figure.text}”")
        if any(one.kind == "ordinal" and one.value == figure.value for one in own or said):
            return None
        return Fault("figure", f"所引之处没有“{figure.text}”")
    assert figure.when is not None
    whole_days = [one for one in said[: len(place.spots)] if one.when and one.when.day]
    if figure.when.day and whole_days:
        # The document's own date stands for no other day that is told here.
        said = whole_days
    years = {one.when.year for one in said if one.when and one.when.year}
    if any(one.when and same_day(figure.when, one.when, years) for one in said):
        return None
    return Fault("date", f"所引之处没有日期“{figure.text.strip()}”")


def _find(part: Part, figure: Figure, place: Place) -> tuple[Spot | None, Fault | None]:
    """The spot that has the part's figure, of the same thing; else what is wrong with the nearest to it."""
    numbers = [spot for spot in place.spots if spot.figure.kind == "number"]
    fault = Fault("figure", f"所引之处没有“{figure.text}”")
    for spot in numbers:
        if not (same_amount(figure, spot.figure) or measured_around(figure, spot, place)):
            continue
        if not agree(figure.bound, spot.figure.bound, of_a_target=bool(_TARGET.search(place.said))):
            fault = Fault("comparison", f"“{figure.text}”的上下限（不低于/不高于）与资料不一致")
        elif {figure.role, spot.figure.role} == {"from", "to"}:
            fault = Fault("subject", f"“{figure.text}”在资料里是变化的另一端")
        elif _counts_another(part.text, figure, spot):
            fault = Fault("subject", f"“{figure.text}”在资料里数的是别的东西")
        elif spot.column != 0 and part.text.strip() not in place.own and _belongs_elsewhere(part, spot, numbers, place):
            fault = Fault("subject", f"“{figure.text}”在资料里说的是别的对象")
        else:
            return spot, None
    if (
        any(not spot.figure.weak and spot.figure.number == figure.number for spot in numbers)
        and fault.cause == "figure"
    ):
        fault = Fault("figure", f"“{figure.text}”的单位与资料不一致")
    return None, fault


def _counts_another(text: str, figure: Figure, spot: Spot) -> bool:
    """Whether both tell what they count right behind the figure, and it is not the same: 37个存储过程, 37处节假日."""
    told, asked = (_counted(*one) for one in ((spot.local, spot.figure), (text, figure)))
    return bool(told and asked) and not set(told) & set(asked)


def _counted(text: str, figure: Figure) -> str:
    """The noun behind a figure that counts pieces; empty where none stands there."""
    at = text.find(figure.text)
    if at < 0 or (figure.measure and figure.measure.is_continuous):
        return ""
    behind = _COUNTER.sub("", text[at + len(figure.text) :], count=1)
    run = _HAN_RUN.match(behind)
    noun = ""
    for word, part_of_speech in tag(run.group()) if run else []:
        if part_of_speech[0] not in "njlt" or word in FUNCTION_WORDS:
            break
        noun += word
    return noun if len(noun) > 1 else ""


def _belongs_elsewhere(part: Part, spot: Spot, numbers: Sequence[Spot], place: Place) -> bool:
    """Whether the words nearest to the claim's figure stand with another figure of the place, not with this one."""
    assert part.figure is not None
    weights = _nearness(part)
    here = f"{spot.local} {spot.label}"
    # What the whole table or section is about tells none of its figures apart.
    shared = f"{place.above} {place.near if place.cells else ''}"
    for other in numbers:
        comparable = (
            other.figure.measure is None
            or spot.figure.measure is None
            or other.figure.measure.fits(spot.figure.measure)
        )
        if other.figure.weak or not comparable or same_amount(other.figure, spot.figure):
            continue
        if (other.figure.role, spot.figure.role) == ("from", "to"):
            # Both are of the same thing.
            continue
        there = f"{other.local} {other.label}"
        apart = {text: w for text, w in weights.items() if stands_in(text, there) != stands_in(text, here)}
        gain = sum(w for text, w in apart.items() if stands_in(text, there) and not stands_in(text, shared))
        loss = sum(w for text, w in apart.items() if stands_in(text, here))
        if gain > loss:
            return True
    return False


def _nearness(part: Part) -> dict[str, float]:
    """The part's words by how near they stand to its figure: 1, 1/2, 1/3…"""
    start, end = (part.figure.start, part.figure.end) if part.figure else (0, 0)
    words = [word for word in part.words if len(word.text) > 1]
    ordered = sorted(words, key=lambda word: max(start - word.at - len(word.text), word.at - end))
    return {word.text: 1 / rank for rank, word in enumerate(ordered, start=1)}


def _nearest_clause(part: Part, place: Place) -> str:
    """The clause of the place that shares most with the part; all of them where several do."""
    if len(place.clauses) < 2:
        return place.own
    words = [word.text for word in part.words if not is_side(word.text)]
    shared = [sum(stands_in(word, clause) for word in words) for clause in place.clauses]
    most = max(shared)
    nearest = [clause for clause, share in zip(place.clauses, shared, strict=True) if share == most]
    return " | ".join(nearest) if most else place.own


def _is_old(spot: Spot, document: DocumentMeta) -> bool:
    """Whether the words right around a figure make it an older version's."""
    here = f"{spot.local} {spot.label}"
    own = (document.version or "").lower()
    others = [one for one in _VERSION.findall(here) if one != own]
    return bool(
        _OLD.search(here) or ((others and own and _VERSION.fullmatch(own) is not None) or (others and "终" in own))
    )


def tells_of_old(text: str) -> bool:
    """Whether a folded text speaks of what was before, or names a version."""
    return bool(_TOLD_AS_OLD.search(text) or _VERSION.search(text))
