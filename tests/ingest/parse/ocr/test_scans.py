"""Scanned pages of PDF files and image files: upright, on their side, askew; and that nothing is fetched."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ingest.document import ParsedDocument
from ingest.errors import EmptyDocument, UnsupportedFormat
from ingest.parse.context import PLAIN, Context
from ingest.parse.dispatch import parse_file
from ingest.parse.ocr.reading import reading_pictures
from ingest.parse.ocr.recogniser import Recogniser
from tests.ingest.parse.ocr.writing import encoded, ruled, written

LINES = ("Recovery point objective 15 minutes", "Ascend 910B3 x 74 cards in two rooms", "Switch over in 12 steps")


def read(path: Path) -> ParsedDocument:
    return parse_file(path, reading_pictures(Context()))[1]


def words(document: ParsedDocument) -> str:
    return "".join("".join(one.text.split()) for one in document.elements)


def test_a_scanned_page_is_read_with_boxes_in_points(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    page = Image.new("L", (1240, 1754), 255)
    page.paste(written(*LINES), (100, 200))
    page.save(path, "PDF", resolution=150)
    document = read(path)
    assert words(document) == "".join("".join(LINES).split())
    first = document.elements[0]
    assert first.confidence is not None
    assert (first.locator.kind, first.locator.page) == ("page", 1)
    assert first.locator.bbox is not None
    assert first.locator.bbox[:2] == pytest.approx((160 * 72 / 150, 260 * 72 / 150), abs=8)
    assert not document.unread


def test_without_ocr_a_scan_says_how_to_have_it_read(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    written(*LINES).save(path, "PDF")
    with pytest.raises(EmptyDocument, match="CASELORE_OCR=true"):
        parse_file(path, PLAIN)
    picture = tmp_path / "scan.png"
    written(*LINES).save(picture)
    with pytest.raises(UnsupportedFormat, match="CASELORE_OCR=true"):
        parse_file(picture, PLAIN)


@pytest.mark.parametrize(("turn", "skew"), [(90, 0.0), (180, 0.0), (270, 2.0), (0, -3.0)])
def test_a_page_may_lie_on_its_side_or_askew(tmp_path: Path, turn: int, skew: float) -> None:
    page = Image.new("L", (1000, 1200), 255)
    page.paste(written(*LINES), (40, 60))
    page.paste(ruled([["Model", "Cards"], ["32B", "48"], ["0.6B", "8"]]), (60, 500))
    path = tmp_path / "page.png"
    page.rotate(-skew, fillcolor=255, resample=Image.Resampling.BICUBIC).rotate(-turn, expand=True).save(path)
    document = read(path)
    assert words(document) == "".join("".join(LINES).split())
    (table,) = [one.table for one in document.elements if one.table]
    assert [table.header, *(row.cells for row in table.rows)] == [("Model", "Cards"), ("32B", "48"), ("0.6B", "8")]


def test_a_fax_has_pages(tmp_path: Path) -> None:
    path = tmp_path / "fax.tif"
    written(LINES[0]).save(path, save_all=True, append_images=[written(LINES[2])])
    document = read(path)
    assert [one.locator.page for one in document.elements] == [1, 2]


def test_a_picture_with_the_extension_of_a_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(encoded(written(LINES[0])))
    with pytest.raises(UnsupportedFormat, match="a PNG picture"):
        read(path)


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("rapidocr wants to fetch a file")

    monkeypatch.setattr("rapidocr.utils.download_file.DownloadFile.run", refuse)
    fresh = Recogniser()
    (line,) = fresh.read(fresh.spots(np.asarray(written("offline"))))
    assert line.text == "offline"
