"""Reads the paragraphs of a PowerPoint text body: their text, and the bullet or number the reader sees before each.

Bullets are inherited from the layout and the master (ECMA-376 part 1, 19.3.1 and 21.1.2.4), numbers are counted here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from ingest.parse.office.formula import formula
from ingest.parse.office.number_formats import SHOWN_BULLETS, render_number
from ingest.parse.office.ooxml import child, elements, integer, q
from ingest.parse.plain.typed_lists import TypedList

_SILENT_FIELDS = ("slidenum", "datetime")
_KINDS = {
    "arabic": "decimal",
    "romanUc": "upperRoman",
    "romanLc": "lowerRoman",
    "alphaUc": "upperLetter",
    "alphaLc": "lowerLetter",
    "circleNum": "decimalEnclosedCircle",
    "ea1Chs": "chineseCounting",
    "ea1Cht": "chineseCounting",
    "ea1Jpn": "chineseCounting",
}
_MARKS = {"ParenBoth": ("(", ")"), "ParenR": ("", ")"), "Period": ("", ".")}


@dataclass(frozen=True)
class Line:
    """A line of a slide; `level` is its depth as a list item (1 is outermost), 0 for a plain paragraph.

    `bold` and `size` (points, None where only inherited) are those of all its text.
    """

    text: str
    level: int = 0
    bold: bool = False
    size: float | None = None


def read_lines(body: etree._Element | None, inherited: Sequence[etree._Element | None] = ()) -> Iterator[Line]:
    """The lines of `body` (`p:txBody`, `a:txBody` or none). `inherited` are the list styles it falls back to, nearest
    first: `a:lstStyle` of the layout's and the master's placeholder, `p:bodyStyle`.
    """
    styles = (child(body, "a:lstStyle"), *inherited)
    counts: dict[int, tuple[str, int]] = {}
    typed = TypedList()
    for paragraph in () if body is None else body.findall(q("a:p")):
        properties = child(paragraph, "a:pPr")
        depth = 0 if properties is None else integer(properties.get("lvl")) or 0
        lines = [" ".join(line.split()) for line in paragraph_text(paragraph).split("\n") if line.strip()]
        if not lines:
            continue
        bullet = next((one for one in map(_bullet, _levels(properties, styles, depth)) if one is not None), None)
        label = _label(bullet, depth, counts)
        bold, size = _look(paragraph)
        for text in lines:
            level = depth + 1 if label or depth else typed.level(text)
            yield Line(f"{label} {text}" if label else text, level, bold, size)
            label = ""


def paragraph_text(paragraph: etree._Element) -> str:
    """The text of an `a:p`, with line breaks as they stand and without slide numbers and dates."""
    text = ""
    for one in elements(paragraph):
        if one.tag == q("a:br"):
            text += "\n"
        elif one.tag == q("a:r") or (one.tag == q("a:fld") and not one.get("type", "").startswith(_SILENT_FIELDS)):
            text += "".join(part.text or "" for part in one.iter(q("a:t")))
        elif one.tag == q("mc:AlternateContent"):
            text += "".join(formula(math) for math in one.iter(q("a14:m")))
        elif one.tag == q("a14:m"):
            text += formula(one)
    return text.replace("\v", "\n").replace("\xa0", " ")


def _levels(
    properties: etree._Element | None, styles: Sequence[etree._Element | None], depth: int
) -> Iterator[etree._Element | None]:
    yield properties
    for style in styles:
        yield child(style, f"a:lvl{depth + 1}pPr")


def _bullet(properties: etree._Element | None) -> etree._Element | None:
    """What the properties say about the bullet: `a:buNone`, `a:buChar`, `a:buAutoNum`, `a:buBlip` or nothing."""
    kinds = ("a:buNone", "a:buAutoNum", "a:buChar", "a:buBlip")
    return next((found for kind in kinds if (found := child(properties, kind)) is not None), None)


def _label(bullet: etree._Element | None, depth: int, counts: dict[int, tuple[str, int]]) -> str:
    """The label shown before a paragraph. `counts` holds the last number by depth, until another list begins."""
    for deeper in [level for level in counts if level > depth]:
        del counts[deeper]
    if bullet is None or bullet.tag != q("a:buAutoNum"):
        counts.pop(depth, None)
        if bullet is None or bullet.tag == q("a:buNone"):
            return ""
        return bullet.get("char", "•") if bullet.get("char", "•") in SHOWN_BULLETS else "•"
    scheme = bullet.get("type", "arabicPeriod")
    before, count = counts.get(depth, (scheme, 0))
    count = count + 1 if before == scheme and count else integer(bullet.get("startAt")) or 1
    counts[depth] = (scheme, count)
    kind = next((kind for name, kind in _KINDS.items() if scheme.startswith(name)), "decimal")
    opening, closing = next((marks for name, marks in _MARKS.items() if scheme.endswith(name)), ("", ""))
    return f"{opening}{render_number(count, kind)}{closing}"


def _look(paragraph: etree._Element) -> tuple[bool, float | None]:
    runs = [run for run in paragraph.findall(q("a:r")) if (child(run, "a:t") is not None)]
    looks = [child(run, "a:rPr") for run in runs]
    bold = bool(looks) and all(look is not None and look.get("b") in {"1", "true"} for look in looks)
    sizes = [size for look in looks if look is not None and (size := integer(look.get("sz"))) is not None]
    return bold, min(sizes) / 100 if sizes and len(sizes) == len(runs) else None
