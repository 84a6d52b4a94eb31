"""Which list answers as a whole."""

from retrieval.answer import Passage
from retrieval.asked import understand
from retrieval.expected import expect
from retrieval.listed import FEWEST_STEPS, items_of_steps
from retrieval.units import units
from retrieval.weigh import survey, term_weights, weigh
from tests.retrieval.passages import passage, row, span

ALARM = passage(row("换卡告警", "隔离该卡，走换卡流程"), header=("告警", "处理"))


def steps(question: str, *found: Passage) -> list[str]:
    asked, every = understand(question), list(units(found))
    weighed = weigh(asked, expect(question), every, term_weights(survey(asked, found)), {})
    return [unit.quote for unit in items_of_steps(weighed, every)]


def manual(count: int, heading: str = "6.2 换卡") -> Passage:
    items = [span(f"{n}. 换卡第{n}步的动作", "list_item", line=n) for n in range(1, count + 1)]
    return passage(*items, headings=(heading,), rank=2)


def test_the_steps_are_found_in_another_passage_than_the_best_unit() -> None:
    assert steps("换卡怎么一步步来", ALARM, manual(4)) == [f"{n}. 换卡第{n}步的动作" for n in range(1, 5)]


def test_a_pair_of_items_is_no_procedure() -> None:
    assert steps("换卡怎么一步步来", ALARM, manual(FEWEST_STEPS - 1)) == []


def test_steps_of_something_else_do_not_answer() -> None:
    other = passage(*(span(f"{n}. 归档第{n}份纪要", "list_item") for n in range(1, 6)), rank=2, score=0.0)
    assert steps("换卡怎么一步步来", ALARM, other) == []
