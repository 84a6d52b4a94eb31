from io import BytesIO
from pathlib import Path

import docx
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from ingest.errors import DamagedDocument, UnsupportedFormat
from ingest.parse import convert
from ingest.render.pages import render_pages


def drawn_pdf(path: Path, pages: int, size: tuple[float, float] = (300, 200)) -> Path:
    canvas = Canvas(str(path), pagesize=size)
    for number in range(1, pages + 1):
        canvas.drawString(50, 150, f"Page {number}")
        canvas.showPage()
    canvas.save()
    return path


def test_each_page_of_a_pdf_with_its_size_and_letters(tmp_path: Path) -> None:
    pages = list(render_pages(drawn_pdf(tmp_path / "a.pdf", 3), "pdf"))
    assert [page.number for page in pages] == [1, 2, 3]
    assert (pages[0].width, pages[0].height) == (300, 200)
    assert pages[2].letters.text == "Page3"
    x0, y0, _x1, y1 = pages[0].letters.boxes[0]
    assert x0 == pytest.approx(50, abs=2)
    assert 35 < y0 < y1 < 55  # counted from the top
    assert Image.open(BytesIO(pages[0].png)).size == (480, 320)


def test_no_more_pages_than_asked_for(tmp_path: Path) -> None:
    assert len(list(render_pages(drawn_pdf(tmp_path / "a.pdf", 5), "pdf", most=2))) == 2


def test_a_huge_page_becomes_no_huge_picture(tmp_path: Path) -> None:
    page = next(render_pages(drawn_pdf(tmp_path / "a.pdf", 1, (6000, 3000)), "pdf"))
    assert max(Image.open(BytesIO(page.png)).size) <= 2400


def test_each_frame_of_a_picture(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "blue")]
    frames[0].save(tmp_path / "a.tiff", save_all=True, append_images=frames[1:])
    assert [(page.width, page.height) for page in render_pages(tmp_path / "a.tiff", "tiff")] == [(40, 30), (40, 30)]


@pytest.mark.parametrize(("form", "content"), [("pdf", b"%PDF-1.7\nnothing"), ("png", b"\x89PNG\r\n\x1a\nnothing")])
def test_what_cannot_be_drawn_is_said_to_be_damaged(tmp_path: Path, form: str, content: bytes) -> None:
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(DamagedDocument, match="a cannot be drawn"):
        list(render_pages(tmp_path / "a", form))


def test_a_format_without_pages_has_none(tmp_path: Path) -> None:
    assert list(render_pages(tmp_path / "a.md", "md")) == []


def test_without_libreoffice_office_pages_cannot_be_had(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(convert, "soffice", lambda: None)
    docx.Document().save(str(tmp_path / "a.docx"))
    with pytest.raises(UnsupportedFormat, match="LibreOffice"):
        list(render_pages(tmp_path / "a.docx", "docx"))
