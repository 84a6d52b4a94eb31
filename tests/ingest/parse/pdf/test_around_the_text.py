"""What a PDF holds beside its text: form values, remarks, links, pictures, files, XMP; and what nobody sees."""

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image
from reportlab.lib.colors import black, white
from reportlab.lib.utils import ImageReader

from ingest.document import Element, Locator, ParsedDocument
from ingest.parse.context import Context
from ingest.parse.nested import reading_inside
from ingest.parse.pdf.information import properties
from ingest.parse.pdf.parser import parse
from tests.ingest.parse.pdf.drawn_pdf import SONG, Drawing


def texts(document: ParsedDocument) -> list[str]:
    return [element.text for element in document.elements]


def left_out(document: ParsedDocument) -> list[tuple[str, str]]:
    return [(one.reason, one.text) for one in document.left_out]


def annotate(path: Path, kind: int, box: tuple[float, float, float, float], **strings: str) -> Path:
    """The file with an annotation on its first page; `box` is left, bottom, right, top in PDF's own coordinates."""
    document = pypdfium2.PdfDocument(path)
    page = document[0]
    annotation = pdfium.FPDFPage_CreateAnnot(page, kind)
    pdfium.FPDFAnnot_SetRect(annotation, pdfium.FS_RECTF(box[0], box[3], box[2], box[1]))
    for key, text in strings.items():
        coded = (text + "\0").encode("utf-16-le")
        wide = (pdfium.FPDF_WCHAR * (len(coded) // 2)).from_buffer_copy(coded)
        pdfium.FPDFAnnot_SetStringValue(annotation, key.encode(), wide)
    pdfium.FPDFPage_CloseAnnot(annotation)
    made = path.with_name("annotated.pdf")
    document.save(made)
    document.close()
    return made


def test_a_remark_is_a_note_with_its_author(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    drawing.text(79.5, 90, "切换须双人授权。")
    path = annotate(
        drawing.save(), pdfium.FPDF_ANNOT_TEXT, (300, 740, 320, 760), Contents="与制度第九条不符", T="何聿安"
    )
    element = parse(path).elements[-1]
    assert (element.kind, element.text) == ("note", "批注（何聿安）：与制度第九条不符")
    assert element.locator.bbox == pytest.approx((300, 81.9, 320, 101.9), abs=0.2)


def test_a_text_written_on_the_page_is_read_in_its_place(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    drawing.text(79.5, 90, "第一句。")
    drawing.text(79.5, 300, "第二句。")
    path = annotate(drawing.save(), pdfium.FPDF_ANNOT_FREETEXT, (80, 620, 300, 640), Contents="已于三月整改")
    assert texts(parse(path)) == ["第一句。", "已于三月整改", "第二句。"]


def test_form_values_stand_with_their_labels(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    drawing.text(79.5, 90, "客户名称：")
    drawing.text(79.5, 120, "是否双活：")
    form = drawing.canvas.acroForm
    form.textfield(name="customer", value="Xingheng Bank", x=140, y=drawing.height - 94, width=200, height=16)
    form.checkbox(name="both", checked=True, x=140, y=drawing.height - 124, size=14)
    form.checkbox(name="one", checked=False, x=200, y=drawing.height - 124, size=14)
    assert texts(parse(drawing.save())) == ["客户名称： Xingheng Bank", "是否双活： ☑ ☐"]


def test_where_a_link_leads_is_told_once_and_only_when_not_shown(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    drawing.text(79.5, 90, "详见运维手册第三章。")
    drawing.canvas.linkURL("https://wiki.example.com/ops", (100, drawing.height - 94, 142, drawing.height - 80))
    drawing.text(79.5, 120, "https://wiki.example.com/dr", font="Helvetica")
    drawing.canvas.linkURL("https://wiki.example.com/dr", (79, drawing.height - 124, 300, drawing.height - 108))
    assert texts(parse(drawing.save())) == [
        "详见运维手册（https://wiki.example.com/ops）第三章。",
        "https://wiki.example.com/dr",
    ]


def test_text_that_nobody_sees_is_left_out(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    drawing.text(79.5, 90, "正文一句。")
    drawing.canvas.setFillColor(white)
    drawing.text(79.5, 120, "白纸白字")
    drawing.canvas.setFillColor(black)
    drawing.text(79.5, 140, "微小的字", 0.5)
    drawing.text(79.5, -20, "页外的字")
    drawing.canvas.drawString(79.5, 500, "")
    hidden = drawing.canvas.beginText(79.5, 400)
    hidden.setFont(SONG, 10.5)
    hidden.setTextRenderMode(3)
    hidden.textLine("无墨的字")
    drawing.canvas.drawText(hidden)
    document = parse(drawing.save())
    assert texts(document) == ["正文一句。"]
    assert sorted(left_out(document)) == sorted(
        ("invisible", text) for text in ("白纸白字", "微小的字", "页外的字", "无墨的字")
    )


def test_white_text_on_a_dark_ground_is_read(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    drawing.canvas.setFillColorRGB(0.1, 0.2, 0.5)
    drawing.canvas.roundRect(70, drawing.height - 130, 300, 60, 8, stroke=0, fill=1)
    drawing.canvas.setFillColor(white)
    drawing.text(79.5, 100, "白字蓝底")
    assert texts(parse(drawing.save())) == ["白字蓝底"]


def grey_picture(size: tuple[int, int]) -> ImageReader:
    file = io.BytesIO()
    Image.new("RGB", size, (200, 200, 200)).save(file, "PNG")
    file.seek(0)
    return ImageReader(file)


def test_the_text_layer_of_a_scan_is_its_text(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    drawing.canvas.drawImage(grey_picture((60, 80)), 0, 0, drawing.width, drawing.height)
    layer = drawing.canvas.beginText(79.5, 700)
    layer.setFont(SONG, 10.5)
    layer.setTextRenderMode(3)
    layer.textLine("扫描件里识别出的一句。")
    drawing.canvas.drawText(layer)
    document = parse(drawing.save())
    assert texts(document) == ["扫描件里识别出的一句。"]
    assert not document.left_out


class OneLine:
    """A picture reader that sees one line in each picture, at pixels (30, 60) to (90, 90)."""

    def __init__(self) -> None:
        self.sizes: list[tuple[int, int]] = []

    def read(self, picture: bytes, place: Locator) -> ParsedDocument:
        with Image.open(io.BytesIO(picture)) as image:
            self.sizes.append(image.size)
        where = place.model_copy(update={"bbox": (30.0, 60.0, 90.0, 90.0)})
        return ParsedDocument(elements=(Element(kind="paragraph", text="图中一句", locator=where, confidence=0.9),))


def test_pictures_are_read_in_their_place_with_places_on_the_page(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    drawing.text(79.5, 90, "图前一句。")
    drawing.canvas.drawImage(grey_picture((400, 200)), 100, drawing.height - 300, 200, 100)
    drawing.text(79.5, 350, "图后一句。")
    reader = OneLine()
    document = parse(drawing.save(), Context(pictures=reader))
    assert texts(document) == ["图前一句。", "图中一句", "图后一句。"]
    element = document.elements[1]
    assert reader.sizes == [(600, 300)]
    assert element.locator.page == 1
    assert element.locator.picture is None
    assert element.confidence == 0.9
    assert element.locator.bbox == pytest.approx((110, 220, 130, 230), abs=0.5)


class Shelf:
    """A reader of nested files that keeps their names."""

    def read(self, name: str, content: bytes, place: Locator) -> ParsedDocument:
        where = Locator(kind="lines", line_start=1, within=(name,))
        return ParsedDocument(elements=(Element(kind="paragraph", text=content.decode(), locator=where),))


def test_attached_files_are_read(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    drawing.text(79.5, 90, "见附件。")
    document = pypdfium2.PdfDocument(drawing.save())
    document.new_attachment("清单.txt").set_data("网关四台".encode())
    document.save(tmp_path / "b.pdf")
    document.close()
    parsed = parse(tmp_path / "b.pdf", Context(nested=Shelf()))
    assert texts(parsed) == ["见附件。", "网关四台"]
    assert parsed.elements[-1].locator.within == ("清单.txt",)


def test_a_pdf_may_hold_a_pdf(tmp_path: Path) -> None:
    inner, outer = Drawing(tmp_path / "inner.pdf"), Drawing(tmp_path / "a.pdf")
    inner.text(79.5, 90, "链路带宽二十G。")
    outer.text(79.5, 90, "见附件。")
    document = pypdfium2.PdfDocument(outer.save())
    document.new_attachment("链路.pdf").set_data(inner.save().read_bytes())
    document.save(tmp_path / "b.pdf")
    document.close()
    # In a thread: a lock still held would be waited for without end.
    reading = ThreadPoolExecutor(1)
    parsed = reading.submit(lambda: parse(tmp_path / "b.pdf", reading_inside(Context(), tmp_path / "b.pdf")))
    reading.shutdown(wait=False)
    assert texts(parsed.result(timeout=20)) == ["见附件。", "链路.pdf", "链路带宽二十G。"]


def test_defaults_of_programs_are_no_title_and_no_author(tmp_path: Path) -> None:
    for title, author in (("untitled", "anonymous"), ("(untitled)", "(anonymous)"), ("", "(unspecified)")):
        stated = properties({"Title": title, "Author": author}, {}, "封面标题")
        assert (stated.title, stated.author) == ("封面标题", None)


def test_xmp_speaks_where_the_information_does_not(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    drawing.text(79.5, 90, "正文一句。")
    path = drawing.save()
    packet = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt><rdf:li>双活设计</rdf:li>'
        "</rdf:Alt></dc:title><dc:creator><rdf:Seq><rdf:li>卢行舟</rdf:li></rdf:Seq></dc:creator></rdf:Description>"
        "</rdf:RDF></x:xmpmeta>"
    )
    path.write_bytes(path.read_bytes().replace(b"%%EOF", b"%" + packet.encode() + b"\n%%EOF"))
    properties = parse(path).properties
    assert (properties.title, properties.author) == ("双活设计", "卢行舟")
