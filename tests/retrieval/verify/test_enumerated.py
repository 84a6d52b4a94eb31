"""Lists of names: taken apart, and found item by item."""

import pytest

from retrieval.verify.enumerated import enumerated, heads
from retrieval.verify.places import places
from tests.retrieval.passages import passage, row, span

BULLETS = passage(
    span("请科技委拍板三件事"), span("• 算力规模：按 74 卡采购", line=2), span("2. 机房改造：增容", line=3)
)
ROWS = passage(row("上线次序", "坐席助手先上"), row("密文链路", "已通"), header=["事项", "结论"], rank=2)


@pytest.mark.parametrize(
    ("clause", "found"),
    [
        ("拍板的是算力规模、机房改造和上线次序", ("拍板的是", ("算力规模", "机房改造", "上线次序"))),
        ("事项包括:密文链路与上线次序", ("事项包括:", ("密文链路", "上线次序"))),
        ("会话库采用半同步", None),
        ("热备为5卡", None),
    ],
)
def test_a_list_is_what_goes_before_and_its_items(clause: str, found: tuple[str, tuple[str, ...]] | None) -> None:
    assert enumerated(clause) == found


def test_each_item_begins_a_place_of_its_own() -> None:
    bullets, rows = (places(one.chunk, one.document) for one in (BULLETS, ROWS))
    assert [one.quote[:6] for one in heads(["算力规模", "机房改造"], bullets) or ()] == ["• 算力规模", "2. 机房改"]
    assert heads(["密文链路", "上线次序"], rows)
    assert heads(["算力规模", "增容"], bullets) is None
    assert heads(["算力规模", "算力规模"], bullets) is None
