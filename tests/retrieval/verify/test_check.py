"""Claims held against passages: what is supported, what is dropped, and why."""

import pytest

from ingest.chunk import Span
from ingest.document import Locator
from retrieval.answer import Passage
from retrieval.verify.check import check
from retrieval.verify.drafted import DraftClaim
from retrieval.verify.verdict import Dropped, Supported, Unverified, Verdict
from tests.retrieval.passages import document, passage

SITES = ("指标", "北京", "厦门", "合计")


def text(*sentences: str, rank: int = 1, **meta: str) -> Passage:
    spans = [Span(text=one, locator=Locator(kind="section", paragraph=at)) for at, one in enumerate(sentences, 1)]
    return passage(*spans, rank=rank, of=document(f"d{rank}", **meta))


def table(*rows: tuple[str, ...], header: tuple[str, ...] = SITES, rank: int = 1) -> Passage:
    spans = [
        Span(text=" | ".join(row), kind="row", cells=row, locator=Locator(kind="section", row=at))
        for at, row in enumerate(rows, 2)
    ]
    return passage(*spans, rank=rank, header=header, of=document(f"d{rank}"))


CALLS = table(("并发通话（路）", "2,340", "1,560", "3,900"), ("在线座席（人）", "930", "620", "1,550"))
TARGETS = text("会话类数据RPO不超过5秒，平台级RTO不超过10分钟（含人工决策3分钟）。", "检索类数据用Kafka同步。")


def judged(claim: str, *passages: Passage, sources: tuple[int, ...] = (1,), question: str = "是多少？") -> Verdict:
    return check(DraftClaim(text=claim, sources=sources), passages, question)


@pytest.mark.parametrize(
    "claim",
    [
        "会话类数据RPO不超过5秒",
        "会话类数据ＲＰＯ≤５ｓ",
        "会话类数据的RPO为5000毫秒以内",
        "平台级RTO不超过600秒，含人工决策3分钟",
        "平台级RTO不超过10分钟，会话类数据RPO不超过5秒",
    ],
)
def test_what_the_source_says_is_supported_however_it_is_put(claim: str) -> None:
    assert isinstance(judged(claim, TARGETS), Supported)


@pytest.mark.parametrize(
    ("claim", "cause"),
    [
        ("会话类数据RPO不超过6秒", "figure"),
        ("会话类数据RPO不超过5分钟", "figure"),
        ("会话类数据RPO不低于5秒", "comparison"),
        ("会话类数据RPO不超过10分钟", "subject"),
        ("检索类数据用RocketMQ同步", "name"),
        ("检索类数据不用Kafka同步", "negation"),
        ("合同金额为5秒", "words"),
    ],
)
def test_what_it_does_not_say_is_dropped_with_the_cause(claim: str, cause: str) -> None:
    verdict = judged(claim, TARGETS)
    assert isinstance(verdict, Dropped)
    assert verdict.cause == cause
    assert verdict.words


def test_a_cell_answers_for_its_column_and_row() -> None:
    assert isinstance(judged("厦门并发通话1,560路", CALLS), Supported)
    assert isinstance(judged("厦门并发通话2,340路", CALLS), Dropped)
    assert isinstance(judged("厦门并发通话620路", CALLS), Dropped)
    assert isinstance(judged("北京2,340路、厦门1,560路并发通话", CALLS), Supported)
    assert isinstance(judged("北京1,560路、厦门2,340路并发通话", CALLS), Dropped)


def test_the_citation_opens_the_row_that_says_it() -> None:
    verdict = judged("厦门并发通话1,560路", CALLS)
    assert isinstance(verdict, Supported)
    (support,) = verdict.supports
    assert (support.span.locator.row, support.quote) == (2, "并发通话（路） | 2,340 | 1,560 | 3,900")


def test_codes_and_dates_are_exact() -> None:
    source = text("新增74张910B3，2026-02-06前完成上架。")
    assert isinstance(judged("新增910B3共74张，2026年2月6日前完成上架", source), Supported)
    for wrong in ("新增74张910B4", "新增74台910B3", "2026年2月16日前完成上架", "2026年3月前完成上架"):
        assert isinstance(judged(wrong, source), Dropped), wrong


def test_a_sum_is_shown() -> None:
    source = text("推理用12张卡，训练用8张卡。")
    verdict = judged("推理12张卡、训练8张卡，共20张卡", source)
    assert isinstance(verdict, Supported)
    assert verdict.arithmetic == ("12张卡 + 8张卡 = 20张卡",)
    assert isinstance(judged("推理12张卡、训练8张卡，共21张卡", source), Dropped)


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        ("冷数据保留180天。", "热数据保留180天"),
        ("跨站采用异步复制。", "跨站采用半同步复制"),
        ("行方不同意无人值守切站。", "行方同意无人值守切站"),
        ("客服质检已上线。", "客服质检未上线"),
        ("计划投入48人天，实际投入53人天。", "实际投入48人天"),
        ("时延由4.1毫秒升至38.7毫秒。", "时延由38.7毫秒升至4.1毫秒"),
    ],
)
def test_scope_and_negation_are_not_turned_round(source: str, claim: str) -> None:
    assert isinstance(judged(source, text(source)), Supported)
    assert isinstance(judged(claim, text(source)), Dropped)


