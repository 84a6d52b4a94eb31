"""A manuscript as slides: a heading opens a slide, `>` lines are the speaker's notes."""

import datetime
from pathlib import Path
from typing import Any

import blocks
import diagram
from kit_pptx import Slides
from manuscript import Manuscript
from write_docx import widths

WIDTH = 31.0


def write(one: Manuscript, path: Path) -> None:
    deck = Slides(
        title=one.meta["title"],
        author=one.meta["author"],
        created=datetime.date.fromisoformat(one.meta["date"]),
        footer=one.meta.get("footer", f"{one.facts['customer']} | 内部资料"),
        version=one.meta.get("version"),
        project=one.facts["project"],
        accent=one.meta.get("accent", "1F4E79"),
    )
    for title, parts in _slides(list(one.blocks)):
        _slide(deck, title, parts, one)
    deck.save(path)


def _slides(all_blocks: list[blocks.Block]) -> list[tuple[str, list[blocks.Block]]]:
    slides: list[tuple[str, list[blocks.Block]]] = []
    for block in all_blocks:
        if isinstance(block, blocks.Heading):
            slides.append((block.text, []))
        else:
            slides[-1][1].append(block)
    return slides


def _slide(deck: Slides, title: str, parts: list[blocks.Block], one: Manuscript) -> None:
    notes = "\n".join(part.text[1:].strip() for part in parts if isinstance(part, blocks.Text) and part.text[0] == ">")
    lines = [part.text for part in parts if isinstance(part, blocks.Text) and part.text[0] != ">"]
    items: list[Any] = next((part.items for part in parts if isinstance(part, blocks.Listing)), [])
    table = next((part for part in parts if isinstance(part, blocks.Grid)), None)
    mark = next((part for part in parts if isinstance(part, blocks.Mark)), None)
    lead = lines[0] if lines else ""
    if mark is None and table is None:
        deck.bullets(title, [*lines, *items], notes=notes)
    elif mark is None:
        size = 12 if len(table.rows) < 10 else 10
        deck.table(
            title,
            table.rows,
            header=table.head,
            widths=widths(table.rows, WIDTH),
            lead=lead,
            notes=notes,
            size=size,
            row_height=0.95 if size == 12 else 0.8,
        )
        if items:
            raise ValueError(f"{title}: a slide has a table or a list")
    elif mark.name == "cover":
        deck.cover(title, lines, notes=notes)
    elif mark.name == "diagram":
        deck.diagram(title, one.pictures[mark.rest], notes=notes, lead=lead)
    elif mark.name == "pic":
        drawing = one.pictures[mark.rest]
        deck.picture(title, diagram.picture(drawing), drawing.w / drawing.h, lead=lead, notes=notes)
    elif mark.name == "chart":
        kind, heading, categories, *series = mark.rest.split("; ")
        data = {line.split("=")[0]: [float(value) for value in line.split("=")[1].split(",")] for line in series}
        deck.chart(title, kind, categories.split(","), data, points=items, notes=notes, chart_title=heading)
    else:
        raise ValueError(f"a slide has no @{mark.name}")
