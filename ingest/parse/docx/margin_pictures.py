"""Pictures outside the body of a Word document: in page headers and footers, and in notes."""

from collections.abc import Iterator

from lxml import etree

from ingest.document import LeftOut, LeftOutReason, Locator, ParsedDocument
from ingest.parse.context import Context
from ingest.parse.office.ooxml import q
from ingest.parse.office.parts import Parts

_MARGINS: dict[str, LeftOutReason] = {"header": "header", "footer": "footer"}
_NOTES = {"footnotes", "endnotes", "comments"}
_SHAPE_PICTURE = "{urn:schemas-microsoft-com:vml}imagedata"


def read_margin_pictures(parts: Parts, document_part: str, context: Context) -> Iterator[ParsedDocument]:
    """What each picture says, in the order of the parts. What stands in headers and footers is on every page, a logo
    mostly: its text is left out. `part` of the locators is the part of the package the picture is shown in.
    """
    if context.pictures is None:
        return
    for relation in parts.related(document_part):
        reason = _MARGINS.get(relation.kind)
        if relation.outside or (reason is None and relation.kind not in _NOTES):
            continue
        root = parts.xml(relation.target)
        for picture in dict.fromkeys(_pictures(root)) if root is not None else ():
            shown = parts.by_id(relation.target, picture)
            blob = parts.blob(shown.target) if shown and not shown.outside else None
            if shown and blob:
                place = Locator(kind="section", part=relation.target, picture=shown.target)
                said = context.picture(blob, place)
                yield said if reason is None else _left_out(said, reason)


def _pictures(root: etree._Element) -> Iterator[str]:
    """The relationships of the pictures; of alternative forms only the newer one."""
    for one in root.iter(q("a:blip"), _SHAPE_PICTURE):
        relationship = one.get(q("r:embed")) or one.get(q("r:id"))
        if relationship and next(one.iterancestors(q("mc:Fallback")), None) is None:
            yield relationship


def _left_out(said: ParsedDocument, reason: LeftOutReason) -> ParsedDocument:
    texts = [(one.locator, one.text) for one in said.elements if one.text]
    for one in said.elements:
        rows = (one.table.header, *(row.cells for row in one.table.rows)) if one.table else ()
        texts += [(one.locator, " | ".join(cells)) for cells in rows if any(cells)]
    found = (LeftOut(reason=reason, text=text, locator=locator) for locator, text in texts)
    return said.model_copy(update={"elements": (), "left_out": (*found, *said.left_out)})
