"""PDF files made to break a reader: what can be read is read, in little time."""

from pathlib import Path

import pypdfium2
import pytest

from ingest.errors import DocumentError
from ingest.parse.context import Context
from ingest.parse.dispatch import parse_file
from ingest.parse.pdf import reader
from ingest.parse.pdf.chars import read_chars
from ingest.parse.pdf.frame import Frame
from ingest.parse.pdf.page import Page
from ingest.parse.pdf.parser import parse
from tests.ingest.parse.pdf.drawn_pdf import Drawing

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def write(path: Path, objects: list[bytes]) -> Path:
    """A PDF of these objects, numbered from 1, the catalogue first; its index has to be rebuilt by the reader."""
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (at, one) for at, one in enumerate(objects, start=1))
    tail = b"trailer << /Root 1 0 R /Size %d >>\nstartxref\n0\n%%%%EOF\n" % (len(objects) + 1)
    path.write_bytes(b"%PDF-1.4\n" + body + tail)
    return path


def stream(content: bytes, extra: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), extra, content)


def page_file(
    path: Path, content: bytes, *, box: bytes = b"0 0 300 200", extra: bytes = b"", more: bytes = b""
) -> Path:
    return write(
        path,
        [
            b"<< /Type /Catalog /Pages 2 0 R %s >>" % extra,
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> /XObject << /X 6 0 R >> >> >>" % box,
            stream(content),
            FONT,
            more,
        ],
    )


def test_a_page_that_fails_does_not_stop_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    for number in "一二三":
        drawing.text(79.5, 300, f"第{number}页的正文。")
        drawing.end_page()
    path = drawing.save()
    whole = read_chars

    def fail_on_second(raw: pypdfium2.PdfPage, frame: Frame, page: Page) -> None:
        if page.number == 2:
            raise pypdfium2.PdfiumError("Failed to load page.")
        whole(raw, frame, page)

    monkeypatch.setattr(reader, "read_chars", fail_on_second)
    document = parse(path)
    assert [one.text for one in document.elements] == ["第一页的正文。", "第三页的正文。"]
    assert [(one.message, one.locator.page) for one in document.unread if one.locator] == [
        ("Page 2 of a.pdf cannot be loaded.", 2)
    ]


def test_every_page_is_told(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "a.pdf")
    for _ in range(4):
        drawing.text(79.5, 300, "正文一句。")
        drawing.end_page()
    told: list[tuple[int, int]] = []
    parse(drawing.save(), Context(progress=lambda done, total: told.append((done, total))))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_thousand_empty_pages(tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument.new()
    for _ in range(1000):
        document.new_page(595, 842)
    document.save(tmp_path / "a.pdf")
    document.close()
    parsed = parse(tmp_path / "a.pdf")
    assert not parsed.elements
    assert not parsed.unread


def test_a_form_object_that_draws_itself(tmp_path: Path) -> None:
    form = stream(
        b"q 1 0 0 1 9 9 cm /X Do Q",
        b"/Type /XObject /Subtype /Form /BBox [0 0 300 200] /Resources << /XObject << /X 6 0 R >> >>",
    )
    path = page_file(tmp_path / "a.pdf", b"BT /F1 20 Tf 10 20 Td (Hello) Tj ET /X Do", more=form)
    assert [one.text for one in parse(path).elements] == ["Hello"]


def test_a_page_tree_that_leads_back_to_itself(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.pdf",
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"],
    )
    with pytest.raises(DocumentError, match=r"a\.pdf"):
        parse_file(path, Context())


def test_a_giant_page(tmp_path: Path) -> None:
    path = page_file(tmp_path / "a.pdf", b"BT /F1 20 Tf 10 20 Td (Hello) Tj ET", box=b"0 0 2000000 2000000")
    assert [one.text for one in parse(path).elements] == ["Hello"]


def test_scripts_and_programs_to_launch_are_not_touched(tmp_path: Path) -> None:
    marker = tmp_path / "launched"
    action = b"<< /S /Launch /F (%s) /Next << /S /JavaScript /JS (app.alert\\(1\\)) >> >>" % str(marker).encode()
    path = page_file(tmp_path / "a.pdf", b"BT /F1 20 Tf 10 20 Td (Hello) Tj ET", extra=b"/OpenAction %s" % action)
    assert [one.text for one in parse(path).elements] == ["Hello"]
    assert not marker.exists()


def test_a_font_without_character_codes_is_no_text(tmp_path: Path) -> None:
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+Odd /Encoding /Identity-H /DescendantFonts "
        b"[<< /Type /Font /Subtype /CIDFontType2 /BaseFont /AAAAAA+Odd /CIDSystemInfo << /Registry (Adobe) "
        b"/Ordering (Identity) /Supplement 0 >> /FontDescriptor << /Type /FontDescriptor /FontName /AAAAAA+Odd "
        b"/Flags 4 /FontBBox [0 0 1000 1000] >> >>] >>"
    )
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>"
    )
    path = write(
        tmp_path / "b.pdf",
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            page,
            stream(b"BT /F1 20 Tf 10 20 Td <00030142004312440045> Tj ET"),
            font,
        ],
    )
    document = parse(path)
    assert not document.elements
    assert [one.message for one in document.unread] == [
        "Page 1 of b.pdf is a picture, or has a font without character codes."
    ]
