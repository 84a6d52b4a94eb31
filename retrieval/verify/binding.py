"""Whether a place says what a part of a claim does: its figure of the same thing, its names, its words, not reversed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ingest.document import DocumentMeta
from retrieval.glossary import SHIPPED, Glossary, read_glossary
from retrieval.verify.bounds import agree
from retrieval.verify.figures import Figure, When
from retrieval.verify.measures import GENERIC, spellings
from retrieval.verify.opposites import negation_turned, scope_turned
from retrieval.verify.places import Place, Spot
from retrieval.verify.statement import Part, Word
from retrieval.verify.verdict import Cause

WIDE = 0.45
"""What a word counts for that stands in the passage, but not at the place, around or above it."""

SAYING = 0.8
"""Weight of words below which a figure has none of its own (剩26户): what it is of, the clause before it says."""

FAR = 0.25
"""Share of the words below which a place speaks of something else."""

HALF = 0.6
"""What a word counts for at least half of whose character pairs stand there (热备原)."""

_ALIKE = Path(__file__).with_name("alike.csv")
_TARGET = re.compile(r"目标|指标|要求|承诺|阈值|门槛|标准|上限|下限|sla|rpo|rto|验收|限值|约束|时限|期限|预算|限时")
_OLD = re.compile(r"原定|原为|原方案|旧版|上一版|初版|初稿|作废|废弃|弃用")
_TOLD_AS_OLD = re.compile(
    r"原(?:定|为|来|方案|计划|先|是)|旧|上一版|初版|初稿|第一版|作废|废弃|弃用|不再|曾|当初|最初|此前|以前|历史|改[为成了过用]"
    r"|(?:由|从).*[改升降增减变调到]|变化|怎么变|相比|[两几]版|版本|变成|后来"
)
_VERSION = re.compile(r"v\d+(?:\.\d+)*")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Fault:
    """Why a place does not say it; `words` in Chinese."""

    cause: Cause
    words: str


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
    coverage, own, lacking = _coverage(part.words, place)
    if part.figure is not None and sum(word.weight for word in part.words) < SAYING:
        coverage = own = 1.0
    if coverage < FAR:
        return Held(coverage, own, (Fault("words", f"资料中没有“{part.text.strip()}”的说法"),))
    faults = [fault for one in others if (fault := _stray(one, place, document))]
    spot = None
    clause = _nearest_clause(part, place)
    local = [clause, place.own]
    if part.figure is not None:
        spot, fault = _find(part, part.figure, place)
        if fault:
            faults.append(fault)
        if spot:
            local = [spot.local, spot.label, clause, place.own] if spot.label else [spot.local, clause, place.own]
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
    if spot is None or spot.column is not None:
        fault = _other_column(part, others, place) or _other_row(part, place)
        if fault:
            faults.append(fault)
    if faults:
        return Held(coverage, own, tuple(faults), spot)
    turned = scope_turned(part.text, [*local, place.near, place.above])
    if turned:
        faults.append(Fault("scope", f"写的是“{turned[0]}”，资料是“{turned[1]}”"))
    denied = negation_turned(part.text, clause, [word.text for word in part.words if len(word.text) > 1])
    if denied:
        faults.append(Fault("negation", f"“{denied}”的肯定与否定与资料不一致"))
    return Held(coverage, own, tuple(faults), spot)


def presence(word: Word, place: Place) -> float:
    """How far a word stands at a place: 1 at it or around and above it, `WIDE` elsewhere in its passage, else the share
    of its character pairs there.
    """
    said = place.said
    if stands_in(word.text, said) or any(stands_in(other, said) for other in _glossary().alike(word.text)):
        return 1.0
    if stands_in(word.text, place.wide):
        return WIDE
    if word.is_latin or len(word.text) < 2:
        return 0.0
    if len(word.text) == 2:
        return WIDE * sum(char in place.own for char in word.text) / 2
    pairs = [word.text[at : at + 2] for at in range(len(word.text) - 1)]
    share = sum(pair in said for pair in pairs) / len(pairs)
    return max(share, HALF) if share >= 0.5 else share


def stands_in(word: str, folded: str) -> bool:
    """Whether a word stands in a text; one in Latin letters as a word of its own or before digits."""
    if word not in folded:
        return False
    if _HAN.search(word):
        return True
    return re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z])", folded) is not None


@cache
def _glossary() -> Glossary:
    return Glossary(read_glossary(SHIPPED) + read_glossary(_ALIKE))


def _coverage(words: Sequence[Word], place: Place) -> tuple[float, float, list[Word]]:
    """The share of the words that stand there, in its own words, and the words that do not."""
    shares = [(word, presence(word, place)) for word in words]
    lacking = [word for word, share in shares if share < 1]
    # Names must be there anyway, and make up for nothing else.
    counted = [(word, share) for word, share in shares if not word.is_name] or shares
    total = sum(word.weight for word, _ in counted)
    if not total:
        return 1.0, 1.0, []
    own = sum(word.weight * min(share, _is_own(word, place)) for word, share in counted)
    return sum(word.weight * share for word, share in counted) / total, own / total, lacking


def _is_own(word: Word, place: Place) -> float:
    if any(stands_in(one, place.own) for one in (word.text, *_glossary().alike(word.text))):
        return 1.0
    pairs = [word.text[at : at + 2] for at in range(len(word.text) - 1)]
    return HALF if len(pairs) > 1 and sum(pair in place.own for pair in pairs) * 2 >= len(pairs) else 0.0


def _is_of_nothing_here(part: Part, place: Place) -> bool:
    """Whether none of the words that say what the figure is of stand at the place, around or above it."""
    telling = [word for word in part.words if word.weight == 1]
    return bool(telling) and all(presence(word, place) <= WIDE for word in telling)


def _is_foreign(word: Word, place: Place) -> bool:
    """Whether a name is none of the place's: Latin, or with a character that nothing here has (a wrong cut has none)."""
    if word.is_latin:
        return True
    here = place.said
    return any(char not in here for char in word.text)


