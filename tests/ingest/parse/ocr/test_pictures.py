"""Pictures inside documents: what they say, where, how sure, and what is passed over."""

import struct
import zlib

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest.document import Locator, ParsedDocument
from ingest.parse.ocr.bullets import with_bullets
from ingest.parse.ocr.pictures import PictureText
from ingest.parse.ocr.recogniser import recogniser
from tests.ingest.parse.ocr.writing import encoded, ruled, written

PLACE = Locator(kind="section", paragraph=3, headings=("1 Sizing",), picture="image1.png")


def read(*contents: bytes) -> ParsedDocument:
    reader = PictureText(recogniser())
    for content in contents:
        found = reader.read(content, PLACE)
    return found


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"])
def test_a_line_has_its_place_box_and_confidence(form: str) -> None:
    (line,) = read(encoded(written("Ascend 910B3 x 74 cards"), form)).elements
    assert "".join(line.text.split()) == "Ascend910B3x74cards"
    assert line.confidence is not None
    assert line.confidence > 0.9
    assert (line.locator.paragraph, line.locator.headings, line.locator.picture) == (3, ("1 Sizing",), "image1.png")
    x0, y0, x1, y1 = ImageFont.load_default(28).getbbox("Ascend 910B3 x 74 cards")
    assert line.locator.bbox == pytest.approx((60 + x0, 60 + y0, 60 + x1, 60 + y1), abs=10)


def test_labels_of_a_diagram_are_texts_of_their_own() -> None:
    picture = Image.new("L", (1200, 400), 255)
    for at, label in enumerate(("Gateway", "Kafka")):
        picture.paste(ruled([[label]]), (60 + 560 * at, 60))
    picture.paste(0, (360, 145, 680, 148))
    assert [(one.kind, one.text) for one in read(encoded(picture)).elements] == [
        ("paragraph", "Gateway"),
        ("paragraph", "Kafka"),
    ]


def test_a_ruled_table_comes_out_as_rows() -> None:
    (table,) = read(
        encoded(ruled([["Model", "Cards", "Chip"], ["32B", "48", "910B3"], ["0.6B", "8", "910B3"]]))
    ).elements
    assert table.table
    assert table.table.header == ("Model", "Cards", "Chip")
    assert [row.cells for row in table.table.rows] == [("32B", "48", "910B3"), ("0.6B", "8", "910B3")]
    assert all(row.confidence is not None for row in table.table.rows)
    boxes = [row.locator.bbox for row in table.table.rows]
    assert boxes[1] == pytest.approx((60, 172, 780, 228), abs=4)


def test_a_logo_is_read_once_at_any_size() -> None:
    logo = written("ACME Holding", size=40, width=400)
    smaller = logo.resize((logo.width * 2 // 3, logo.height * 2 // 3))
    for again in (encoded(logo), encoded(smaller, "JPEG")):
        found = read(encoded(logo), again)
        assert found.elements == ()
        assert [(one.reason, "".join(one.text.split())) for one in found.left_out] == [("repeated", "ACMEHolding")]


def test_a_picture_that_differs_in_one_figure_is_read() -> None:
    found = read(encoded(written("RTO 15 minutes")), encoded(written("RTO 18 minutes")))
    assert ["".join(one.text.split()) for one in found.elements] == ["RTO18minutes"]


@pytest.mark.parametrize(
    "picture", [Image.new("L", (8, 300)), Image.new("RGB", (600, 400), "navy")], ids=["thin", "plain"]
)
def test_what_cannot_say_anything_is_passed_over(picture: Image.Image) -> None:
    assert read(encoded(picture)) == ParsedDocument(elements=())


def bomb() -> bytes:
    """A PNG of 40000 × 40000 pixels in a few hundred bytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 40000, 40000, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


METAFILE = struct.pack("<II", 1, 108) + bytes(32) + b" EMF" + bytes(100)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (bomb(), "more than the 60 million pixels"),
        (encoded(written("cut off"))[:200], "damaged"),
        (b"no picture at all", "no picture of a kind"),
    ],
    ids=["bomb", "truncated", "unknown"],
)
def test_what_cannot_be_read_is_told_of(content: bytes, message: str) -> None:
    found = read(content)
    assert found.elements == ()
    (unread,) = found.unread
    assert unread.message.startswith("image1.png ")
    assert message in unread.message
    assert unread.hint
    assert unread.locator == PLACE


def test_a_metafile_is_told_of_where_nothing_can_draw_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("ingest.parse.convert._PLACES", ())
    (unread,) = read(METAFILE).unread
    assert "metafile" in unread.message
    assert "LibreOffice" in unread.hint


def test_a_list_s_dots_are_seen_and_a_speck_is_not() -> None:
    page = Image.new("L", (900, 600), 240)
    pen = ImageDraw.Draw(page)

    def dot(x: int, y: int, half: int) -> None:
        pen.ellipse((x - half, y - half, x + half, y + half), fill=20)

    starts = [((200.0, y), 30.0) for y in (100.0, 160.0, 220.0, 280.0)]
    dot(150, 100, 6)
    assert with_bullets(np.asarray(page), starts) == [False] * 4
    dot(150, 160, 6)
    dot(150, 221, 1)
    pen.line((130, 280, 170, 280), fill=20, width=4)
    assert with_bullets(np.asarray(page), starts) == [True, True, False, False]
