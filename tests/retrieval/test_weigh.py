"""Units in the order in which they answer."""

import pytest

from ingest.terms import fold
from retrieval.answer import Passage
from retrieval.asked import Asked, understand
from retrieval.expected import expect
from retrieval.units import units
from retrieval.weigh import Weighed, presence, survey, term_weights, weigh
from tests.retrieval.passages import passage, row, span

FOUND = [
    passage(
        span("平台建设分三期进行，覆盖全部业务条线。"),
        span("RPO不超过5秒，RTO不超过10分钟。", line=2),
        headings=("1.2 建设目标",),
        rank=1,
    ),
    passage(row("推理卡", "44张", line=3), row("训练卡", "24张", line=4), header=("用途", "数量"), rank=2, score=0.5),
]


def order(question: str) -> list[Weighed]:
    asked: Asked = understand(question)
    return weigh(asked, expect(question), list(units(FOUND)), term_weights(survey(asked, FOUND)), {})


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("RPO 是多少？", "RPO不超过5秒，RTO不超过10分钟。"),
        ("推理用多少张卡？", "用途：推理卡；数量：44张"),
        ("训练卡的数量是多少", "用途：训练卡；数量：24张"),
    ],
)
def test_the_unit_that_speaks_of_the_terms_comes_first(question: str, answer: str) -> None:
    assert order(question)[0].unit.text == answer


def test_coverage_counts_headings_and_own_does_not() -> None:
    best = order("建设目标的 RPO")[0]
    assert best.coverage == pytest.approx(1.0)
    assert best.own < 1


def test_a_nearer_passage_breaks_the_tie() -> None:
    twins = [
        passage(span("双活采用异步复制方式。"), rank=1, score=0),
        passage(span("双活采用异步复制方式。"), rank=2, score=0),
    ]
    asked = understand("异步复制")
    near = {"d-1": 0.5, "d-2": 0.8}
    best = weigh(asked, expect("异步复制"), list(units(twins)), term_weights(survey(asked, twins)), near)[0]
    assert best.unit.passage.rank == 2


def test_a_term_in_few_passages_weighs_more_and_one_in_none_most() -> None:
    asked = understand("平台 RPO 报价")
    weights = {term.text: weight for term, weight in term_weights(survey(asked, FOUND * 4)).items()}
    assert weights["报价"] > weights["平台"]


def test_presence_of_a_longer_term_is_partly_kept() -> None:
    (term,) = understand("灾备演练").terms[:1]
    assert presence(term, "灾备演练报告") == 1.0
    assert presence(term, "会议纪要") == 0.0


def test_how_many_in_all_is_the_total_row() -> None:
    table = [passage(row("推理", "44"), row("训练", "16"), row("合计", "74"), header=("用途", "卡数"))]
    asked = understand("一共多少张卡？卡数")
    best = weigh(asked, expect("一共多少张卡？"), list(units(table)), term_weights(survey(asked, table)), {})[0]
    assert best.unit.text == "用途：合计；卡数：74"


@pytest.mark.parametrize(
    ("code", "text", "there"),
    [
        ("910B", "昇腾910B3共74张", True),
        ("ES", "ES/MySQL双写", True),
        ("ES", "ES集群", True),
        ("32B", "Qwen3-32B", True),
        ("TES", "按WRITESET回放", False),
        ("7B", "27B模型", False),
        ("ES", "Elasticsearch", False),
    ],
)
def test_a_code_stands_as_a_word_or_heads_a_longer_code(code: str, text: str, there: bool) -> None:
    (term,) = understand(code).terms
    assert presence(term, fold(text)) == float(there)


@pytest.mark.parametrize(
    ("question", "first"),
    [("双活项目交给谁了", "接收人 | 程书宁"), ("双活项目哪天移交", "移交日期 | 2026-01-16")],
)
def test_a_word_that_such_answers_have_counts(question: str, first: str) -> None:
    found = [passage(row("项目范围", "双活"), row("接收人", "程书宁"), row("移交日期", "2026-01-16"))]
    asked = understand(question)
    best = weigh(asked, expect(question), list(units(found)), {}, {})[0]
    assert best.unit.quote == first


def test_a_row_answers_for_what_stands_in_its_first_cell() -> None:
    found = [passage(row("1", "接入网关", "依赖推理服务"), row("2", "推理服务", "依赖接入网关"))]
    asked = understand("推理服务依赖什么")
    best = weigh(asked, expect("推理服务依赖什么"), list(units(found)), term_weights(survey(asked, found)), {})[0]
    assert best.unit.quote == "2 | 推理服务 | 依赖接入网关"


def first(question: str, *found: Passage) -> str:
    asked = understand(question)
    return weigh(asked, expect(question), list(units(found)), term_weights(survey(asked, found)), {})[0].unit.quote


def test_a_row_is_found_by_what_its_first_cell_is_called() -> None:
    form = passage(row("项目负责人", "甲"), row("接收人", "乙"), header=("角色", "姓名"))
    assert first("双活项目谁接", form) == "接收人 | 乙"


def test_what_has_changed_stands_in_a_table_of_versions() -> None:
    plain = passage(row("合计卡数", "74"), header=("类别", "数量"), rank=1)
    versions = passage(row("合计卡数", "68", "74"), header=("类别", "V1.0", "终版"), rank=2)
    assert first("卡数变化", plain, versions) == "合计卡数 | 68 | 74"
    assert first("合计卡数是多少", plain, versions) == "合计卡数 | 74"
