"""What hangs on a paragraph: pictures and their descriptions, embedded files, charts, links, text in shapes."""

import io
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from PIL import Image

from ingest.document import Element, Locator, ParsedDocument
from ingest.parse.context import Context
from ingest.parse.docx.parser import parse
from ingest.parse.office.ooxml import NS
from tests.ingest.parse.docx.word_files import add_part, add_xml, new_document, paragraph, save
from tests.ingest.parse.listing import listing

DECLARED = " ".join(f"xmlns:{prefix}='{uri}'" for prefix, uri in NS.items() if prefix != "w")
VML = "xmlns:v='urn:schemas-microsoft-com:vml' xmlns:o='urn:schemas-microsoft-com:office:office'"


@dataclass
class Heard:
    """A reader of pictures and of nested files that notes what it was given."""

    given: list[tuple[str, int, Locator]] = field(default_factory=list)

    def read(self, *call: Any) -> ParsedDocument:
        name, content, place = call if len(call) == 3 else ("", *call)
        self.given.append((name or place.picture, len(content), place))
        return ParsedDocument(elements=(Element(kind="note", text=f"读到 {name or place.picture}", locator=place),))


def heard(document: Any, folder: Path) -> tuple[ParsedDocument, Heard, Heard]:
    pictures, nested = Heard(), Heard()
    return parse(save(document, folder), Context(pictures=pictures, nested=nested)), pictures, nested


def relate(document: Any, name: str, content: bytes, kind: str = "package") -> str:
    part = Part(PackURI(f"/word/{name}"), "application/octet-stream", content, document.part.package)
    return str(document.part.relate_to(part, f"{RELATIONSHIP_TYPE.STYLES.rpartition('/')[0]}/{kind}"))


def picture() -> io.BytesIO:
    content = io.BytesIO()
    Image.new("RGB", (8, 8)).save(content, "PNG")
    content.seek(0)
    return content


def test_pictures_are_read_where_they_stand_and_telling_descriptions_kept(tmp_path: Path) -> None:
    document = new_document()
    document.add_heading("架构", 1)
    for description in ("双活拓扑：北京主、厦门备", "图片 2", "image1.png", "图形用户界面\n\n描述已自动生成"):
        shape = document.add_paragraph().add_run().add_picture(picture())
        shape._inline.docPr.set("descr", description)
    document.add_table(rows=2, cols=2)
    document.tables[0].cell(1, 1).paragraphs[0].add_run().add_picture(picture())
    document.tables[0].cell(1, 0).text = "图"
    found, pictures, _ = heard(document, tmp_path)
    assert [line for line in listing(found) if "读到" not in line][1:2] == ["note: 双活拓扑：北京主、厦门备"]
    assert sum("note" in line and "读到" not in line for line in listing(found)) == 1
    assert [one[2].paragraph for one in pictures.given] == [2, 3, 4, 5, 6]
    assert pictures.given[-1][2].row == 2
    assert {one[2].headings for one in pictures.given} == {("架构",)}
    assert {one[0] for one in pictures.given} == {"word/media/image1.png"}


def test_pictures_outside_the_file_are_never_fetched(tmp_path: Path) -> None:
    document = new_document()
    outside = document.part.relate_to("http://127.0.0.1:9/x.png", RELATIONSHIP_TYPE.IMAGE, is_external=True)
    ways = (f"r:embed='{outside}'", f"r:link='{outside}'", "r:embed='rId99'")
    drawn = "".join(f"<a:blip {DECLARED} {way}/>" for way in ways)
    add_xml(document, f"<w:p><w:r><w:t>图</w:t><w:drawing>{drawn}</w:drawing></w:r></w:p>")
    found, pictures, _ = heard(document, tmp_path)
    assert (listing(found), pictures.given, found.unread) == (["paragraph: 图"], [], ())


def test_embedded_files_are_read_under_the_name_the_user_sees(tmp_path: Path) -> None:
    document = new_document()
    book = relate(document, "embeddings/Microsoft_Excel_Sheet1.xlsx", b"PK\x03\x04book")
    link = f"<o:OLEObject Type='Link' ProgID='Excel.Sheet.12' r:id='{book}'/>"
    embed = f"<o:OLEObject Type='Embed' ProgID='Excel.Sheet.12' r:id='{book}'/>"
    seen = "<v:shape><v:imagedata r:id='rId1'/></v:shape>"
    objects = "".join(f"<w:object {VML} {DECLARED}>{seen}{one}</w:object>" for one in (link, embed))
    add_xml(document, f"<w:p><w:r><w:t>报价见附件</w:t>{objects}</w:r></w:p>")
    found, pictures, nested = heard(document, tmp_path)
    assert listing(found) == ["paragraph: 报价见附件", "note: 读到 Microsoft_Excel_Sheet1.xlsx"]
    assert nested.given[0][1:] == (8, Locator(kind="section", paragraph=1))
    assert pictures.given == []


