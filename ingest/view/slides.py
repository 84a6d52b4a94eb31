"""Slides drawn from their shapes' geometry, so that they are recognised where no program prints them."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from lxml import etree

from ingest.document import Element, Locator
from ingest.errors import DamagedDocument
from ingest.parse.context import Context
from ingest.parse.convert import CONVERTED, converted
from ingest.parse.office.drawing import framed
from ingest.parse.office.ooxml import NS, child, integer, q
from ingest.parse.office.package import reading
from ingest.parse.office.parts import Parts
from ingest.parse.plain.typed_lists import join_lines
from ingest.parse.pptx.deck import read_deck
from ingest.parse.pptx.layout import Layouts
from ingest.parse.pptx.shapes import Shape, painted_shapes
from ingest.parse.pptx.text import read_lines
from ingest.said import Said
from ingest.view.colours import Theme
from ingest.view.made import Description, Heading, Part, shortened, write_piece
from ingest.view.pictures import PictureShelf
from ingest.view.slide_text import text_of

_EMU_PER_POINT = 12_700
_ROUND = {"ellipse": "ellipse", "roundRect": "round", "flowChartTerminator": "round", "flowChartConnector": "ellipse"}
_HIDDEN = {"1", "true"}
_MOST_SHAPES = 1500
_FRINGE_TITLES = ("title", "ctrTitle")


def make(path: Path, folder: Path, form: str, told: Callable[[int, int], None]) -> Description:
    """Write what is on each slide of the deck at `path` into `folder`. Raises `DocumentError`s."""
    if form in CONVERTED:
        with converted(path, form, Context(progress=told)) as current:
            return make(current, folder, "pptx", told)
    with reading(path, "pptx"), ZipFile(path) as archive:
        parts = Parts(archive)
        deck, layouts = read_deck(parts), Layouts(parts)
        drawing = _Drawing(parts, layouts, PictureShelf(folder, told))
        wide, high = deck.width / _EMU_PER_POINT, deck.height / _EMU_PER_POINT
        found, outline = [], []
        for number, one in enumerate(deck.slides, 1):
            root = parts.xml(one.part)
            slide, title = drawing.slide(one.part, root) if root is not None else ({"shapes": []}, "")
            write_piece(folder, number, 1, slide)
            hidden = root is not None and root.get("show") in {"0", "false"}
            found.append(Part(number=number, name=title, width=wide, height=high, hidden=hidden))
            if title:
                outline.append(Heading(text=title, level=1, part=number))
            told(number, len(deck.slides))
    if not found:
        raise DamagedDocument(
            Said("{name} has no slides.", name=path.name), "Open it in PowerPoint or WPS and save it again."
        )
    return Description(kind="slides", format=form, parts=tuple(found), outline=tuple(outline))


class _Drawing:
    """Draws the slides of one deck; layouts and masters are drawn once."""

    def __init__(self, parts: Parts, layouts: Layouts, shelf: PictureShelf) -> None:
        self._parts, self._layouts, self._shelf = parts, layouts, shelf
        self._theme = cache(lambda slide: Theme(parts, slide))
        self._behind = cache(self._draw_behind)

    def slide(self, part: str, root: etree._Element) -> tuple[dict[str, Any], str]:
        """The slide's drawing, and its title."""
        layout = next(iter(self._parts.by_kind(part, "slideLayout")), "")
        ground, below = self._behind(layout) if layout else (None, ())
        shapes = painted_shapes(part, root, self._layouts)[:_MOST_SHAPES]
        title = next((" ".join(self._words(one)) for one in shapes if one.role in _FRINGE_TITLES), "")
        drawn = [one for shape in shapes for one in self._shape(part, shape)]
        own = self._background(part, root)
        content = {"ground": own or ground, "behind": list(below), "shapes": drawn}
        return content, shortened([title], 80)

    def _draw_behind(self, layout: str) -> tuple[str | None, tuple[dict[str, Any], ...]]:
        """The ground of a layout's slides, and what it and its master show on each; placeholders are not shown."""
        root = self._parts.xml(layout)
        master = next(iter(self._parts.by_kind(layout, "slideMaster")), "")
        top = self._parts.xml(master) if master else None
        ground, drawn = None, []
        hides = root is not None and root.get("showMasterSp") in {"0", "false"}
        for part, one in ((master, top), (layout, root)):
            if one is None:
                continue
            ground = self._background(part, one) or ground
            shapes = [] if part == master and hides else painted_shapes(part, one, self._layouts)
            drawn += [made for shape in shapes if not shape.role for made in self._shape(part, shape)]
        return ground, tuple({key: value for key, value in one.items() if key != "id"} for one in drawn)

    def _background(self, part: str, root: etree._Element) -> str | None:
        ground = child(root, "p:cSld", "p:bg")
        theme = self._theme(part)
        return theme.fill(child(ground, "p:bgPr")) or theme.colour(child(ground, "p:bgRef"))

    def _shape(self, part: str, shape: Shape) -> Iterator[dict[str, Any]]:
        properties = shape.properties
        if properties is not None and properties.get("hidden") in _HIDDEN:
            return
        left, top, right, bottom = (round(edge / _EMU_PER_POINT, 1) for edge in shape.place)
        drawn: dict[str, Any] = {"id": shape.id, "box": [left, top, right, bottom]}
        look = child(shape.element, "p:spPr")
        drawn |= self._surface(part, shape, look)
        if shape.kind == "line":
            transform = child(look, "a:xfrm")
            flips = transform is not None and (transform.get("flipH") == "1") != (transform.get("flipV") == "1")
            yield drawn | {"form": "line", "rises": flips}
            return
        if shape.kind == "graphic":
            yield drawn | self._graphic(part, shape)
            return
        picture = self._picture(part, shape.picture) if shape.picture else None
        if picture:
            drawn["picture"] = picture
        styles = [*self._layouts.list_styles(part, shape.element), *self._master_styles(part, shape)]
        text = text_of(shape.body, styles, self._theme(part))
        if text:
            colour = self._theme(part).colour(child(shape.element, "p:style", "a:fontRef"))
            yield drawn | {"text": text} | ({"ink": colour} if colour else {})
        elif picture or any(drawn.get(key, "none") != "none" for key in ("fill", "edge")):
            yield drawn

    def _surface(self, part: str, shape: Shape, look: etree._Element | None) -> dict[str, Any]:
        theme, style = self._theme(part), child(shape.element, "p:style")
        fill = theme.fill(look) or _referred(theme, style, "a:fillRef")
        stated = child(look, "a:ln")
        edge = theme.fill(stated) or _referred(theme, style, "a:lnRef")
        surface: dict[str, Any] = {}
        if fill and fill != "none":
            surface["fill"] = fill
        if edge and edge != "none":
            surface["edge"] = edge
            surface["wide"] = round((integer(stated.get("w")) or 9525) / _EMU_PER_POINT, 1) if stated is not None else 1
        outline = child(look, "a:prstGeom")
        form = _ROUND.get(outline.get("prst", "") if outline is not None else "")
        return surface | ({"form": form} if form else {})

    def _master_styles(self, part: str, shape: Shape) -> list[etree._Element | None]:
        """The master's styles of titles; what lists fall back to is found by `Layouts`."""
        if shape.role not in _FRINGE_TITLES:
            return []
        layout = next(iter(self._parts.by_kind(part, "slideLayout")), "")
        master = next(iter(self._parts.by_kind(layout, "slideMaster")), "")
        return [child(self._parts.xml(master), "p:txStyles", "p:titleStyle")] if master else []

    def _graphic(self, part: str, shape: Shape) -> dict[str, Any]:
        table = shape.element.find(".//a:tbl", NS)
        if table is not None:
            return {"table": _table(table, self._theme(part))}
        told = framed(self._parts, part, shape.element, Locator(kind="slide"))
        return {"chart": [line for one in told for line in _said(one)][:60]}

    def _picture(self, part: str, relationship: str) -> str | None:
        relation = self._parts.by_id(part, relationship)
        if relation is None or relation.outside:
            return None
        blob = self._parts.blob(relation.target)
        kept = self._shelf.put(blob, relation.target) if blob else None
        return kept.name if kept else None

    def _words(self, shape: Shape) -> Iterator[str]:
        return (line.text for line in read_lines(shape.body))


