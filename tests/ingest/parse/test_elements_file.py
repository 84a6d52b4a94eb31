"""What unstructured wrote elsewhere is taken over with its pages and boxes."""

from pathlib import Path

import pytest

from ingest.errors import DamagedDocument
from ingest.parse import elements_file
from ingest.parse.detect import detect
from ingest.parse.dispatch import parse_file
from tests.ingest.parse.listing import listing


def written(folder: Path, name: str) -> Path:
    from unstructured.documents.coordinates import PixelSpace, PointSpace
    from unstructured.documents.elements import (
        CoordinatesMetadata,
        ElementMetadata,
        Footer,
        ListItem,
        NarrativeText,
        Table,
        Title,
    )
    from unstructured.staging.base import elements_to_json, elements_to_ndjson

    corners = ((10.0, 20.0), (10.0, 32.0), (90.0, 32.0), (90.0, 20.0))
    points = CoordinatesMetadata(points=corners, system=PointSpace(width=595, height=842))
    pixels = CoordinatesMetadata(points=corners, system=PixelSpace(width=1700, height=2200))
    rows = "<table><tr><th>型号</th><th>张数</th></tr><tr><td>910B3</td><td>74</td></tr></table>"
    source = "标书.pdf"
    elements = [
        Title("技术要求", metadata=ElementMetadata(filename=source, page_number=1, category_depth=0)),
        NarrativeText("RPO 为 0。", metadata=ElementMetadata(filename=source, page_number=2, coordinates=points)),
        ListItem("双活", metadata=ElementMetadata(filename=source, page_number=2, coordinates=pixels)),
        Table("型号 张数 910B3 74", metadata=ElementMetadata(filename=source, page_number=3, text_as_html=rows)),
        Footer("第3页", metadata=ElementMetadata(filename=source, page_number=3)),
    ]
    path = folder / name
    path.write_text((elements_to_ndjson if name.endswith("ndjson") else elements_to_json)(elements), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["标书.json", "标书.ndjson"])
def test_elements_keep_their_pages_and_boxes(tmp_path: Path, name: str) -> None:
    form, document = parse_file(written(tmp_path, name))
    assert form == "json"
    assert listing(document) == [
        "heading1: 技术要求", "paragraph: RPO 为 0。", "list_item1: 双活", "table: 型号 | 张数", "  910B3 | 74"
    ]  # fmt: skip
    paragraph, item, table = (element.locator for element in document.elements[1:])
    assert (paragraph.page, paragraph.bbox, paragraph.within) == (2, (10.0, 20.0, 90.0, 32.0), ("标书.pdf",))
    assert (item.page, item.bbox) == (2, None)
    assert (table.page, table.headings) == (3, ("技术要求",))
    assert [(one.reason, one.text) for one in document.left_out] == [("footer", "第3页")]


def test_other_json_is_text(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"rpo": 0, "text": "双活"}', encoding="utf-8")
    assert detect(path) == "txt"


def test_broken_elements(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('[{"element_id": "1", "metadata": {}, "text": "x", "type": ', encoding="utf-8")
    with pytest.raises(DamagedDocument, match=r"a\.json"):
        elements_file.parse(path)


def test_a_text_may_have_any_line_separator(tmp_path: Path) -> None:
    path = tmp_path / "标书.ndjson"
    path.write_text('{"type": "NarrativeText", "text": "主备\u2028切换"}\n', encoding="utf-8")
    (element,) = elements_file.parse(path).elements
    assert element.text == "主备 切换"