def test_what_has_gone_is_not_what_is_left() -> None:
    source = text("热备卡由 6 张降为 5 张。", "一次故障占用 4 张热备，换卡后归还其中 3 张，净用 1 张。")
    assert isinstance(judged("热备卡还剩 5 张", source), Supported)
    assert isinstance(judged("热备卡还剩 1 张", source), Dropped)
    assert isinstance(judged("热备卡减少 1 张", source), Supported)
    assert isinstance(judged("还剩 6 张卡", text("到货 80 张卡，业务占用 74 张卡。")), Supported)


def test_a_condition_belongs_to_what_holds_then() -> None:
    rates = table(("会话库写入（TPS）", "11,200", "18,100"), header=("压测项", "跨站半同步", "跨站异步"))
    before = text("V1.0采用跨站半同步，本版改为跨站异步。", rank=2)
    assert isinstance(judged("跨站异步时，会话库写入18,100 TPS", rates, before, sources=(2,)), Supported)
    assert isinstance(judged("跨站半同步时，会话库写入18,100 TPS", rates, before, sources=(2,)), Dropped)


def test_who_is_asked_is_named_without_the_asking() -> None:
    source = table(("机房入场", "裴景行", "10个工作日"), header=("权限", "申请对象", "办理周期"))
    assert isinstance(judged("机房入场找裴景行申请，要10个工作日", source), Supported)
    assert isinstance(judged("机房入场找方晓岚申请，要10个工作日", source), Dropped)


def test_a_figure_counts_what_stands_behind_it() -> None:
    source = text("存储过程里写死了37处节假日。", "代码有743个存储过程。")
    assert isinstance(judged("代码有743个存储过程", source), Supported)
    assert isinstance(judged("代码里写死了37处节假日", source), Supported)
    assert isinstance(judged("代码有37个存储过程", source), Dropped)


def test_a_part_is_no_total() -> None:
    source = table(("保留", "21"), ("重写", "14"), ("合计", "47"), header=("处置", "模块数"))
    assert isinstance(judged("模块一共47个", source), Supported)
    assert isinstance(judged("模块一共21个", source), Dropped)
    assert isinstance(judged("保留模块21个", source), Supported)


def test_a_code_of_digits_in_the_first_cell_is_no_row_number() -> None:
    source = table(("3008", "报单流速超限", "50笔"), ("12", "撤单失败", "20笔"), header=("代码", "含义", "每秒"))
    assert isinstance(judged("3008表示报单流速超限", source), Supported)
    assert isinstance(judged("3009表示报单流速超限", source), Dropped)


def test_a_wrong_source_is_replaced() -> None:
    other = text("周报：本周无风险。", rank=2)
    verdict = judged("会话类数据RPO不超过5秒", other, TARGETS, sources=(1,))
    assert isinstance(verdict, Supported)
    assert verdict.replaced
    assert verdict.supports[0].passage == TARGETS


def test_a_source_that_is_not_there_harms_nothing() -> None:
    assert isinstance(judged("会话类数据RPO不超过5秒", TARGETS, sources=(0, 9)), Supported)


def test_another_project_s_figure_is_dropped() -> None:
    ours = text("RPO不超过5秒。", rank=1, customer="星衡银行", title="设计")
    theirs = text("RPO不超过10秒。", rank=2, customer="望海银行", title="设计")
    assert isinstance(judged("望海银行RPO不超过10秒", ours, theirs, sources=(2,)), Supported)
    assert isinstance(judged("星衡银行RPO不超过10秒", ours, theirs, sources=(2,)), Dropped)
    asked = judged("RPO不超过10秒", ours, theirs, sources=(2,), question="星衡银行的RPO是多少？")
    assert isinstance(asked, Dropped)


def test_an_older_version_s_value_is_no_answer_by_itself() -> None:
    old = text("需要68张卡。", rank=1, title="评估表", version="V1.0", date="2025-08-22")
    new = text("需要74张卡。", rank=2, title="评估表", version="V1.1", date="2025-10-15")
    verdict = judged("需要68张卡", old, new)
    assert isinstance(verdict, Dropped)
    assert verdict.cause == "superseded"
    assert isinstance(judged("V1.0需要68张卡", old, new), Supported)


def test_what_the_newer_version_tells_alike_rests_on_it_and_what_it_leaves_out_is_said_to_be_old() -> None:
    old = text("采用单写模式。", "供电由两路市电引入。", rank=1, title="评估表", version="V1.0", date="2025-08-22")
    new = text("仍采用单写模式。", rank=2, title="评估表", version="V1.1", date="2025-10-15")
    alike = judged("采用单写模式", old, new, sources=(1,))
    assert isinstance(alike, Supported)
    assert ([one.passage.document.version for one in alike.supports], alike.older) == (["V1.1"], ())
    left_out = judged("供电由两路市电引入", old, new, sources=(1,))
    assert isinstance(left_out, Supported)
    assert left_out.older == ("《评估表》V1.0（最新为V1.1）",)


