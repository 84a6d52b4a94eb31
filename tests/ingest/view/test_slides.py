from pathlib import Path

import pptx
from pptx.dml.color import RGBColor
from pptx.util import Pt

from ingest.document import Locator
from tests.ingest.view.opened import Opened


def written(path: Path) -> Path:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "恢复目标"
    box = slide.shapes.add_textbox(Pt(72), Pt(144), Pt(200), Pt(50))
    box.text_frame.text = "RPO 不超过 30 秒"
    box.fill.solid()
    box.fill.fore_color.rgb = RGBColor(0x12, 0x34, 0x56)  # type: ignore[no-untyped-call]
    table = slide.shapes.add_table(2, 2, Pt(72), Pt(250), Pt(300), Pt(80)).table
    table.cell(0, 0).text = "指标"
    deck.save(str(path))
    return path


def test_shapes_are_drawn_where_they_stand(tmp_path: Path) -> None:
    opened = Opened(written(tmp_path / "a.pptx"))
    assert (opened.description.parts[0].width, opened.description.parts[0].name) == (720, "恢复目标")
    title, box, table = opened.piece()["shapes"]
    assert title["text"]["lines"][0]["text"] == "恢复目标"
    assert (box["box"], box["fill"]) == ([72, 144, 272, 194], "#123456")
    assert box["text"]["lines"][0]["text"] == "RPO 不超过 30 秒"
    assert table["table"]["rows"][0]["cells"][0]["text"] == "指标"


def test_a_shape_is_found_by_its_box(tmp_path: Path) -> None:
    opened = Opened(written(tmp_path / "a.pptx"))
    found = opened.place(Locator(kind="slide", slide=1, shape=3, bbox=(72, 144, 272, 194)))
    assert found
    assert (found.part, found.boxes) == (1, ((72, 144, 272, 194),))
    assert opened.place(Locator(kind="slide", slide=2)) is None
