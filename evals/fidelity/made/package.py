"""Writes Office packages part by part, for what the libraries have no call for."""

import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "application/vnd.openxmlformats-officedocument"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

TYPES = {
    "document": f"{_OFFICE}.wordprocessingml.document.main+xml",
    "styles": f"{_OFFICE}.wordprocessingml.styles+xml",
    "numbering": f"{_OFFICE}.wordprocessingml.numbering+xml",
    "footnotes": f"{_OFFICE}.wordprocessingml.footnotes+xml",
    "endnotes": f"{_OFFICE}.wordprocessingml.endnotes+xml",
    "comments": f"{_OFFICE}.wordprocessingml.comments+xml",
    "header": f"{_OFFICE}.wordprocessingml.header+xml",
    "footer": f"{_OFFICE}.wordprocessingml.footer+xml",
    "settings": f"{_OFFICE}.wordprocessingml.settings+xml",
    "chart": f"{_OFFICE}.drawingml.chart+xml",
    "diagramData": f"{_OFFICE}.drawingml.diagramData+xml",
    "diagramLayout": f"{_OFFICE}.drawingml.diagramLayout+xml",
    "drawing": f"{_OFFICE}.drawing+xml",
    "workbook": f"{_OFFICE}.spreadsheetml.sheet.main+xml",
    "worksheet": f"{_OFFICE}.spreadsheetml.worksheet+xml",
    "sharedStrings": f"{_OFFICE}.spreadsheetml.sharedStrings+xml",
    "sheetStyles": f"{_OFFICE}.spreadsheetml.styles+xml",
    "custom": f"{_OFFICE}.custom-properties+xml",
    "core": "application/vnd.openxmlformats-package.core-properties+xml",
}

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": RELATIONS,
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "w10": "urn:schemas-microsoft-com:office:word",
        "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
        "xdr": "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
    }.items()
)


@dataclass
class Package:
    """The parts of one file and how they relate. The part `""` is the package itself."""

    parts: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    relations: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str, content: str | bytes, kind: str = "") -> None:
        """Add a part; `kind` is a name in `TYPES`, none for what goes by its extension."""
        self.parts[name] = content if isinstance(content, bytes) else (HEAD + content).encode()
        if kind:
            self.types[name] = TYPES[kind]

    def relate(self, source: str, kind: str, target: str, external: bool = False) -> str:
        """Relate two parts; `target` is written relative to the source's folder. Returns the id."""
        rows = self.relations.setdefault(source, [])
        uri = kind if "://" in kind else f"{RELATIONS}/{kind}"
        mode = ' TargetMode="External"' if external else ""
        rows.append(f'<Relationship Id="rId{len(rows) + 1}" Type="{uri}" Target="{escape(target)}"{mode}/>')
        return f"rId{len(rows)}"

    def save(self, path: Path) -> Path:
        """Write the file."""
        defaults = {
            "rels": "application/vnd.openxmlformats-package.relationships+xml",
            "xml": "application/xml",
            "png": "image/png",
            "jpeg": "image/jpeg",
            "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
            "docx": f"{_OFFICE}.wordprocessingml.document",
            "bin": f"{_OFFICE}.oleObject",
        }
        rows = "".join(f'<Default Extension="{one}" ContentType="{kind}"/>' for one, kind in defaults.items())
        rows += "".join(f'<Override PartName="/{one}" ContentType="{kind}"/>' for one, kind in self.types.items())
        content = f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{rows}</Types>'
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", HEAD + content)
            for source, related in self.relations.items():
                folder, _, name = source.rpartition("/")
                where = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
                body = f'<Relationships xmlns="{_PACKAGE_RELATIONS}">{"".join(related)}</Relationships>'
                archive.writestr(where, HEAD + body)
            for name, content_bytes in self.parts.items():
                archive.writestr(name, content_bytes)
        return path


def core_properties(title: str, author: str, modified: str) -> str:
    """`docProps/core.xml`."""
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator>"
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{modified}</dcterms:modified></cp:coreProperties>'
    )


def chart(title: str, categories: list[str], series: dict[str, list[float]]) -> str:
    """A bar chart part with its cached values, as Office writes them."""

    def points(tag: str, values: list[str]) -> str:
        rows = "".join(f'<c:pt idx="{at}"><c:v>{escape(one)}</c:v></c:pt>' for at, one in enumerate(values))
        cache = "strCache" if tag == "cat" else "numCache"
        ref = "strRef" if tag == "cat" else "numRef"
        return (
            f'<c:{tag}><c:{ref}><c:f>Sheet1!$A$2</c:f><c:{cache}><c:ptCount val="{len(values)}"/>{rows}</c:{cache}>'
            f"</c:{ref}></c:{tag}>"
        )

    body = "".join(
        f'<c:ser><c:idx val="{at}"/><c:order val="{at}"/><c:tx><c:strRef><c:f>Sheet1!$B$1</c:f><c:strCache>'
        f'<c:ptCount val="1"/><c:pt idx="0"><c:v>{escape(name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
        f"{points('cat', categories)}{points('val', [f'{one:g}' for one in values])}</c:ser>"
        for at, (name, values) in enumerate(series.items())
    )
    return (
        f"<c:chartSpace {NAMESPACES}><c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>{escape(title)}</a:t>"
        '</a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:layout/><c:barChart><c:barDir val="col"/>'
        f'<c:grouping val="clustered"/>{body}<c:axId val="1"/><c:axId val="2"/></c:barChart></c:plotArea></c:chart>'
        "</c:chartSpace>"
    )


def smart_art(texts: list[str]) -> str:
    """A SmartArt data part: one node for each text, all below the document's point."""
    nodes = "".join(
        f'<dgm:pt modelId="{at}"><dgm:prSet/><dgm:spPr/><dgm:t><a:bodyPr/><a:p><a:r><a:t>{escape(one)}</a:t></a:r>'
        "</a:p></dgm:t></dgm:pt>"
        for at, one in enumerate(texts, 1)
    )
    links = "".join(
        f'<dgm:cxn modelId="{100 + at}" srcId="0" destId="{at}" srcOrd="{at - 1}" destOrd="0"/>'
        for at in range(1, len(texts) + 1)
    )
    return (
        f'<dgm:dataModel {NAMESPACES}><dgm:ptLst><dgm:pt modelId="0" type="doc"><dgm:prSet/><dgm:spPr/><dgm:t>'
        f"<a:bodyPr/><a:p/></dgm:t></dgm:pt>{nodes}</dgm:ptLst><dgm:cxnLst>{links}</dgm:cxnLst></dgm:dataModel>"
    )
