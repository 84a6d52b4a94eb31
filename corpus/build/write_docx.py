"""A manuscript as a Word document, a PDF printed from it, a scan of it, or an old .doc."""

import datetime
import re
import tempfile
from pathlib import Path

import blocks
import diagram
import office
from kit_docx import Doc
from kit_pdf import FONTS, save_pdf
from manuscript import Manuscript
from row_heights import width
from scan import save_scan

PAGE = 16.0  # centimetres between the margins
_FOOTNOTE = re.compile(r"\^\[(.+?)\]$")


def write(one: Manuscript, path: Path) -> None:
    printed = path.suffix == ".pdf"
    doc = Doc(
        title=one.meta["title"],
        author=one.meta["author"],
        created=datetime.date.fromisoformat(one.meta["date"]),
        version=one.meta.get("version"),
        project=one.facts["project"],
        secrecy=one.meta.get("secrecy", "内部资料 注意保密"),
        footer=one.meta.get("footer", one.facts.get("department", "砚石智能 金融解决方案部")),
        header=one.meta.get("header"),
        headings=one.meta.get("headings", "style"),
        bare_first_page="cover" in one.meta,
        **({"fonts": FONTS} if printed else {}),
    )
    for block in one.blocks:
        _write(doc, block, one)
    if printed:
        (save_scan if one.meta.get("scan") else save_pdf)(doc, path)
    elif path.suffix == ".doc":
        with tempfile.TemporaryDirectory() as folder:
            made = Path(folder) / f"{path.stem}.docx"
            doc.save(made)
            office.convert(made, path, created=doc.created)
    else:
        doc.save(path)


def _write(doc: Doc, block: blocks.Block, one: Manuscript) -> None:
    match block:
        case blocks.Heading():
            doc.h(block.level, block.text)
        case blocks.Text():
            found = _FOOTNOTE.search(block.text)
            text = _FOOTNOTE.sub("", block.text)
            doc.p(text.removeprefix("!"), footnote=found[1] if found else None, indent=not text.startswith("!"))
        case blocks.Listing():
            (doc.numbers if block.numbered else doc.bullets)(block.items)
        case blocks.Grid():
            doc.table(
                block.rows,
                header=block.head,
                caption=block.caption or None,
                label_column=block.label,
                widths=widths(block.rows, PAGE),
            )
        case blocks.Code():
            doc.code(block.text)
        case blocks.Mark():
            _mark(doc, block, one)


def _mark(doc: Doc, mark: blocks.Mark, one: Manuscript) -> None:
    match mark.name:
        case "cover":
            fields = [tuple(pair.split("=", 1)) for pair in mark.rest.split("; ")]
            doc.cover(one.meta["cover"], fields, one.facts.get("department", "砚石智能 金融解决方案部"))
        case "revisions":
            doc.revisions([row.split(" / ") for row in mark.rest.split("; ")])
        case "toc":
            doc.toc()
        case "pic":
            name, caption = mark.rest.split(" ", 1)
            doc.picture(diagram.picture(one.pictures[name]), caption)
        case "box":
            doc.textbox(mark.rest.split(" / "))
        case "comment":
            author, text = mark.rest.split(": ", 1)
            doc.comment(text, author, author[:1])
        case "break":
            doc.page_break()
        case _:
            raise ValueError(f"a text document has no @{mark.name}")


def widths(rows: list[list[str]], total: float) -> list[float]:
    """Column widths by what the cells hold, none narrower than 1.3 cm."""
    need = [
        min(max(max(width(line) for line in row[column].split("\n")) for row in rows), 44) + 3
        for column in range(len(rows[0]))
    ]
    raw = [max(1.3, total * one / sum(need)) for one in need]
    return [round(one * total / sum(raw), 2) for one in raw]