def test_a_text_in_another_format_is_read_where_it_is_taken_in(tmp_path: Path) -> None:
    document = new_document()
    chunk = relate(document, "afchunk1.html", b"<p>x</p>", "aFChunk")
    add_xml(document, paragraph("前言"), f"<w:altChunk {DECLARED} r:id='{chunk}'/>", paragraph("后记"))
    found, _, nested = heard(document, tmp_path)
    assert listing(found) == ["paragraph: 前言", "note: 读到 afchunk1.html", "paragraph: 后记"]
    assert (nested.given[0][2].paragraph, found.elements[-1].locator.paragraph) == (1, 2)


def test_addresses_that_links_hide_stand_beside_the_sentence(tmp_path: Path) -> None:
    document = new_document()
    wiki, mail = (
        document.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        for target in ("https://wiki.example.com/drill", "mailto:noc@example.com")
    )
    run = "<w:r><w:t>{}</w:t></w:r>"
    begin, separate, end = (f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>" for kind in ("begin", "separate", "end"))
    code = '<w:r><w:instrText xml:space="preserve"> HYPERLINK "https://kb.example.com" </w:instrText></w:r>'
    jump = '<w:r><w:instrText> HYPERLINK \\l "_Toc1" </w:instrText></w:r>'
    add_xml(
        document,
        f"<w:p>{run.format('详见')}<w:hyperlink {DECLARED} r:id='{wiki}'>{run.format('演练')}{run.format('记录')}"
        f"</w:hyperlink>{run.format('。')}<w:hyperlink w:anchor='_Toc1'>{run.format('上文')}</w:hyperlink></w:p>",
        f"<w:p><w:hyperlink {DECLARED} r:id='{mail}'>{run.format('noc@example.com')}</w:hyperlink></w:p>",
        f"<w:p>{begin}{code}{separate}{run.format('知识')}{run.format('库')}{end}{begin}{jump}{separate}"
        f"{run.format('下文')}{end}</w:p>",
    )
    assert listing(parse(save(document, tmp_path))) == [
        "paragraph: 详见演练记录。上文",
        "note: 演练记录：https://wiki.example.com/drill",
        "paragraph: noc@example.com",
        "paragraph: 知识库下文",
        "note: 知识库：https://kb.example.com",
    ]


def test_charts_of_the_new_kind_are_read_instead_of_their_picture(tmp_path: Path) -> None:
    document = new_document()
    point = "<cx:pt idx='{}'>{}</cx:pt>"
    names, values = point.format(0, "收入") + point.format(1, "成本"), point.format(0, "380") + point.format(1, "-120")
    said = "<cx:tx><cx:txData><cx:v>{}</cx:v></cx:txData></cx:tx>"
    series = f"<cx:series layoutId='waterfall'>{said.format('万元')}<cx:dataId val='0'/></cx:series>"
    chart = (
        f"<cx:chartSpace {DECLARED}><cx:chartData><cx:data id='0'><cx:strDim type='cat'><cx:lvl>{names}</cx:lvl>"
        f"</cx:strDim><cx:numDim type='val'><cx:lvl>{values}</cx:lvl></cx:numDim></cx:data></cx:chartData><cx:chart>"
        f"<cx:title>{said.format('损益瀑布')}</cx:title><cx:plotArea><cx:plotAreaRegion>{series}</cx:plotAreaRegion>"
        "</cx:plotArea></cx:chart></cx:chartSpace>"
    )
    part = add_part(document, "chartEx", "application/vnd.ms-office.chartex+xml", chart)
    drawn = f"<cx:chart r:id='{part}'/>"
    alternate = (
        f"<mc:AlternateContent {DECLARED}><mc:Choice Requires='cx1'><w:drawing>{drawn}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:drawing><a:blip r:embed='rId1'/></w:drawing></mc:Fallback></mc:AlternateContent>"
    )
    add_xml(document, f"<w:p><w:r>{alternate}</w:r></w:p>")
    found, pictures, _ = heard(document, tmp_path)
    assert listing(found) == ["caption: 损益瀑布", "table:  | 万元", "  收入 | 380", "  成本 | -120"]
    assert pictures.given == []


def test_a_picture_that_is_missing_from_the_file_is_told_and_the_rest_read(tmp_path: Path) -> None:
    document = new_document()
    document.add_paragraph("正文").add_run().add_picture(picture())
    sound = save(document, tmp_path)
    broken = tmp_path / "broken.docx"
    with zipfile.ZipFile(sound) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            if "media" not in name:
                target.writestr(name, source.read(name))
    found = parse(broken, Context(pictures=Heard()))
    assert listing(found) == ["paragraph: 正文"]
    assert "word/media/image1.png" in found.unread[0].message


def test_pictures_in_headers_are_left_out_and_in_notes_read(tmp_path: Path) -> None:
    document = new_document()
    document.add_paragraph("正文")
    header = document.sections[0].header
    header.paragraphs[0].add_run().add_picture(picture())
    found, pictures, _ = heard(document, tmp_path)
    assert [(one[0], one[2].part) for one in pictures.given] == [("word/media/image1.png", "word/header1.xml")]
    assert listing(found) == ["paragraph: 正文"]
    assert [(one.reason, one.text) for one in found.left_out] == [("header", "读到 word/media/image1.png")]
