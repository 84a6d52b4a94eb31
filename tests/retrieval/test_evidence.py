"""Whether what was found answers the question."""

from dataclasses import replace

import pytest

from retrieval.answer import Passage
from retrieval.answer_form import answer_form
from retrieval.asked import understand
from retrieval.evidence import HIGHEST, THRESHOLD, Evidence, gather, joint
from retrieval.expected import expect
from retrieval.focus import focus
from retrieval.units import units
from retrieval.weigh import survey, term_weights, weigh
from tests.retrieval.passages import document, passage, row, span

BANK = document(title="星衡银行双活架构设计说明书", customer="星衡银行")
FOUND = [
    passage(span("交易类数据RPO不超过5秒，平台RTO不超过10分钟。"), headings=("1.2 建设目标",), of=BANK, rank=1),
    passage(span("ES采用双向CCR跨集群复制。"), headings=("4.2 同步方式",), of=BANK, rank=2),
    passage(row("ES许可", "白金版"), header=("名目", "规格"), of=BANK, rank=3),
]
SURE = Evidence(score=0.8, agreement=0.4, focus=1.0, lacks=False, put_off=False, coverage=0.8, missing=())


def evidence(question: str, found: list[Passage] = FOUND) -> Evidence:
    asked, expected, pool = understand(question), expect(question), survey(understand(question), found)
    weighed = weigh(asked, expected, list(units(found)), term_weights(pool), {})
    form, closest = answer_form(question, asked), focus(question, asked)
    return gather(asked, expected, form, closest, pool, weighed, by_words=True)


@pytest.mark.parametrize("question", ["星衡银行双活的 RPO 是多少？", "ES 怎么同步？", "ES许可是什么规格？"])
def test_suffices(question: str) -> None:
    assert evidence(question).probability >= THRESHOLD


@pytest.mark.parametrize("question", ["星衡银行双活的报价是多少？", "用了多少张 910B3？", "项目经理的手机号是多少？"])
def test_does_not_suffice(question: str) -> None:
    found = evidence(question)
    assert found.is_ruled_out or found.probability < THRESHOLD


def test_a_firm_that_no_passage_mentions_is_refused_whatever_else_fits() -> None:
    found = evidence("瀚海证券双活的 RPO 是多少？")
    assert found.is_ruled_out
    assert [term.text for term in found.missing if term.is_firm] == ["瀚海证券"]


def test_missing_names_what_no_passage_says() -> None:
    assert "报价" in [term.text for term in evidence("星衡银行双活的报价是多少？").missing]


def test_nothing_found_is_no_evidence() -> None:
    assert evidence("RPO 是多少", []).is_ruled_out


def test_a_better_unit_is_more_probable() -> None:
    weaker, stronger = (replace(SURE, score=score) for score in (0.2, 0.9))
    assert 0 < weaker.probability < stronger.probability < 1


def test_a_lacking_particular_is_less_probable() -> None:
    lacking, there = (replace(SURE, lacks=lacks) for lacks in (True, False))
    assert lacking.probability < there.probability


def test_agreement_is_the_share_of_the_best_units_in_the_best_ones_document() -> None:
    other = document("other", "交接文档", customer="星衡银行")
    found = [
        *FOUND,
        passage(span("RPO验收由行方签字。"), of=other, rank=4),
        passage(span("RPO五秒。"), of=other, rank=5),
    ]
    assert evidence("星衡银行双活的 RPO 是多少？", found).agreement == pytest.approx(0.6)


@pytest.mark.parametrize(
    "question", ["哪家银行的 RPO 不超过5秒？", "两家银行双活的 RPO 是多少？", "我们公司双活的 RPO 是多少？"]
)
def test_asking_for_a_firm_names_none(question: str) -> None:
    assert not any(term.is_firm for term in understand(question).terms)


def test_a_code_inside_a_word_is_not_there() -> None:
    found = [passage(span("按WRITESET并行回放，每站9个节点。"), of=BANK)]
    assert "TES" in [term.shown for term in evidence("星衡银行 TES 集群有几个节点？", found).missing]


def test_a_price_is_not_answered_by_a_sentence_without_one() -> None:
    found = [passage(span("商务报价由商务部门另行发出。"), of=BANK)]
    assert evidence("这个功能的报价是多少？", found).lacks
    assert evidence("这个功能的报价是多少？", found).probability < THRESHOLD


def test_a_code_wrongly_taken_for_granted_rules_nothing_out() -> None:
    found = [passage(span("双活跨站同步采用MySQL异步复制，不用存储复制。"), of=BANK)]
    assert evidence("星衡银行双活跨站同步用的是Oracle", found).is_ruled_out
    assert not evidence("星衡银行双活跨站同步用的是Oracle吧", found).is_ruled_out


def test_when_every_code_asked_about_is_missing_nothing_is_known() -> None:
    assert evidence("星衡银行双活的 Kafka 怎么部署？").is_ruled_out


def test_a_promise_is_no_outcome() -> None:
    promised = evidence("故障卡换回来了吗？", [passage(span("故障卡返修，原厂承诺1月30日前换回。"))])
    done = evidence("故障卡换回来了吗？", [passage(span("故障卡返修，已于1月30日前换回。"))])
    assert promised.put_off
    assert not done.put_off
    assert promised.probability < done.probability


def test_a_part_that_is_clearly_answered_speaks_for_the_whole() -> None:
    assert joint(0.4, [0.1, 0.9]) == pytest.approx(0.65)
    assert joint(0.7, [0.7]) == pytest.approx(0.7)


def test_the_score_is_a_share() -> None:
    near = dict.fromkeys([one.chunk.id for one in FOUND], 1.0)
    asked, expected = understand("RPO不超过5秒"), expect("RPO不超过5秒")
    pool = survey(asked, FOUND)
    weighed = weigh(asked, expected, list(units(FOUND)), term_weights(pool), near)
    form = answer_form("RPO不超过5秒", asked)
    assert gather(asked, expected, form, None, pool, weighed).score == pytest.approx(
        min(weighed[0].score / HIGHEST, 1.0)
    )
    beyond = [replace(weighed[0], score=2 * HIGHEST)]
    below = [replace(weighed[0], score=-1.0)]
    assert [gather(asked, expected, form, None, pool, one).score for one in (beyond, below)] == [1.0, 0.0]


def test_the_score_is_that_of_the_best_unit_with_the_form_asked_for() -> None:
    undated = passage(span("ES白金版许可到期后CCR停止。"), of=BANK, rank=1)
    dated = passage(span("许可2026-08-09到期。"), of=BANK, rank=2)
    question = "ES白金版许可什么时候到期？"
    assert evidence(question, [undated]).score == 0
    assert 0 < evidence(question, [undated, dated]).score < evidence("ES白金版许可到期", [undated]).score


def test_the_thing_asked_about_most_closely_counts() -> None:
    found = [passage(span("座席工作台日均保存小结320次。"), of=BANK)]
    said = evidence("座席工作台保存小结多少次", found)
    unsaid = evidence("座席工作台的满意度是多少", found)
    assert (said.focus, unsaid.focus) == (1, 0)
    assert unsaid.probability < said.probability


def test_a_heading_says_it_too() -> None:
    found = [passage(span("北京1,120，厦门860。"), headings=("2.3 座席",), of=BANK)]
    assert evidence("两地有多少座席", found).focus == 1


def test_without_vectors_another_model_judges() -> None:
    by_words = replace(SURE, by_words=True)
    assert by_words.features == SURE.features
    # The same score is worth more where no cosine could add to it.
    assert by_words.probability > SURE.probability
