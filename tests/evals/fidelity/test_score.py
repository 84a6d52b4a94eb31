"""The scorer must see each way in which a parser can fail."""

from collections.abc import Callable

import pytest

from evals.fidelity.fact import Fact
from evals.fidelity.score import Outcome, judge
from ingest.document import Element, LeftOut, Locator, ParsedDocument, Table, TableRow

SAID = "切换窗口定在周六凌晨"


def at(paragraph: int, **more: object) -> Locator:
    return Locator.model_validate({"kind": "section", "paragraph": paragraph, **more})


def document(*elements: Element, left_out: tuple[LeftOut, ...] = ()) -> ParsedDocument:
    return ParsedDocument(elements=elements, left_out=left_out)


def opens(said: str) -> Callable[[Locator], str]:
    return lambda _locator: said


def one(fact: Fact, parsed: ParsedDocument, said: str = SAID) -> Outcome:
    return judge([fact], parsed, opens(said))[0]


def test_a_fact_in_its_place_is_right() -> None:
    parsed = document(Element(kind="paragraph", text=f"按计划{SAID}。", locator=at(7, headings=("总则", "安排"))))
    outcome = one(Fact("t", SAID, {"paragraph": 7, "headings": ("安排",)}, kind="paragraph"), parsed)
    assert (outcome.found, outcome.right) == (True, True)


@pytest.mark.parametrize(
    ("fact", "why"),
    [
        (Fact("t", SAID, {"paragraph": 8}), "paragraph 7, not 8"),
        (Fact("t", SAID, {"headings": ("别处",)}), "headings"),
        (Fact("t", SAID, kind="heading"), "a paragraph, not a heading"),
        (Fact("t", SAID, level=2), "level 0, not 2"),
        (Fact("t", SAID, shown=f"一、{SAID}"), "shown as"),
        (Fact("t", SAID, box=(0, 0, 10, 10)), "box None"),
    ],
)
def test_a_fact_out_of_place_is_found_but_not_right(fact: Fact, why: str) -> None:
    outcome = one(fact, document(Element(kind="paragraph", text=SAID, locator=at(7, headings=("安排",)))))
    assert (outcome.found, outcome.right) == (True, False)
    assert why in outcome.why


def test_the_original_has_the_last_word() -> None:
    parsed = document(Element(kind="paragraph", text=SAID, locator=at(7)))
    assert "opens '别的话'" in one(Fact("t", SAID, {"paragraph": 7}), parsed, said="别的话").why

    def nothing(_locator: Locator) -> str:
        raise LookupError("block 7 of 3")

    assert "block 7 of 3" in judge([Fact("t", SAID)], parsed, nothing)[0].why


def test_what_stands_twice_is_not_right() -> None:
    twice = [Element(kind="paragraph", text=SAID, locator=at(place)) for place in (3, 4)]
    assert "stands 2 times" in one(Fact("t", SAID), document(*twice)).why


def test_a_cell_needs_its_row_and_its_column() -> None:
    row = TableRow(cells=("工单库", "半同步", "1.1秒"), locator=at(2, row=3))
    table = Element(
        kind="table", locator=at(2), table=Table(header=("数据源", "北京 / 方式", "北京 / 时延"), rows=(row,))
    )
    right = Fact("t", "1.1秒", {"row": 3}, key="工单库", column="时延")
    assert one(right, document(table), "1.1秒").right
    assert "in column" in one(Fact("t", "1.1秒", key="工单库", column="方式"), document(table), "1.1秒").why
    assert "its row does not name" in one(Fact("t", "1.1秒", key="会话库"), document(table), "1.1秒").why
    assert "row 3, not 2" in one(Fact("t", "1.1秒", {"row": 2}, key="工单库"), document(table), "1.1秒").why


def test_what_must_stay_out_counts_when_it_is_in() -> None:
    fact = Fact("t", "第 3 页", kept=False, reason="page_number")
    inside = one(fact, document(Element(kind="paragraph", text="正文 第 3 页", locator=at(1))))
    assert (inside.found, inside.right) == (True, False)
    named = LeftOut(reason="page_number", text="第 3 页", locator=at(1))
    assert one(fact, document(left_out=(named,))).right
    assert "said there: footer" in one(fact, document(left_out=(named.model_copy(update={"reason": "footer"}),))).why


def test_a_box_over_the_whole_page_meets_nothing() -> None:
    fact = Fact("t", SAID, box=(100, 100, 200, 120))
    for box, met in (((98, 99, 205, 121), True), ((0, 0, 595, 842), False), ((100, 300, 200, 320), False)):
        locator = Locator(kind="page", page=1, bbox=box)
        assert one(fact, document(Element(kind="paragraph", text=SAID, locator=locator))).right is met
