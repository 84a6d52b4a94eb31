"""Builds small Word files for the tests: what python-docx has no call for is written as XML."""

from pathlib import Path
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def new_document() -> Any:
    """An empty document, as python-docx makes it."""
    return docx.Document()


def save(document: Any, folder: Path, name: str = "file.docx") -> Path:
    """Save and return the path."""
    path = folder / name
    document.save(str(path))
    return path


def add_xml(document: Any, *blocks: str) -> None:
    """Append body blocks (`<w:p>…`, `<w:tbl>…`, `<w:sdt>…`) written with the prefix w."""
    for block in blocks:
        document.element.body.insert_element_before(parse_xml(declared(block)), "w:sectPr")


def declared(xml: str) -> str:
    """`xml` with the namespace declared on its first element."""
    head, space, rest = xml.partition(" ") if " " in xml.split(">", 1)[0] else (*xml.partition(">")[:1], "", "")
    return f"{head} {W} {rest}" if space else xml.replace(">", f" {W}>", 1)


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    """A paragraph of one run, as XML."""
    return (
        f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"
    )


def numbered(num_id: int, level: int, text: str, run: str = "") -> str:
    """A paragraph in a list, as XML."""
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>', run)


def table(rows: list[list[str]], row_properties: list[str] | None = None) -> str:
    """A table of plain cells, as XML."""
    properties = row_properties or [""] * len(rows)
    cells = ("".join(f"<w:tc><w:tcPr/>{paragraph(text)}</w:tc>" for text in row) for row in rows)
    lines = (f"<w:tr><w:trPr>{more}</w:trPr>{row}</w:tr>" for row, more in zip(cells, properties, strict=True))
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(lines)}</w:tbl>"


def define_list(document: Any, num_id: int, *levels: tuple[str, str]) -> None:
    """Define list `num_id` from (number format, level text) of each level."""
    numbering = document.part.numbering_part.element
    xml = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (kind, text) in enumerate(levels)
    )
    numbering.insert(0, parse_xml(declared(f'<w:abstractNum w:abstractNumId="{num_id}">{xml}</w:abstractNum>')))
    numbering.append(parse_xml(declared(f'<w:num w:numId="{num_id}"><w:abstractNumId w:val="{num_id}"/></w:num>')))


def add_part(document: Any, kind: str, content_type: str, xml: str) -> str:
    """Add a part next to the document and return its relationship id. `kind` is the tail of the relationship type."""
    part = Part(PackURI(f"/word/{kind}1.xml"), content_type, xml.encode(), document.part.package)
    base = RELATIONSHIP_TYPE.STYLES.rpartition("/")[0]
    return str(document.part.relate_to(part, f"{base}/{kind}"))


def add_footnotes(document: Any, **texts: str) -> None:
    """A footnotes part; the ids are the names after their first letter (`n2="…"` is note 2)."""
    notes = "".join(f'<w:footnote w:id="{name[1:]}">{paragraph(text)}</w:footnote>' for name, text in texts.items())
    add_part(document, "footnotes", f"{_WORD}.footnotes+xml", declared(f"<w:footnotes>{notes}</w:footnotes>"))
