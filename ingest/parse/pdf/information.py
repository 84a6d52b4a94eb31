"""What a PDF says about itself: its document information and its XMP packet, as far as a person wrote them."""

import re
from collections.abc import Mapping
from pathlib import Path

from lxml import etree

from ingest.document import Properties
from ingest.parse.placeholders import is_placeholder_title

_MOST_XMP_BYTES = 2**20
_PACKET = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)
_DC = "{http://purl.org/dc/elements/1.1/}"
_RDF_ITEM = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li"
_JUNK_AUTHOR = re.compile(
    r"administrator|admin|user|windows.*|微软.*|microsoft.*|unknown|[(]?(?:anonymous|unspecified)[)]?|python-docx"
    r"|python-pptx|openpyxl|reportlab.*|un-named|作者|wps.*|dell|lenovo|hp|pc|\W*",
    re.IGNORECASE,
)


def read_xmp(path: Path) -> dict[str, str]:
    """`Title` and `Author` of the file's last XMP packet (ISO 16684-1), where it stands in the file uncompressed, as
    that standard advises; newer programs write these there only.
    """
    # The packet of the whole document is written after the pages' and pictures' own, or right at the head.
    with path.open("rb") as file:
        head = file.read(_MOST_XMP_BYTES)
        size = file.seek(0, 2)
        file.seek(max(len(head), size - _MOST_XMP_BYTES))
        tail = file.read()
    found: dict[str, str] = {}
    for packet in (*_PACKET.findall(head)[:1], *_PACKET.findall(tail)[-1:]):
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
        try:
            root = etree.fromstring(packet, parser)
        except etree.XMLSyntaxError:
            continue
        for key, tag in (("Title", "title"), ("Author", "creator")):
            items = root.findall(f".//{_DC}{tag}//{_RDF_ITEM}") if root is not None else []
            text = "、".join(dict.fromkeys((one.text or "").strip() for one in items if (one.text or "").strip()))
            if text:
                found[key] = text
    return found


def properties(information: Mapping[str, str], xmp: Mapping[str, str], shown_title: str | None) -> Properties:
    """What the document information states, else the XMP packet, as far as a person wrote it; else the title that the
    cover shows.
    """
    title, author = (information.get(key, "").strip() for key in ("Title", "Author"))
    if is_placeholder_title(title):
        title = xmp.get("Title", "")
    if _JUNK_AUTHOR.fullmatch(author):
        author = xmp.get("Author", "")
    date = re.match(
        r"(?:D:)?(\d{4})(\d{2})(\d{2})", information.get("ModDate") or information.get("CreationDate") or ""
    )
    return Properties(
        title=shown_title if is_placeholder_title(title) else title,
        author=None if _JUNK_AUTHOR.fullmatch(author) else author,
        date="-".join(date.groups()) if date else None,
    )