def test_the_value_of_a_fragment_belongs_to_the_clause_before() -> None:
    rows = table(
        ("冷库备份", "缺异地副本", "华以宁"), ("会话锁补丁", "缺压测", "卓逸尘"), header=("事项", "现状", "责任人")
    )
    assert isinstance(judged("会话锁补丁缺压测，卓逸尘负责", rows), Supported)
    assert isinstance(judged("会话锁补丁缺压测，华以宁负责", rows), Dropped)


ENTRY = table(
    ("厦门机房入场", "长期通行证", "安保处审批", "10个工作日"), header=("权限", "凭证", "办法", "时限"), rank=2
)


def quotes(verdict: Verdict) -> list[str]:
    assert isinstance(verdict, Supported)
    return [one.quote for one in verdict.supports]


def test_the_question_s_own_words_before_an_answer_want_no_source_of_their_own() -> None:
    elsewhere = text("厦门机房的新空调已经接手，人员要进场验收。")
    asked = "新接手的人要进厦门机房，谁审批、要几天？"
    claim = "新接手的人要进厦门机房，长期通行证由安保处审批，要10个工作日"
    assert quotes(judged(claim, elsewhere, ENTRY, sources=(1, 2), question=asked)) == [
        "厦门机房入场 | 长期通行证 | 安保处审批 | 10个工作日"
    ]


@pytest.mark.parametrize(
    ("claim", "question"),
    [
        ("双活用的是Oracle，会话类数据RPO不超过5秒", "双活用的是Oracle，RPO是多少？"),
        ("检索类数据不用Kafka同步，会话类数据RPO不超过5秒", "检索类数据不用Kafka同步，会话类呢？"),
        ("会话类数据由总部保管，会话类数据RPO不超过5秒", "会话类数据由总部保管吧，RPO不超过多少秒？"),
    ],
)
def test_what_a_question_takes_for_true_is_not_borne_out_by_its_own_words(claim: str, question: str) -> None:
    assert not isinstance(judged(claim, TARGETS, question=question), Supported)


def test_a_list_of_names_rests_on_the_items_of_one_passage() -> None:
    items = text("请科技委拍板三件事", "• 算力规模：按终版采购", "• 机房改造：增容", "• 上线次序：助手先上")
    asked = "请他们拍板的是哪三件事？"
    assert len(quotes(judged("请他们拍板的是算力规模、机房改造和上线次序", items, question=asked))) == 3
    assert isinstance(judged("请他们拍板的是算力规模、机房改造和人员编制", items, question=asked), Dropped)
    assert isinstance(judged("被否决的是算力规模、机房改造和上线次序", items, question=asked), Dropped)


def test_of_a_picture_s_boxes_the_next_one_is_not_the_one_spoken_of() -> None:
    boxes = text("bge-m3 检索", "Langfuse 2 调用审计")
    assert isinstance(judged("调用审计使用了Langfuse 2", boxes), Supported)
    verdict = judged("调用审计使用了bge-m3和Langfuse 2", boxes)
    assert isinstance(verdict, Dropped)
    assert "bge-m3" in verdict.words


def test_a_row_that_says_what_it_counts_counts_nothing_else() -> None:
    lead = Span(text="32B推理用卡测算", kind="caption", locator=Locator(kind="section", paragraph=1))
    row = Span(text="实例数 | 8", kind="row", cells=("实例数", "8"), locator=Locator(kind="section", row=2))
    counted = passage(lead, row, header=("项目", "取值"), of=document("d1"))
    assert isinstance(judged("32B推理用8卡", counted), Dropped)
    assert isinstance(judged("32B推理的实例数为8", counted), Supported)


def test_the_number_of_a_table_bears_no_figure_out() -> None:
    titled = passage(
        Span(text="表 2-3 数据分级与恢复目标（RTO 以分钟计）", kind="caption", locator=Locator(kind="section")),
        Span(text="平台级RTO不超过10分钟。", locator=Locator(kind="section")),
    )
    assert isinstance(judged("平台级RTO不超过2分钟", titled), Dropped)
    assert isinstance(judged("平台级RTO不超过3分钟", titled), Dropped)
    assert isinstance(judged("平台级RTO不超过10分钟", titled), Supported)


def test_why_something_is_used_is_no_name() -> None:
    why = text("MindIE裸吞吐略高6.4%，但四个场景各有一个LoRA，热加载是硬需求，故选vLLM-Ascend。")
    claim = "桐川用vLLM-Ascend是因为四个场景各有一个LoRA，热加载是硬需求"
    assert isinstance(judged(claim, why, question="桐川为啥用vLLM-Ascend"), Supported)


def test_harmless_words_are_unverified() -> None:
    source = text("架构分为接入、会话、数据三层，各层独立扩容。")
    assert isinstance(judged("架构分为三层，管理容易", source), Unverified)


def test_nothing_that_a_model_writes_raises() -> None:
    for claim in ("", "   ", "。。。", "①②③", "）（", "∞≤", "1" * 400):
        assert isinstance(judged(claim, TARGETS), Dropped), claim
    assert isinstance(check(DraftClaim(text="RPO不超过5秒"), [], ""), Dropped)
