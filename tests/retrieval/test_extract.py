"""Which units make the answer, and in which order."""

from retrieval.answer import Passage
from retrieval.asked import understand
from retrieval.expected import expect
from retrieval.extract import MAX_CLAIMS, OF_ONE_PASSAGE, choose, compose
from retrieval.listed import MAX_LIST_ITEMS
from retrieval.units import Unit, units
from retrieval.weigh import survey, term_weights, weigh
from tests.retrieval.passages import document, passage, row, span


def chosen(question: str, *found: Passage) -> list[Unit]:
    asked, expected, every = understand(question), expect(question), list(units(found))
    weighed = weigh(asked, expected, every, term_weights(survey(asked, found)), {})
    return choose(asked, expected, weighed, every)


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
    assert choose(understand("RPO"), expect("RPO"), [], []) == []


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


def test_the_best_sentence_brings_what_it_goes_on_with() -> None:
    found = passage(span("TP2显存放得下，同样的卡实例数翻倍。但首字要2.3秒，超过上限。评审记录见附录。"))
    quotes = [unit.quote for unit in chosen("TP2同样的卡实例翻倍，显存也放得下，为什么没选TP2", found)]
    assert quotes[:2] == ["TP2显存放得下，同样的卡实例数翻倍。", "但首字要2.3秒，超过上限。"]


def test_for_a_reason_no_whole_list_is_given() -> None:
    table = passage(row("同城双中心", "改造少"), row("异地主备", "不带流量"), header=("方案", "评价"))
    reason = passage(span("不选同城双中心的原因：北京没有第二个机房。"), rank=2)
    quotes = [unit.quote for unit in chosen("为什么没选同城双中心", table, reason)]
    assert "不选同城双中心的原因：北京没有第二个机房。" in quotes
    assert "异地主备 | 不带流量" not in quotes


def test_a_table_that_is_alike_row_by_row_leaves_room_for_others() -> None:
    rows = [row(f"{day}日", "1,000行") for day in range(1, 8)]
    table = passage(*rows, header=("日期", "搬运行数"), headings=("搬运进度",))
    other = passage(span("搬运进度见周报，共7,000行。"), rank=2)
    found = chosen("搬运进度多少行？", table, other)
    assert sum(unit.passage is table for unit in found) == OF_ONE_PASSAGE
    assert any(unit.passage is other for unit in found)


def test_rows_are_given_in_full_when_all_are_asked_for_whoever_is_asked_about() -> None:
    names = ("许可到期", "高峰未验证", "节点过载", "人手不够", "机柜断电", "备份缺失", "专线抖动")
    table = passage(*(row(name, "方晓岚") for name in names), header=("风险", "责任人"))
    assert len(chosen("风险有哪几条，责任人各是谁", table)) == len(names) > MAX_CLAIMS


MODULES = passage(
    row("A1", "行情录入", "下线"),
    row("A2", "委托接入", "保留"),
    row("A3", "账单打印", "下线"),
    header=("编号", "模块", "处置"),
)


def test_of_a_table_those_rows_are_told_that_have_what_is_asked() -> None:
    quotes = [unit.quote for unit in chosen("要下线的模块有哪些？", MODULES)]
    assert quotes == ["A1 | 行情录入 | 下线", "A3 | 账单打印 | 下线"]


def test_rows_are_picked_out_of_the_whole_table_however_it_was_cut() -> None:
    rest = passage(row("A4", "日志清理", "下线"), row("A5", "参数下发", "保留"), header=MODULES.chunk.header, rank=2)
    quotes = [unit.quote for unit in chosen("要下线的模块有哪些？", MODULES, rest)]
    assert quotes[-1] == "A4 | 日志清理 | 下线"
    assert len(quotes) == 3


def test_how_something_has_changed_is_told_by_each_document() -> None:
    first = passage(span("结算时延118分钟。"), span("结算时延目标70分钟。"), of=document("view"))
    later = passage(span("1月的结算时延82分钟。"), of=document("weekly"), rank=2, score=0.5)
    quotes = [unit.quote for unit in chosen("结算时延一路怎么变的", first, later)]
    assert quotes[0].startswith("结算时延")
    assert "1月的结算时延82分钟。" in quotes


def test_of_several_projects_each_is_named() -> None:
    found = list(units([passage(span("RPO不超过5秒。"), of=document("one", project="星衡双活"))]))
    assert compose(found, name_projects=True).startswith("星衡双活，据《设计说明书》：")