def _referred(theme: Theme, style: etree._Element | None, name: str) -> str | None:
    """The colour that a shape takes from the theme's styles; the style numbered 0 is none."""
    found = child(style, name)
    return None if found is None or found.get("idx") == "0" else theme.colour(found)


def _table(table: etree._Element, theme: Theme) -> dict[str, Any]:
    """Column widths and rows of a table; each cell as its text, columns and rows it covers, colour, weight."""
    columns = [integer(one.get("w")) or 0 for one in table.iterfind("a:tblGrid/a:gridCol", NS)]
    rows = []
    for row in table.findall(q("a:tr")):
        cells = []
        for cell in row.findall(q("a:tc")):
            if cell.get("hMerge") in _HIDDEN or cell.get("vMerge") in _HIDDEN:
                continue
            text = text_of(child(cell, "a:txBody"), (), theme)
            lines = text["lines"] if text else []
            one: dict[str, Any] = {"text": join_lines(line["text"] for line in lines)}
            one |= {"columns": integer(cell.get("gridSpan")) or 1, "rows": integer(cell.get("rowSpan")) or 1}
            fill = theme.fill(child(cell, "a:tcPr"))
            if fill and fill != "none":
                one["fill"] = fill
            if lines:
                one |= {key: lines[0][key] for key in ("size", "bold", "colour") if key in lines[0]}
            cells.append(one)
        rows.append({"height": (integer(row.get("h")) or 0) / _EMU_PER_POINT, "cells": cells})
    return {"columns": [round(wide / _EMU_PER_POINT, 1) for wide in columns], "rows": rows}


def _said(element: Element) -> Iterator[str]:
    if element.table is None:
        yield element.text
    else:
        yield " · ".join(element.table.header)
        yield from (" · ".join(row.cells) for row in element.table.rows)
