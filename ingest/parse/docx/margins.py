"""Page headers and footers: kept out of the text, but what they alone say about the document is kept."""

import re
from collections.abc import Iterator

from lxml import etree

from ingest.document import LeftOut, LeftOutReason, Locator
from ingest.parse.docx.styles import Styles
from ingest.parse.docx.text import Content, TextReader
from ingest.parse.office.ooxml import q
from ingest.parse.office.parts import Parts

_KINDS: dict[str, LeftOutReason] = {"header": "header", "footer": "footer"}
_PAGE_NUMBER = re.compile(r"[\s\d第共页/of\-–—.,，|()（）]*(?:page)?[\s\d第共页/of\-–—.,，|()（）]*", re.IGNORECASE)
_FACT = re.compile(
    r"(?:文[档件]?编号|编\s*号|文号|密\s*级|保密级别|版\s*本(?:号)?|文档版本|项目名称|项目编号|合同编号|客户名称|生效日期|发布日期|"
    r"Document No\.?|Doc\.? ?(?:No|ID)\.?|Version|Revision|Classification)\s*[：:]\s*(?=\S)",
    re.IGNORECASE,
)


def read_margins(parts: Parts, document_part: str, styles: Styles) -> Iterator[LeftOut]:
    """Each line of each header and footer, once; `part` of the locator is the part of the package it stands in and
    `paragraph` counts the paragraphs of that part, those in tables and text boxes too.
    """
    seen: set[tuple[LeftOutReason, str]] = set()
    for relation in parts.related(document_part):
        kind = _KINDS.get(relation.kind)
        root = parts.xml(relation.target) if kind and not relation.outside else None
        if kind is None or root is None:
            continue
        reader = TextReader(styles)
        for at, paragraph in enumerate(_paragraphs(root), 1):
            for reason, text in _texts(reader.read(paragraph), kind):
                if (reason, text) not in seen:
                    seen.add((reason, text))
                    place = Locator(kind="section", part=relation.target, paragraph=at)
                    yield LeftOut(reason=reason, text=text, locator=place)


def facts(text: str) -> list[str]:
    """What a line of a header or footer says about the document, as `label：value`: `文档编号：HC-2025-07`."""
    starts = [match.start() for match in _FACT.finditer(text)]
    ends = [*starts[1:], len(text)][: len(starts)]
    return [text[start:end].strip(" |｜，,；;/") for start, end in zip(starts, ends, strict=True)]


def _paragraphs(root: etree._Element) -> Iterator[etree._Element]:
    """All paragraphs; of alternative forms only the newer one."""
    for paragraph in root.iter(q("w:p")):
        if next(paragraph.iterancestors(q("mc:Fallback")), None) is None:
            yield paragraph


def _texts(content: Content, kind: LeftOutReason) -> Iterator[tuple[LeftOutReason, str]]:
    numbered = any(reason == "page_number" for reason, _ in content.left)
    text = " ".join(content.with_left("page_number").split())
    if text:
        yield ("page_number" if numbered and _PAGE_NUMBER.fullmatch(text) else kind), text
    for line in content.drawn.lines:  # a watermark
        yield kind, line
    for reason, left in content.left:
        if left.strip() and reason != "page_number":
            yield reason, left.strip()
