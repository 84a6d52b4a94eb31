"""When a figure of a claim and one of a source are the same: amounts, codes, days."""

import re

from retrieval.verify.figures import Figure, When
from retrieval.verify.measures import GENERIC, spellings
from retrieval.verify.places import Place, Spot
from retrieval.verify.words import stands_in

_COUNTS = re.compile(r"数(?:量|目)?$")
"""A row that says itself what it counts: 实例数 are no 卡, whatever the lines above speak of."""


def same_amount(claimed: Figure, said: Figure) -> bool:
    """Whether two numbers are equal in the same measure; one without a measure goes by the bare number."""
    if claimed.measure is None or said.measure is None:
        measured = claimed.measure or said.measure
        # A bare 5 in the source is no 5 秒; a claim may leave a unit out.
        bare = (
            (said.measure is not None and not _has_own_unit(said)) or measured is None or measured.dimension == GENERIC
        )
        return bare and claimed.number == said.number
    return claimed.measure.fits(said.measure) and (claimed.value == said.value or claimed.number == said.number == 0)


def _has_own_unit(said: Figure) -> bool:
    """Whether a measured number stands with its unit, not in a column that names it: 每3秒 is no 3."""
    return said.measure is not None and said.measure.is_continuous and not said.text[-1].isdigit()


def measured_around(claimed: Figure, spot: Spot, place: Place) -> bool:
    """Whether a number without a unit is the claimed one, whose unit its column, its row or the lines above name."""
    if claimed.measure is None or spot.figure.measure is not None or claimed.number != spot.figure.number:
        return False
    around = f"{spot.local} {spot.label}" if place.cells else place.near
    if place.cells and not _COUNTS.search(place.cells[0]):
        around += f" {place.near}"
    return any(stands_in(one, around) for one in spellings(claimed.measure))


def names_code(code: str, folded: str) -> bool:
    """Whether a text names a code: whole, `-` and blanks alike; 910b also by 910b3, but 910b3 not by 910b4."""
    joined = r"[-_ ]?".join(re.escape(piece) for piece in re.split(r"[-_]", code))
    end = r"(?![a-z])" if code[-1].isalpha() else r"(?![a-z0-9]|\.\d)"
    return re.search(rf"(?<![a-z0-9.]){joined}{end}", folded) is not None


def same_day(claimed: When, said: When, years: set[int]) -> bool:
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
