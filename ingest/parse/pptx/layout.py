"""What the placeholders of a slide inherit from its layout and master: where they stand, how their lists look
(ECMA-376 part 1, 19.3.1.36)."""

from collections.abc import Callable, Mapping
from functools import lru_cache

from lxml import etree

from ingest.document import LeftOutReason
from ingest.parse.office.ooxml import child, q
from ingest.parse.office.parts import Parts

TITLES = frozenset({"title", "ctrTitle"})
FRINGE: Mapping[str, LeftOutReason] = {"dt": "footer", "ftr": "footer", "sldNum": "page_number", "hdr": "header"}
"""The placeholders around the content, and why they are left out."""
_LISTS = frozenset({"obj", "body"})
_MASTER_KIND = {"ctrTitle": "title", "title": "title", "dt": "dt", "ftr": "ftr", "sldNum": "sldNum", "hdr": "hdr"}
"""What a layout's placeholder is on the master; any other is its body."""


def placeholder(shape: etree._Element) -> etree._Element | None:
    """The `p:ph` of a shape, None where it is no placeholder."""
    for one in shape:
        if isinstance(one.tag, str) and one.tag.rpartition("}")[2].startswith("nv"):
            return child(one, "p:nvPr", "p:ph")
    return None


class Layouts:
    """Finds what placeholders inherit; each layout and master is read once."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._tree = lru_cache(maxsize=64)(self._read)

    def bases(self, slide: str, shape: etree._Element) -> list[etree._Element]:
        """The layout's and the master's placeholder that `shape`, on the slide at this part, comes from."""
        own = placeholder(shape)
        if own is None:
            return []
        layout = next(iter(self._parts.by_kind(slide, "slideLayout")), "")
        kind, index = own.get("type", "obj"), own.get("idx", "0")
        found = []
        above = self._match(layout, lambda one: one.get("idx", "0") == index)
        if above is not None:
            found.append(above)
            stated = placeholder(above)
            kind = stated.get("type", kind) if stated is not None else kind
        master = next(iter(self._parts.by_kind(layout, "slideMaster")), "")
        wanted = _MASTER_KIND.get(kind, "body")
        top = self._match(master, lambda one: one.get("type", "obj") == wanted)
        return found if top is None else [*found, top]

    def list_styles(self, slide: str, shape: etree._Element) -> list[etree._Element | None]:
        """The list styles the shape's text falls back to, nearest first; a text box has none."""
        own = placeholder(shape)
        if own is None:
            return []
        styles = [child(base, "p:txBody", "a:lstStyle") for base in self.bases(slide, shape)]
        if own.get("type", "obj") in _LISTS:
            layout = next(iter(self._parts.by_kind(slide, "slideLayout")), "")
            master = next(iter(self._parts.by_kind(layout, "slideMaster")), "")
            styles.append(child(self._tree(master), "p:txStyles", "p:bodyStyle"))
        return styles

    def transform(self, slide: str, shape: etree._Element) -> etree._Element | None:
        """The `a:xfrm` that says where the shape stands: its own, else an inherited one."""
        for one in (shape, *self.bases(slide, shape)):
            found = _transform(one)
            if found is not None:
                return found
        return None

    def _match(self, part: str, fits: Callable[[etree._Element], bool]) -> etree._Element | None:
        root = self._tree(part)
        for shape in root.iter(q("p:sp"), q("p:pic"), q("p:graphicFrame")) if root is not None else ():
            one = placeholder(shape)
            if one is not None and fits(one):
                return shape
        return None

    def _read(self, part: str) -> etree._Element | None:
        return self._parts.xml(part) if part else None


def _transform(shape: etree._Element) -> etree._Element | None:
    for path in (("p:spPr", "a:xfrm"), ("p:xfrm",), ("p:grpSpPr", "a:xfrm")):
        found = child(shape, *path)
        if found is not None and child(found, "a:off") is not None:
            return found
    return None
