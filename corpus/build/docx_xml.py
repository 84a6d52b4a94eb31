"""The parts of WordprocessingML that python-docx has no call for: fields, numbering, text boxes, footnotes."""

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BULLETS = ("●", "○", "■")
NUMBERS = (("decimal", "%1."), ("decimal", "（%2）"), ("lowerLetter", "%3."))
CHAPTERS = {
    "章": (("chineseCountingThousand", "第%1章 "), ("chineseCountingThousand", "第%2节 "), ("decimal", "%3. ")),
    "一": (("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3. ")),
    "1": (("decimal", "%1 "), ("decimal", "%1.%2 "), ("decimal", "%1.%2.%3 ")),
}


DIGITS = "零一二三四五六七八九"


def heading_label(scheme: str, counts: list[int]) -> str:
    """The number a self-numbering heading shows; `counts` holds the count of its own and every higher level."""
    kind, text = CHAPTERS[scheme][len(counts) - 1]
    for level, count in enumerate(counts, 1):
        shown = chinese(count) if kind == "chineseCountingThousand" else str(count)
        text = text.replace(f"%{level}", shown)
    return text


def chinese(number: int) -> str:
    """1 to 99 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else DIGITS[tens]) + ("十" if tens else "") + (DIGITS[ones] if ones or not tens else "")


def field(paragraph: Paragraph, code: str, shown: str = "1") -> None:
    """A complex field (PAGE, NUMPAGES, TOC…) with the result a word processor would have cached."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("shown", shown), ("end", "")):
        run = paragraph.add_run()
        if kind in ("begin", "separate", "end"):
            char = OxmlElement("w:fldChar")
            char.set(qn("w:fldCharType"), kind)
            run._r.append(char)
        elif kind == "shown":
            run.text = text
        else:
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = f" {text} "
            run._r.append(instruction)


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    start = parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="{number}" w:name="{name}"/>')
    end = parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{number}"/>')
    first = paragraph._p.find(qn("w:r"))
    first.addprevious(start)
    paragraph._p.append(end)


class Numbering:
    """Lists and numbered headings: abstract definitions made once, an instance for every list that starts anew."""

    def __init__(self, document: Document) -> None:
        self._root = document.part.numbering_part.element
        self._abstract: dict[str, int] = {}

    def new_list(self, *, numbered: bool) -> int:
        """The id of a fresh list."""
        levels = NUMBERS if numbered else tuple(("bullet", sign) for sign in BULLETS)
        abstract = self._define("numbers" if numbered else "bullets", levels)
        return self._instance(abstract, restart=numbered)

    def for_headings(self, document: Document, scheme: str) -> None:
        """Has the heading styles count by themselves; the number is then not in the paragraph's text."""
        abstract = self._define(f"headings {scheme}", CHAPTERS[scheme], headings=True)
        number = self._instance(abstract, restart=False)
        for level in range(3):
            properties = document.styles[f"Heading {level + 1}"].element.get_or_add_pPr()
            properties.append(_num_pr(number, level))

    def _define(self, name: str, levels: tuple[tuple[str, str], ...], *, headings: bool = False) -> int:
        if name in self._abstract:
            return self._abstract[name]
        taken = [int(one.get(qn("w:abstractNumId"))) for one in self._root.findall(qn("w:abstractNum"))]
        number = max(taken, default=0) + 1
        xml = []
        for level, (kind, text) in enumerate(levels):
            style = f'<w:pStyle w:val="Heading{level + 1}"/>' if headings else ""
            indent = 0 if headings else 420 * (level + 1)
            hanging = 0 if headings else 420
            suffix = '<w:suff w:val="nothing"/>' if headings else ""
            xml.append(
                f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{style}{suffix}'
                f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
                f'<w:pPr><w:ind w:left="{indent}" w:hanging="{hanging}"/></w:pPr></w:lvl>'
            )
        definition = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">'
            f'<w:multiLevelType w:val="multilevel"/>{"".join(xml)}</w:abstractNum>'
        )
        first = self._root.find(qn("w:num"))
        if first is None:
            self._root.append(definition)
        else:
            first.addprevious(definition)
        self._abstract[name] = number
        return number

    def _instance(self, abstract: int, *, restart: bool) -> int:
        num = self._root.add_num(abstract)
        if restart:
            num.add_lvlOverride(0).add_startOverride(1)
        return int(num.numId)


def number(paragraph: Paragraph, list_id: int, level: int) -> None:
    """Makes the paragraph an item of the list."""
    paragraph._p.get_or_add_pPr().append(_num_pr(list_id, level))


def _num_pr(list_id: int, level: int) -> OxmlElement:
    return parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def textbox(run: Run, lines: list[str], number: int, width_cm: float, height_cm: float) -> None:
    """A framed text box as Word writes it: a DrawingML shape, and a VML copy of the same text for old readers."""
    width, height = round(width_cm * 360000), round(height_cm * 360000)
    content = "".join(f'<w:p><w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t>{line}</w:t></w:r></w:p>' for line in lines)
    run._r.append(
        parse_xml(
            f'<mc:AlternateContent {WORD} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
            ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
            ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
            ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
            ' xmlns:v="urn:schemas-microsoft-com:vml">'
            '<mc:Choice Requires="wps"><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{900 + number}" name="文本框 {number}"/>'
            '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
            '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
            f'<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
            '<a:solidFill><a:srgbClr val="FFF8E5"/></a:solidFill>'
            '<a:ln w="9525"><a:solidFill><a:srgbClr val="C55A11"/></a:solidFill></a:ln></wps:spPr>'
            f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
            "</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
            f'<mc:Fallback><w:pict><v:rect style="width:{width // 12700}pt;height:{height // 12700}pt">'
            f"<v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:rect></w:pict></mc:Fallback>"
            "</mc:AlternateContent>"
        )
    )


class Footnotes:
    """The footnotes part, made when the first note is written."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._notes: list[str] = []

    def add(self, paragraph: Paragraph, text: str) -> None:
        self._notes.append(text)
        number = len(self._notes)
        reference = f'<w:r {nsdecls("w")}><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        paragraph._p.append(parse_xml(f'{reference}<w:footnoteReference w:id="{number}"/></w:r>'))

    def write(self) -> None:
        if not self._notes:
            return
        separators = "".join(
            f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{mark}/></w:r></w:p></w:footnote>'
            for kind, number, mark in (
                ("separator", -1, "separator"),
                ("continuationSeparator", 0, "continuationSeparator"),
            )
        )
        notes = "".join(
            f'<w:footnote w:id="{number}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/><w:sz w:val="18"/></w:rPr>'
            f'<w:footnoteRef/></w:r><w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t xml:space="preserve"> {text}</w:t></w:r>'
            "</w:p></w:footnote>"
            for number, text in enumerate(self._notes, 1)
        )
        blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {WORD}>{separators}{notes}</w:footnotes>'
        package = self._document.part.package
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        part = Part(PackURI("/word/footnotes.xml"), kind, blob.encode(), package)
        self._document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
