"""Tables: whether a claim speaks of another column or row than the one whose values it states."""

import re
from collections.abc import Sequence

from retrieval.verify.figures import Figure
from retrieval.verify.places import Place, Spot
from retrieval.verify.same import same_amount, same_day
from retrieval.verify.statement import Part
from retrieval.verify.verdict import Fault
from retrieval.verify.words import stands_in

_CHANGE = re.compile(r"^(?:增减|变化|变动)(?:量|数|值)?$")


def other_column(part: Part, others: Sequence[Figure], place: Place) -> Fault | None:
    """A column that the claim names, while it says what stands in another column of the row."""
    if not place.cells:
        return None
    said = [cell for cell in place.cells if cell]
    having, figured = _columns_of(part, (), place), _columns_of(part, others, place)
    for one in others:
        # 第一次用了8分42秒, which stands in the column 本次.
        named = {at for at, name in enumerate(place.header) if one.kind == "ordinal" and one.text in name}
        if named and having and not named & having:
            return Fault("scope", f"资料中“{one.text}”一栏是“{place.cells[min(named)]}”")
    for word in part.words:
        if len(word.text) < 2 or word.is_asked or any(word.text in cell for cell in said):
            continue
        columns = [at for at, name in enumerate(place.header) if word.text in name]
        if not columns or len(columns) == len(place.header):
            continue
        claimed = {at for at, cell in enumerate(place.cells) if at in figured or _is_claimed(part, cell, place.label)}
        if claimed - {0, *columns} and not claimed & set(columns):
            return Fault("subject", f"资料中“{word.text}”一栏是“{place.cells[columns[0]]}”")
    return None


def other_row(part: Part, place: Place) -> Fault | None:
    """Another row of the table, which the claim names better than this one."""
    words = [word.text for word in part.words if len(word.text) > 1]
    mine = {word for word in words if stands_in(word, place.label)}
    for label in place.rivals:
        theirs = {word for word in words if stands_in(word, label) and not stands_in(word, place.own)}
        if len(theirs) > len(mine - {word for word in mine if stands_in(word, label)}) and theirs:
            return Fault("subject", f"资料中“{label}”是另一行，所引的一行是“{place.label}”")
    return None


def of_change(spot: Spot, place: Place) -> str:
    """The direction that a column such as 增减 leaves to the sign of its numbers; empty for other columns."""
    if spot.column is None or not place.header or not _CHANGE.search(place.header[spot.column]):
        return ""
    before = place.cells[spot.column][: spot.figure.start].rstrip()
    return "减少" if before.endswith(("-", "−", "↓")) else "增加"


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
        return same_day(claimed.when, said.when, years)
    return claimed.text == said.text if claimed.kind == "code" else claimed.value == said.value


def _is_claimed(part: Part, cell: str, label: str) -> bool:
    return any(len(word.text) > 1 and word.text in cell and word.text not in label for word in part.words)
