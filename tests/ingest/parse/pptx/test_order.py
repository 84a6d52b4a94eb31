"""The order in which a reader takes the boxes of a slide."""

from ingest.parse.pptx.order import Box, reading_order


def order(**places: tuple[int, int, int, int]) -> str:
    return "".join(reading_order([Box(name, x, y, x + w, y + h) for name, (x, y, w, h) in places.items()]))


def test_cards_side_by_side_are_read_column_by_column() -> None:
    assert order(c=(50, 0, 40, 10), a=(0, 0, 40, 10), d=(50, 12, 40, 30), b=(0, 12, 40, 30)) == "abcd"


def test_labels_beside_texts_are_read_row_by_row() -> None:
    assert order(d=(12, 30, 80, 10), c=(0, 30, 10, 10), b=(12, 0, 80, 10), a=(0, 0, 10, 10)) == "abcd"


def test_a_banner_comes_before_the_columns_below_it() -> None:
    assert order(c=(60, 20, 40, 50), b=(0, 20, 40, 50), a=(0, 0, 100, 10)) == "abc"


def test_overlapping_boxes_go_from_top_to_bottom() -> None:
    assert order(b=(5, 5, 30, 30), a=(0, 0, 30, 30), c=(2, 20, 30, 30)) == "abc"


def test_nothing_and_boxes_without_size_are_ordered_too() -> None:
    assert order() == ""
    assert order(b=(0, 5, 0, 0), a=(0, 0, 0, 0), c=(0, 5, 0, 0)) == "abc"
