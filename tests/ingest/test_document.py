"""Locators: what they say to a reader, and the place that covers several."""

import pytest

from ingest.document import Locator, cover


@pytest.mark.parametrize(
    ("locator", "label"),
    [
        (Locator(kind="page", page=3, headings=("二、数据同步",)), "第3页 · 二、数据同步"),
        (Locator(kind="slide", slide=5, shape=7, headings=("容量评估",)), "幻灯片5 · 容量评估"),
        (Locator(kind="sheet", sheet="评估", range="B3:D9"), "工作表「评估」B3:D9"),
        (Locator(kind="section", paragraph=14, headings=("一、总体", "1.1 目标")), "第14段 · 一、总体 › 1.1 目标"),
        (Locator(kind="lines", line_start=4, line_end=4), "第4行"),
        (Locator(kind="lines", line_start=4, line_end=9), "第4–9行"),
        (
            Locator(
                kind="lines", line_start=4, headings=("交接", "附.zip", "a.md", "一、规模"), within=("附.zip", "a.md")
            ),
            "「附.zip」 › 「a.md」 · 第4行 · 交接 › 一、规模",
        ),
    ],
)
def test_label(locator: Locator, label: str) -> None:
    assert locator.label == label


def test_json_has_what_the_format_has_and_comes_back() -> None:
    locator = Locator(kind="page", page=3, bbox=(1.0, 2.0, 3.0, 4.0))
    dumped = locator.model_dump()
    assert set(dumped) == {"kind", "headings", "page", "bbox", "label"}
    assert Locator.model_validate(dumped) == locator


def test_cover_of_lines_runs_from_first_to_last_under_common_headings() -> None:
    first = Locator(kind="lines", line_start=10, line_end=12, headings=("一", "1.1"))
    second = Locator(kind="lines", line_start=14, headings=("一", "1.2"))
    assert cover([first, second]) == Locator(kind="lines", line_start=10, line_end=14, headings=("一",))


def test_cover_of_cells_is_the_rectangle_around_them() -> None:
    ranges = ["B3:D3", "AA10:AB10", "C4"]
    assert cover([Locator(kind="sheet", sheet="s", range=one) for one in ranges]).range == "B3:AB10"


def test_cover_of_boxes_stays_on_the_first_page() -> None:
    first = Locator(kind="page", page=1, bbox=(10, 10, 20, 20))
    second = Locator(kind="page", page=1, bbox=(5, 30, 15, 40))
    overleaf = Locator(kind="page", page=2, bbox=(0, 0, 100, 100))
    assert cover([first, second, overleaf]).bbox == (5, 10, 20, 40)


def test_cover_of_several_shapes_names_none() -> None:
    shapes = [Locator(kind="slide", slide=1, shape=number) for number in (2, 3)]
    assert cover(shapes).shape is None


def test_cover_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        cover([])
