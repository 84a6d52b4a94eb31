"""Looks into a drawing of a Word document: its text boxes, pictures, charts, SmartArt, embedded files, descriptions.

A drawing is DrawingML (`w:drawing`), VML (`w:pict`, and `w:object` around an embedded file), or both as alternatives.
"""

import re
from dataclasses import dataclass, field

from lxml import etree

from ingest.parse.office.ooxml import elements, q

_VML = "{urn:schemas-microsoft-com:vml}"
_OBJECT = "{urn:schemas-microsoft-com:office:office}OLEObject"
_CHARTS = {q("c:chart"), q("cx:chart")}
_DESCRIBED = {q("wp:docPr"), q("pic:cNvPr"), q("wps:cNvPr")}
_TEXT_LINE, _PICTURE = q("a:p"), q("a:blip")
_SAYS_NOTHING = re.compile(
    r"^(?:(?:图片|图像|图形|图表|形状|文本框|矩形|直线|组合|对象|Picture|Image|Graphic|Chart|Shape|Text ?Box|Object|"
    r"Group|Rectangle|Diagram|Straight Connector)[\s_-]*\d*|[\w\s().~-]+\.(?:png|jpe?g|gif|bmp|emf|wmf|tiff?|svg)|"
    r"[\w-]*\d[\w-]*|logo)$",
    re.IGNORECASE,
)
_MADE_UP = re.compile(
    r"描述已自动生成|Description automatically generated|AI 生成的内容|AI-generated content", re.IGNORECASE
)


@dataclass
class Drawn:
    """What drawings hold. `boxes` are the contents of text boxes; `lines` is text that stands in shapes as such; the
    others are relationship ids: of pictures, of charts and SmartArt data, and of embedded files.
    """

    boxes: list[etree._Element] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)
    graphics: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How much was found."""
        return len(self.boxes) + len(self.lines) + len(self.graphics) + len(self.pictures) + len(self.files)


def look_into(drawing: etree._Element, found: Drawn) -> None:
    """Add what `drawing` holds to `found`; what stands inside a text box is not looked into."""
    for one in elements(drawing):
        tag = one.tag
        if tag == q("mc:AlternateContent"):
            _alternate(one, found)
            continue
        if tag.endswith("}txbxContent"):  # an early Strict file has it in another namespace
            found.boxes.append(one)
            continue
        if tag == _TEXT_LINE:
            text = "".join(part.text or "" for part in one.iter(q("a:t"))).strip()
            found.lines += [text] if text else []
            continue
        if tag in _DESCRIBED:
            _describe((one.get("title"), one.get("descr")), found)
        elif tag == _PICTURE:
            found.pictures += [one.get(q("r:embed"), "")] if one.get(q("r:embed")) else []
        elif tag in _CHARTS:
            found.graphics.append(one.get(q("r:id"), ""))
        elif tag == q("dgm:relIds"):
            found.graphics.append(one.get(q("r:dm"), ""))
        elif tag == _OBJECT:
            found.files += [one.get(q("r:id"), "")] if one.get("Type") != "Link" else []
        elif tag == f"{_VML}imagedata" and drawing.getparent() is not None and not _shows_an_object(one):
            found.pictures += [one.get(q("r:id"), "")] if one.get(q("r:id")) else []
        elif tag == f"{_VML}textpath" and (one.get("string") or "").strip():
            found.lines.append((one.get("string") or "").strip())
        if tag.startswith(_VML):
            _describe((one.get("alt"),), found)
        look_into(one, found)


def _shows_an_object(picture: etree._Element) -> bool:
    """Whether the picture is only how an embedded file shows itself: what it says stands in the file."""
    return any(
        parent.tag == q("w:object") and any(True for _ in parent.iter(_OBJECT)) for parent in picture.iterancestors()
    )


def _alternate(alternate: etree._Element, found: Drawn) -> None:
    before = found.count
    for name in ("mc:Choice", "mc:Fallback"):
        for branch in alternate.findall(q(name)):
            look_into(branch, found)
            if found.count != before:
                return


def _describe(texts: tuple[str | None, ...], found: Drawn) -> None:
    """Take a description for the blind where a person wrote it and it says something."""
    for text in texts:
        said = " ".join((text or "").split())
        if said and not _SAYS_NOTHING.match(said) and not _MADE_UP.search(said) and said not in found.descriptions:
            found.descriptions.append(said)