def _stray(figure: Figure, place: Place, document: DocumentMeta) -> Fault | None:
    """What is wrong with a date, code or ordinal: it stands nowhere at the place, around or above it."""
    if figure.kind == "code":
        is_version = _VERSION.fullmatch(figure.text) and _VERSION.search(place.own)
        if _names_code(figure.text, place.own if is_version else place.said):
            return None
        return Fault("code", f"所引之处没有“{figure.text.upper()}”")
    said = [spot.figure for spot in place.spots] + list(place.around)
    if figure.kind == "ordinal":
        if any(one.kind == "ordinal" and one.value == figure.value for one in said):
            return None
        return Fault("figure", f"所引之处没有“{figure.text}”")
    assert figure.when is not None
    whole_days = [one for one in said[: len(place.spots)] if one.when and one.when.day]
    if figure.when.day and whole_days:
        # The document's own date stands for no other day that is told here.
        said = whole_days
    years = {one.when.year for one in said if one.when and one.when.year}
    if any(one.when and _same_day(figure.when, one.when, years) for one in said):
        return None
    return Fault("date", f"所引之处没有日期“{figure.text.strip()}”")


def _names_code(code: str, folded: str) -> bool:
    """Whether a text names a code: whole, `-` and blanks alike; 910b also by 910b3, but 910b3 not by 910b4."""
    joined = r"[-_ ]?".join(re.escape(piece) for piece in re.split(r"[-_]", code))
    end = r"(?![a-z])" if code[-1].isalpha() else r"(?![a-z0-9]|\.\d)"
    return re.search(rf"(?<![a-z0-9.]){joined}{end}", folded) is not None


