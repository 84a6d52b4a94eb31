"""The text of a shape as a slide shows it: paragraphs, sizes, colours, bullets."""

from collections.abc import Sequence
from typing import Any

from lxml import etree

from ingest.parse.office.ooxml import child, integer, q
from ingest.parse.pptx.text import paragraph_text, read_lines
from ingest.view.colours import Theme

_USUAL_SIZE = 18.0
_HUNDREDTHS = 100
_WHOLE = 100_000
_ANCHORS = {"ctr": "middle", "b": "bottom"}
_ALIGNED = {"ctr": "center", "r": "right"}


def text_of(
    body: etree._Element | None, inherited: Sequence[etree._Element | None], theme: Theme
) -> dict[str, Any] | None:
    """The paragraphs of a text body, as the drawing takes them; None where it says nothing. `inherited` are the list
    styles that it falls back to, nearest first.
    """
    lines = list(read_lines(body, inherited))
    if body is None or not lines:
        return None
    box = child(body, "a:bodyPr")
    autofit = child(box, "a:normAutofit")
    scale = (integer(autofit.get("fontScale")) or _WHOLE) / _WHOLE if autofit is not None else 1.0
    paragraphs = [one for one in body.findall(q("a:p")) if paragraph_text(one).strip()]
    styles = (child(body, "a:lstStyle"), *inherited)
    looks = [_look(one, styles, theme) for one in paragraphs] or [{}]
    usual = looks[0]
    shown = []
    for at, line in enumerate(lines):
        # A paragraph may be several lines; where they do not pair, the first one's look serves all.
        look = looks[at] if len(looks) == len(lines) else usual
        size = (line.size or look.get("size") or _USUAL_SIZE) * scale
        one = look | {"text": line.text, "size": round(size, 1), "bold": line.bold or look.get("bold", False)}
        shown.append(one | ({"level": line.level} if line.level else {}))
    anchor = next((found for one in (box,) if one is not None and (found := one.get("anchor"))), "")
    return {"anchor": _ANCHORS.get(anchor, "top"), "lines": shown}


def _look(paragraph: etree._Element, styles: Sequence[etree._Element | None], theme: Theme) -> dict[str, Any]:
    own = child(paragraph, "a:pPr")
    depth = 0 if own is None else integer(own.get("lvl")) or 0
    levels = [own, *(child(one, f"a:lvl{depth + 1}pPr") for one in styles)]
    runs = [child(run, "a:rPr") for run in paragraph.findall(q("a:r"))]
    letters = [one for one in (*runs[:1], *(child(level, "a:defRPr") for level in levels)) if one is not None]
    size = next(filter(None, (integer(one.get("sz")) for one in letters)), None)
    bold = next(filter(None, (one.get("b") for one in letters)), "0")
    colour = next(filter(None, map(theme.fill, letters)), None)
    aligned = next(filter(None, (one.get("algn") for one in levels if one is not None)), "")
    look: dict[str, Any] = {"bold": bold in {"1", "true"}}
    if size:
        look["size"] = size / _HUNDREDTHS
    if colour and colour != "none":
        look["colour"] = colour
    if aligned in _ALIGNED:
        look["align"] = _ALIGNED[aligned]
    return look
