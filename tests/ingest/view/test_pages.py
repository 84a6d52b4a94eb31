from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from ingest.document import Locator
from ingest.view.drawing import draw_in_worker
from ingest.view.pages import boxes
from tests.ingest.view.opened import Opened

PAGE = (300.0, 200.0)


def written(path: Path) -> Path:
    canvas = Canvas(str(path), pagesize=PAGE)
    for number in (1, 2):
        canvas.drawString(50, 150, f"same words on page {number}")
        canvas.drawString(50, 50, f"same words on page {number}")
        canvas.showPage()
    canvas.save()
    return path


def test_pages_have_their_sizes_and_none_is_drawn(tmp_path: Path) -> None:
    opened = Opened(written(tmp_path / "a.pdf"))
    assert [(part.width, part.height) for part in opened.description.parts] == [PAGE, PAGE]
    assert not list(opened.folder.glob("*.png"))
    assert opened.place(Locator(kind="page", page=3)) is None


def test_a_quote_is_found_where_its_locator_says(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf")
    lower = (40.0, 120.0, 250.0, 170.0)
    [found] = boxes(path, 2, lower, "words on\npage 2".replace("\n", " "))
    assert lower[1] < found[1] < found[3] < lower[3]
    assert found[0] > 60
    assert boxes(path, 2, lower, "nowhere") == [lower]
    assert boxes(path, 2, None, "nowhere") == []


def test_one_page_is_drawn(tmp_path: Path) -> None:
    path, target = written(tmp_path / "a.pdf"), tmp_path / "page.png"
    draw_in_worker(lambda _done, _total: None, path=str(path), form="pdf", number=2, wide=600, target=str(target))
    assert target.read_bytes().startswith(b"\x89PNG")