def _same_day(claimed: When, said: When, years: set[int]) -> bool:
    """Whether the source has every part of the claimed date; a year that it leaves out may stand elsewhere there."""
    if claimed.year is not None and claimed.year != said.year and (said.year is not None or claimed.year not in years):
        return False
    if claimed.quarter is not None:
        return claimed.quarter == (said.quarter or ((said.month + 2) // 3 if said.month else None))
    return (
        (claimed.month in (None, said.month))
        and (claimed.day in (None, said.day))
        and (claimed.month is not None or said.year is not None)
    )


def _find(part: Part, figure: Figure, place: Place) -> tuple[Spot | None, Fault | None]:
    """The spot that has the part's figure, of the same thing; else what is wrong with the nearest to it."""
    numbers = [spot for spot in place.spots if spot.figure.kind == "number"]
    fault = Fault("figure", f"所引之处没有“{figure.text}”")
    for spot in numbers:
        if not (same_amount(figure, spot.figure) or _measured_around(figure, spot, place)):
            continue
        if not agree(figure.bound, spot.figure.bound, of_a_target=bool(_TARGET.search(place.said))):
            fault = Fault("comparison", f"“{figure.text}”的上下限（不低于/不高于）与资料不一致")
        elif {figure.role, spot.figure.role} == {"from", "to"}:
            fault = Fault("subject", f"“{figure.text}”在资料里是变化的另一端")
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


def same_amount(claimed: Figure, said: Figure) -> bool:
    """Whether two numbers are equal in the same measure; one without a measure goes by the bare number."""
    if claimed.measure is None or said.measure is None:
        measured = claimed.measure or said.measure
        # A bare 5 in the source is no 5 秒; a claim may leave a unit out.
        bare = said.measure is not None or measured is None or measured.dimension == GENERIC
        return bare and claimed.number == said.number
    return claimed.measure.fits(said.measure) and (claimed.value == said.value or claimed.number == said.number == 0)


def _measured_around(claimed: Figure, spot: Spot, place: Place) -> bool:
    """Whether a number without a unit is the claimed one, whose unit its column, its row or the lines above name."""
    if claimed.measure is None or spot.figure.measure is not None or claimed.number != spot.figure.number:
        return False
    around = f"{place.own} {place.near} {' '.join(place.header)}"
    return any(stands_in(one, around) for one in spellings(claimed.measure))


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


def _other_column(part: Part, others: Sequence[Figure], place: Place) -> Fault | None:
    """A column that the claim names, while it says what stands in another column of the row."""
    if not place.cells:
        return None
    said = [cell for cell in place.cells if cell]
    figured = _columns_of(part, others, place)
    for word in part.words:
        if len(word.text) < 2 or any(word.text in cell for cell in said):
            continue
        columns = [at for at, name in enumerate(place.header) if word.text in name]
        if not columns or len(columns) == len(place.header):
            continue
        claimed = {at for at, cell in enumerate(place.cells) if at in figured or _is_claimed(part, cell, place.label)}
        if claimed - {0, *columns} and not claimed & set(columns):
            return Fault("subject", f"资料中“{word.text}”一栏是“{place.cells[columns[0]]}”")
    return None


def _columns_of(part: Part, others: Sequence[Figure], place: Place) -> set[int]:
    """The columns that have a figure of the claim."""
    years = {one.when.year for one in place.around if one.when and one.when.year}
    return {
        spot.column
        for spot in place.spots
        if spot.column is not None
        and (
            (part.figure is not None and spot.figure.kind == "number" and same_amount(part.figure, spot.figure))
            or any(_is_same(one, spot.figure, years) for one in others)
        )
    }


def _is_same(claimed: Figure, said: Figure, years: set[int]) -> bool:
    if claimed.kind != said.kind:
        return False
    if claimed.when and said.when:
        return _same_day(claimed.when, said.when, years)
    return claimed.text == said.text if claimed.kind == "code" else claimed.value == said.value


def _nearest_clause(part: Part, place: Place) -> str:
    """The clause of the place that shares most with the part; all of them where several do."""
    if len(place.clauses) < 2:
        return place.own
    words = [word.text for word in part.words]
    shared = [sum(stands_in(word, clause) for word in words) for clause in place.clauses]
    most = max(shared)
    nearest = [clause for clause, share in zip(place.clauses, shared, strict=True) if share == most]
    return " | ".join(nearest) if most else place.own


def _is_claimed(part: Part, cell: str, label: str) -> bool:
    return any(len(word.text) > 1 and word.text in cell and word.text not in label for word in part.words)


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


def _other_row(part: Part, place: Place) -> Fault | None:
    """Another row of the table, which the claim names better than this one."""
    words = [word.text for word in part.words if len(word.text) > 1]
    mine = {word for word in words if stands_in(word, place.label)}
    for label in place.rivals:
        theirs = {word for word in words if stands_in(word, label) and not stands_in(word, place.own)}
        if len(theirs) > len(mine - {word for word in mine if stands_in(word, label)}) and theirs:
            return Fault("subject", f"资料中“{label}”是另一行，所引的一行是“{place.label}”")
    return None
