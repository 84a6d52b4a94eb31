"""What a presentation's package says of itself: its slides in order, their sections, its size, who comments."""

from dataclasses import dataclass

from lxml import etree

from ingest.parse.office.ooxml import NS, child, elements, integer, q
from ingest.parse.office.parts import Parts

_P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
_P188 = "{http://schemas.microsoft.com/office/powerpoint/2018/8/main}"
_UNNAMED = {"默认节", "无标题节", "默认分区", "defaultsection", "untitledsection", "summarysection", "摘要部分"}
_USUAL_SIZE = (9_144_000, 6_858_000)


@dataclass(frozen=True)
class SlidePart:
    """A slide: its part, and the name of its section (empty where it has none that somebody gave)."""

    part: str
    section: str


@dataclass(frozen=True)
class Deck:
    """The slides as they are shown; width and height in English Metric Units; the names of commenting people by id."""

    slides: tuple[SlidePart, ...]
    width: int
    height: int
    people: dict[str, str]


def read_deck(parts: Parts) -> Deck:
    """The presentation. Raises KeyError where the package has no presentation part."""
    part = next(iter(parts.by_kind("", "officeDocument")), "ppt/presentation.xml")
    root = parts.xml(part)
    if root is None:
        raise KeyError(part)
    sections = _sections(root)
    slides = []
    for one in root.iterfind("p:sldIdLst/p:sldId", NS):
        relation = parts.by_id(part, one.get(q("r:id")))
        if relation and not relation.outside:
            slides.append(SlidePart(relation.target, sections.get(one.get("id"), "")))
    size = child(root, "p:sldSz")
    width, height = (integer(size.get(name)) if size is not None else None for name in ("cx", "cy"))
    return Deck(tuple(slides), width or _USUAL_SIZE[0], height or _USUAL_SIZE[1], _people(parts, part))


def _sections(root: etree._Element) -> dict[str | None, str]:
    found = {}
    for section in root.iter(f"{_P14}section"):
        name = " ".join((section.get("name") or "").split())
        if name and name.replace(" ", "").lower() not in _UNNAMED:
            found.update({slide.get("id"): name for slide in section.iter(f"{_P14}sldId")})
    return found


def _people(parts: Parts, part: str) -> dict[str, str]:
    found = {}
    for kind, tag in (("commentAuthors", q("p:cmAuthor")), ("authors", f"{_P188}author")):
        for target in parts.by_kind(part, kind):
            root = parts.xml(target)
            for one in elements(root) if root is not None else ():
                if one.tag == tag:
                    found[one.get("id") or ""] = (one.get("name") or "").strip()
    return found
