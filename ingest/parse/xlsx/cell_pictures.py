"""Finds the pictures that are set in cells: those of WPS by a formula, those of Excel as rich values.

Excel's way is [MS-XLSX] 2.6.205 ff.: a cell's `vm` counts the value metadata, which leads to a rich value, whose local
image identifier counts the relationships of the rich values' own part.
"""

from collections.abc import Iterator

from lxml import etree

from ingest.parse.office.ooxml import integer
from ingest.parse.office.parts import Parts

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_D = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_IMAGE = "_rvRel:LocalImageIdentifier"


def rich_value(metadata: str) -> str:
    """The id of the picture in a cell with this number of value metadata (`vm`)."""
    return f"vm {metadata}"


def cell_pictures(parts: Parts, workbook: str) -> dict[str, tuple[str, str]]:
    """By id (WPS's own, or that of a rich value), the part that names the picture and the relationship there."""
    return dict([*_of_wps(parts, workbook), *_of_excel(parts, workbook)])


def _of_wps(parts: Parts, workbook: str) -> Iterator[tuple[str, tuple[str, str]]]:
    for part in parts.by_kind(workbook, "cellImage"):
        root = parts.xml(part)
        for picture in root.iter(f"{_D}pic") if root is not None else ():
            properties = picture.find(f"{_D}nvPicPr/{_D}cNvPr")
            blip = next(picture.iter(f"{_A}blip"), None)
            relation = blip.get(f"{_R}embed") if blip is not None else None
            if properties is not None and relation:
                yield properties.get("name") or "", (part, relation)


def _of_excel(parts: Parts, workbook: str) -> Iterator[tuple[str, tuple[str, str]]]:
    kinds = ("sheetMetadata", "rdRichValue", "rdRichValueStructure", "richValueRel")
    found = [part for kind in kinds for part in parts.by_kind(workbook, kind)[:1]]
    roots = [root for part in found if (root := parts.xml(part)) is not None]
    if len(roots) < len(kinds):
        return
    metadata, values, structures, relations = roots
    pictures = list(_pictures(values, structures))
    ids = [one.get(f"{_R}id") for one in relations.iterfind("{*}rel")]
    for number, value in _rich_values(metadata):
        at = pictures[value] if 0 <= value < len(pictures) else None
        relation = ids[at] if at is not None and 0 <= at < len(ids) else None
        if relation:
            yield rich_value(str(number)), (found[3], relation)


def _rich_values(metadata: etree._Element) -> Iterator[tuple[int, int]]:
    """The number of each value metadata (from 1), and the index of the rich value that it leads to."""
    names = [one.get("name") for one in metadata.iterfind("{*}metadataTypes/{*}metadataType")]
    blocks = [
        [integer(one.get("i")) for one in block.iter("{*}rvb")]
        for future in metadata.iterfind("{*}futureMetadata")
        if future.get("name") == "XLRICHVALUE"
        for block in future.iterfind("{*}bk")
    ]
    for number, block in enumerate(metadata.iterfind("{*}valueMetadata/{*}bk"), 1):
        for record in block.iterfind("{*}rc"):
            kind, at = integer(record.get("t")) or 0, integer(record.get("v")) or 0
            if 0 < kind <= len(names) and names[kind - 1] == "XLRICHVALUE" and 0 <= at < len(blocks):
                yield from ((number, index) for index in blocks[at] if index is not None)


def _pictures(values: etree._Element, structures: etree._Element) -> Iterator[int | None]:
    """Of each rich value the index of its picture's relationship, None where it is no picture."""
    keys = [[key.get("n") for key in one.iterfind("{*}k")] for one in structures.iterfind("{*}s")]
    for value in values.iterfind("{*}rv"):
        kind = integer(value.get("s")) or 0
        names = keys[kind] if 0 <= kind < len(keys) else []
        fields = dict(zip(names, (one.text for one in value.iterfind("{*}v")), strict=False))
        yield integer(fields.get(_IMAGE))
