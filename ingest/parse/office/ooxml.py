"""Names and small readings that every Office Open XML part needs (ECMA-376), whichever library opened the package."""

from collections.abc import Iterator
from functools import cache

from lxml import etree

NS = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "a14": "http://schemas.microsoft.com/office/drawing/2010/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "cx": "http://schemas.microsoft.com/office/drawing/2014/chartex",
}


@cache
def q(name: str) -> str:
    """`w:p` as lxml spells it: `{namespace}p`."""
    prefix, _, local = name.partition(":")
    return f"{{{NS[prefix]}}}{local}"


def parse_xml(blob: bytes) -> etree._Element:
    """A part's root element. Entities are never resolved and nothing is fetched. Raises etree.XMLSyntaxError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(blob, parser)


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """The element reached by following `names` downwards, or None where one of them is missing."""
    for name in names:
        if element is None:
            return None
        element = next(element.iterchildren(q(name)), None)
    return element


def value(element: etree._Element | None, *names: str) -> str | None:
    """The `w:val` of the element reached by following `names`, or None."""
    found = child(element, *names)
    return None if found is None else found.get(q("w:val"))


def number(element: etree._Element | None, *names: str) -> int | None:
    """The `w:val` of the element reached by following `names` as an integer, or None where it is none."""
    return integer(value(element, *names))


def integer(text: str | None, base: int = 10) -> int | None:
    """`text` as an integer, or None: files in the wild hold `auto`, `12.0` and worse where a number belongs."""
    try:
        return int(text, base) if text is not None else None
    except ValueError:
        return None


def switch(element: etree._Element | None, name: str) -> bool | None:
    """An on/off property such as `w:b`: True, False, or None where it is not stated."""
    found = child(element, name)
    if found is None:
        return None
    return found.get(q("w:val")) not in {"0", "false", "off"}


def elements(parent: etree._Element) -> Iterator[etree._Element]:
    """The child elements, without comments and processing instructions."""
    return (one for one in parent if isinstance(one.tag, str))
