"""Word files written block by block: the n-th call of `block` writes the n-th block of the body."""

from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

from evals.fidelity.made.package import NAMESPACES, Package, core_properties

_HEADING = (
    '<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="heading {level}"/><w:basedOn w:val="a"/>'
    '<w:pPr><w:keepNext/>{numbering}<w:outlineLvl w:val="{outline}"/></w:pPr><w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr>'
    "</w:style>"
)
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


@dataclass
class Word:
    """A Word document in the making. `prefix` is how heading styles are called: WPS and Chinese Word say `1`, `2`."""

    prefix: str = "Heading"
    package: Package = field(default_factory=Package)
    blocks: list[str] = field(default_factory=list)
    abstract: list[str] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    notes: dict[str, list[str]] = field(default_factory=dict)
    heading_list: int = 0
    section: str = ""
    _shapes: int = 0

    @property
    def next(self) -> int:
        """The number of the block that comes next."""
        return len(self.blocks) + 1

    def block(self, xml: str) -> int:
        """Append a body block; its number, from 1."""
        self.blocks.append(xml)
        return len(self.blocks)

    def heading(self, text: str, level: int, style: bool = True) -> int:
        """A heading by style, or by an outline level alone."""
        properties = f'<w:pStyle w:val="{self.prefix}{level}"/>' if style else f'<w:outlineLvl w:val="{level - 1}"/>'
        return self.block(paragraph(text, properties))

    def define_list(self, *levels: tuple[str, str]) -> int:
        """A list by (number format, level text) of each level; its id. With `heading_list` headings can be on it."""
        at = len(self.abstract) + 1
        rows = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            f'{self._style_of(at, level)}<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
            for level, (kind, text) in enumerate(levels)
        )
        self.abstract.append(
            f'<w:abstractNum w:abstractNumId="{at}"><w:multiLevelType w:val="multilevel"/>{rows}</w:abstractNum>'
        )
        self.lists.append(f'<w:num w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>')
        return at

    def restart(self, of: int, start: int) -> int:
        """Another instance of the list `of`, counting from `start`."""
        at = len(self.lists) + 1
        override = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        self.lists.append(f'<w:num w:numId="{at}"><w:abstractNumId w:val="{of}"/>{override}</w:num>')
        return at

    def note(self, kind: str, text: str, extra: str = "") -> str:
        """A footnote, endnote or comment; the run that refers to it."""
        rows = self.notes.setdefault(kind, [])
        number = len(rows) + (0 if kind == "comment" else 2)
        rows.append(f'<w:{kind} w:id="{number}"{extra}>{paragraph(text)}</w:{kind}>')
        mark = "commentReference" if kind == "comment" else f"{kind}Reference"
        return f'<w:r><w:{mark} w:id="{number}"/></w:r>'

    def relate(self, kind: str, target: str, external: bool = False) -> str:
        """Relate the document to another part."""
        return self.package.relate("word/document.xml", kind, target, external)

    def graphic(self, uri: str, inner: str) -> str:
        """An inline drawing run around `inner` (a chart, a diagram, a picture)."""
        self._shapes += 1
        return (
            '<w:r><w:drawing><wp:inline><wp:extent cx="3000000" cy="1500000"/>'
            f'<wp:docPr id="{self._shapes}" name="图形 {self._shapes}"/><a:graphic><a:graphicData uri="{uri}">{inner}'
            "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )

    def picture(self, content: bytes, name: str, description: str = "") -> str:
        """A picture run."""
        self.package.add(f"word/media/{name}", content)
        relation = self.relate("image", f"media/{name}")
        uri = "http://schemas.openxmlformats.org/drawingml/2006/picture"
        run = self.graphic(
            uri,
            f'<pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
            f'<a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr/></pic:pic>',
        )
        return run.replace("<wp:docPr ", f'<wp:docPr descr="{escape(description)}" ') if description else run

    def save(self, path: Path, title: str = "", author: str = "", modified: str = "2025-11-03T08:00:00Z") -> Path:
        """Write the file."""
        package, heading = self.package, ""
        if self.heading_list:
            heading = f'<w:numId w:val="{self.heading_list}"/>'
        styles = "".join(
            _HEADING.format(
                id=f"{self.prefix}{level}",
                level=level,
                outline=level - 1,
                size=36 - 4 * level,
                numbering=f'<w:numPr><w:ilvl w:val="{level - 1}"/>{heading}</w:numPr>' if heading else "",
            )
            for level in (1, 2, 3)
        )
        extra = "".join(
            f'<w:style w:type="paragraph" w:styleId="{one}"><w:name w:val="{name}"/><w:basedOn w:val="a"/></w:style>'
            for one, name in (("TOC1", "toc 1"), ("TOC2", "toc 2"), ("Caption", "caption"), ("Title", "Title"))
        )
        normal = '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
        package.relate("", "officeDocument", "word/document.xml")
        package.add("word/styles.xml", f"<w:styles {NAMESPACES}>{normal}{styles}{extra}</w:styles>", "styles")
        self.relate("styles", "styles.xml")
        if self.lists:
            body = "".join((*self.abstract, *self.lists))
            package.add("word/numbering.xml", f"<w:numbering {NAMESPACES}>{body}</w:numbering>", "numbering")
            self.relate("numbering", "numbering.xml")
        for kind, rows in self.notes.items():
            package.add(f"word/{kind}s.xml", f"<w:{kind}s {NAMESPACES}>{''.join(rows)}</w:{kind}s>", f"{kind}s")
            self.relate(f"{kind}s", f"{kind}s.xml")
        body = f"<w:body>{''.join(self.blocks)}<w:sectPr>{self.section}</w:sectPr></w:body>"
        package.add("word/document.xml", f"<w:document {NAMESPACES}>{body}</w:document>", "document")
        if title or author:
            package.add("docProps/core.xml", core_properties(title, author, modified), "core")
            uri = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
            package.relate("", uri, "docProps/core.xml")
        return package.save(path)

    def _style_of(self, at: int, level: int) -> str:
        return f'<w:pStyle w:val="{self.prefix}{level + 1}"/>' if self.heading_list == at else ""


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(text: str = "", properties: str = "", look: str = "", runs: str = "") -> str:
    """A paragraph of one run of text, followed by `runs`."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text, look) if text else ''}{runs}</w:p>"


def item(list_id: int, level: int, text: str) -> str:
    """A paragraph on a list."""
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def cell(content: str, span: int = 1, merge: str = "", shade: bool = False) -> str:
    """A cell of a text or of blocks; `merge` is `restart` or `continue`, down the rows."""
    properties = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    properties += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    properties += '<w:shd w:val="clear" w:fill="D9E2F3"/>' if shade else ""
    inner = content if content.startswith("<w:") else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def row(*cells: str, header: bool = False, more: str = "") -> str:
    """A row of cells, or of texts."""
    mark = "<w:tblHeader/>" if header else ""
    inner = "".join(one if one.startswith("<w:tc>") else cell(one) for one in cells)
    return f"<w:tr><w:trPr>{mark}{more}</w:trPr>{inner}</w:tr>"


def table(*rows: str, columns: int) -> str:
    """A table with borders."""
    grid = "<w:gridCol w:w='1500'/>" * columns
    properties = f"<w:tblW w:w='0' w:type='auto'/><w:tblBorders>{_BORDERS}</w:tblBorders>"
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
