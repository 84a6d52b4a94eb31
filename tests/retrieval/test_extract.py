"""Which units make the answer, and in which order."""

from retrieval.answer import Passage
from retrieval.asked import understand
from retrieval.extract import MAX_LIST_ITEMS, choose, compose
from retrieval.units import Unit, units
from retrieval.weigh import survey, term_weights, weigh
from tests.retrieval.passages import document, passage, row, span


def chosen(question: str, *found: Passage) -> list[Unit]:
    asked, every = understand(question), list(units(found))
    return choose(asked, weigh(asked, every, term_weights(survey(asked, found)), {}), every)


STEPS = passage(
    span("切换步骤如下："),
    *(span(f"{n}. 第{n}步执行切换动作", "list_item") for n in range(1, 6)),
    headings=("7.2 切换步骤",),
)


def test_a_procedure_is_answered_by_its_whole_list_in_order() -> None:
    quotes = [unit.quote for unit in chosen("切换步骤有哪些？", STEPS)]
    assert quotes[:6] == ["切换步骤如下：", *(f"{n}. 第{n}步执行切换动作" for n in range(1, 6))]


def test_a_list_is_cut_at_the_most_that_is_read() -> None:
    long = passage(*(span(f"{n}. 第{n}步执行切换动作", "list_item") for n in range(1, 40)))
    assert len(chosen("切换步骤有哪些？", long)) == MAX_LIST_ITEMS


def test_a_figure_is_answered_by_its_row_alone() -> None:
    table = passage(row("推理卡", "44"), row("存储节点", "6"), row("管理节点", "3"), header=("用途", "数量"))
    assert [unit.text for unit in chosen("推理卡的数量是多少", table)] == ["用途：推理卡；数量：44"]


def test_the_same_sentence_is_not_said_twice() -> None:
    twins = [passage(span("RPO不超过5秒。"), rank=rank, of=document(str(rank))) for rank in (1, 2)]
    assert len(chosen("RPO 是多少", *twins)) == 1


def test_a_second_sentence_joins_when_it_speaks_of_what_is_still_open() -> None:
    both = passage(span("会话库RPO不超过5秒。"), span("会话库RTO不超过10分钟。", line=2))
    assert [unit.quote for unit in chosen("会话库 RPO 和 RTO 是多少", both)] == [
        "会话库RPO不超过5秒。",
        "会话库RTO不超过10分钟。",
    ]


def test_nothing_weighed_is_no_answer() -> None:
    assert choose(understand("RPO"), [], []) == []


def test_the_text_names_each_document_once_and_numbers_its_claims() -> None:
    one, two = document("a", "设计说明书", version="V1.2"), document("b", "交接文档")
    found = list(
        units(
            [
                passage(span("RPO不超过5秒。"), span("RTO不超过10分钟。", line=2), of=one),
                passage(span("演练已完成两次。"), of=two, rank=2),
            ]
        )
    )
    assert compose(found) == "\n".join(
        [
            "据《设计说明书》（V1.2）：",
            "RPO不超过5秒。 [1]",
            "RTO不超过10分钟。 [2]",
            "据《交接文档》：",
            "演练已完成两次。 [3]",
        ]
    )


def test_a_row_that_answers_better_than_the_others_stands_alone() -> None:
    table = passage(row("etcd", "192.0.2.31"), row("网关", "192.0.2.140"), header=("组件", "地址"))
    assert [unit.quote for unit in chosen("etcd 的地址有哪些？", table)] == ["etcd | 192.0.2.31"]


def test_rows_that_answer_equally_well_are_all_taken() -> None:
    table = passage(row("etcd", "192.0.2.31"), row("网关", "192.0.2.140"), header=("组件", "地址"))
    assert len(chosen("组件地址有哪些？", table)) == 2
