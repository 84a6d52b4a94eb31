"""Numbers as fractions (`# ?/?`, `# ??/??`, `?/8`), as a format code asks for them (ECMA-376 part 1, 18.8.31)."""

from fractions import Fraction

from ingest.parse.xlsx.date_format import literal

_PLACEHOLDERS = {"0", "#", "?"}


def show_fraction(value: float, pieces: tuple[str, ...]) -> str:
    """`value` as a fraction whose denominator has no more digits than `pieces` give it, or is the stated one.

    A whole part stands in front where the code has a place for it: 1.25 is `1 1/4` or `5/4`. Raises ValueError or
    OverflowError for what is no number.
    """
    stroke = pieces.index("/")
    start = stroke
    while start and pieces[start - 1] in _PLACEHOLDERS:
        start -= 1
    end = stroke + 1
    while end < len(pieces) and (pieces[end] in _PLACEHOLDERS or pieces[end].isdigit()):
        end += 1
    stated = "".join(pieces[stroke + 1 : end])
    exact = Fraction(abs(value))
    denominator = int(stated) if stated.isdigit() and int(stated) else 0
    if denominator:
        near = Fraction(round(exact * denominator), denominator)
        parts = round(exact * denominator)
    else:
        near = _convergent(exact, 10 ** max(end - stroke - 1, 1) - 1)
        parts, denominator = near.numerator, near.denominator
    before = pieces[:start]
    whole = 0
    mixed = any(piece in _PLACEHOLDERS for piece in before)
    if mixed:
        whole, parts = divmod(parts, denominator)
    shown = [f"{parts}/{denominator}"] if parts or not mixed else []
    if whole or (mixed and not parts):
        shown.insert(0, str(whole))
    around = [
        "".join(literal(piece) for piece in side if piece not in _PLACEHOLDERS) for side in (before, pieces[end:])
    ]
    sign = "-" if value < 0 and near else ""
    return f"{around[0].strip()}{sign}{' '.join(shown)}{around[1]}".strip()


def _convergent(exact: Fraction, largest: int) -> Fraction:
    """The last convergent of the continued fraction with a denominator up to `largest`, which is what Excel shows (3
    1/7 for π in two digits), not the nearest fraction of that size (3 14/99).
    """
    rest, before, last = exact, (1, 0), (rest_whole := exact.numerator // exact.denominator, 1)
    rest -= rest_whole
    while rest:
        rest = 1 / rest
        step = rest.numerator // rest.denominator
        rest -= step
        following = (step * last[0] + before[0], step * last[1] + before[1])
        if following[1] > largest:
            break
        before, last = last, following
    return Fraction(*last)
