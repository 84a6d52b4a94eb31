from io import BytesIO
from pathlib import Path

import docx
from PIL import Image

from ingest.document import Locator
from tests.ingest.view.opened import Opened


def written(path: Path) -> Path:
    document = docx.Document()
    document.add_heading("双活设计", 1)
    document.add_paragraph("数据同步采用跨集群复制。")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        [one for row in table.rows for one in row.cells], ("指标", "值", "RPO", "30 秒"), strict=True
    ):
        cell.text = text
    picture = BytesIO()
    Image.linear_gradient("L").resize((120, 80)).save(picture, "BMP")
    document.add_picture(picture)
    document.add_paragraph("<script>alert(1)</script>")
    document.save(str(path))
    return path


def test_a_paragraph_and_a_table_row_are_found_by_their_locators(tmp_path: Path) -> None:
    opened = Opened(written(tmp_path / "a.docx"))
    items = opened.piece()
    found = opened.place(Locator(kind="section", paragraph=2), "跨集群复制")
    assert found
    assert items[found.marks[0].at - 1]["text"] == "数据同步采用跨集群复制。"
    row = opened.place(Locator(kind="section", paragraph=3, row=2))
    assert row
    mark = row.marks[0]
    assert mark.row is not None
    assert items[mark.at - 1]["rows"][mark.row] == ["RPO", "30 秒"]
    assert opened.place(Locator(kind="section", paragraph=99)) is None
    assert [one.text for one in opened.description.outline] == ["双活设计"]


def test_pictures_are_drawn_anew_and_their_boxes_kept(tmp_path: Path) -> None:
    opened = Opened(written(tmp_path / "a.docx"))
    picture = next(one for one in opened.piece() if one["kind"] == "picture")
    assert (picture["width"], picture["height"]) == (120, 80)
    assert (opened.folder / picture["picture"]).read_bytes().startswith(b"\x89PNG")
    at = Locator(kind="section", paragraph=4, picture="word/media/image1.bmp", bbox=(1, 2, 3, 4))
    found = opened.place(at)
    assert found
    assert found.boxes == ((1, 2, 3, 4),)
    assert opened.piece()[found.marks[0].at - 1]["kind"] == "picture"


def test_a_passage_of_several_paragraphs_is_marked_as_far_as_it_goes(tmp_path: Path) -> None:
    document = docx.Document()
    for text in ("第一段说明容量。", "第二段说明网络。", "第三段与此无关。"):
        document.add_paragraph(text)
    document.save(str(tmp_path / "a.docx"))
    found = Opened(tmp_path / "a.docx").place(
        Locator(kind="section", paragraph=1), "第一段说明容量。\n第二段说明网络。"
    )
    assert found
    assert [one.at for one in found.marks] == [1, 2]


def test_a_picture_that_is_none_is_passed_over(tmp_path: Path) -> None:
    page = '<html><body><h1>题</h1><p>文字在此。</p><img src="data:image/png;base64,AAAA"></body></html>'
    (tmp_path / "a.html").write_text(page, "utf-8")
    assert "picture" not in {one["kind"] for one in Opened(tmp_path / "a.html").piece()}
