"""What is expected of an answer."""

import pytest

from retrieval.expected import expect


@pytest.mark.parametrize(
    ("question", "answer", "other"),
    [
        ("双活现在谁接手", "接收人 | 程书宁", "项目代号 | 搬山"),
        ("为什么不用14B", "因首字要3.8秒", "14B部署两份"),
        ("演练花了多久", "耗时 | 8分42秒", "演练地点 | 厦门"),
        ("V1.2和上一版有什么区别", "由半同步改为异步", "采用异步复制"),
    ],
)
def test_the_words_of_an_answer_are_known_by_the_question(question: str, answer: str, other: str) -> None:
    assert expect(question).shows_in(answer)
    assert not expect(question).shows_in(other)


def test_a_plain_question_expects_no_words() -> None:
    assert not expect("双活架构").shows_in("负责人因此按步骤完成")


@pytest.mark.parametrize(
    ("question", "states", "speaks_of_it"),
    [
        ("这批卡的单价是多少", "单价 18 万元", "单价由商务另附"),
        ("跳板机IP是多少", "跳板机 192.0.2.7", "跳板机只读权限"),
        ("程砚秋的手机号是多少", "程砚秋 13900000000", "程砚秋 工作日在岗"),
        ("等保过了几级", "等保三级", "等保测评在下季度"),
        ("中继是哪家运营商的", "中国联通中继", "移动端接入科技园中继"),
        ("三位返聘的工程师叫什么", "返聘工程师：戚长风、公孙素", "返聘的3位工程师合同到6月"),
        ("400中继是哪家的", "中国电信中继", "每地2400路中继"),
    ],
)
def test_a_particular_is_lacking_unless_its_form_is_there(question: str, states: str, speaks_of_it: str) -> None:
    assert expect(question).is_lacking_in([speaks_of_it])
    assert not expect(question).is_lacking_in([speaks_of_it, states])


@pytest.mark.parametrize("question", ["总共花了多久", "主岗电话没人接咋办", "哪家银行做过双活", "依据是什么"])
def test_other_questions_lack_nothing_particular(question: str) -> None:
    assert not expect(question).is_lacking_in(["没有"])


def test_what_takes_something_for_granted_is_seen() -> None:
    assert expect("以前用的是DB2吧，改造后呢").has_premise
    assert not expect("以前用的是什么库").has_premise


def test_full_width_and_case_make_no_difference() -> None:
    assert expect("跳板机ＩＰ是多少").is_lacking_in(["无"])


@pytest.mark.parametrize("question", ["换回来了吗", "压测的结果怎么样", "时延实测是多少", "故障搞完了没"])
def test_an_outcome_is_asked_for(question: str) -> None:
    assert expect(question).is_put_off_in("原厂承诺1月30日前换回")
    assert not expect(question).is_put_off_in("计划1月30日前，已于29日完成")


@pytest.mark.parametrize("question", ["什么时候换回来", "有没有备件", "目标是多少"])
def test_a_plan_answers_who_asks_for_it(question: str) -> None:
    assert not expect(question).is_put_off_in("计划1月30日前换回")


@pytest.mark.parametrize(("question", "asked"), [("卡数怎么变的", True), ("各改了几版", True), ("卡数是多少", False)])
def test_how_something_has_changed(question: str, *, asked: bool) -> None:
    assert expect(question).is_change is asked


def test_what_is_different_is_not_asked_in_full() -> None:
    assert expect("有什么风险").in_full
    assert not expect("两边有什么不一样").in_full


def test_the_row_that_is_asked_for_is_known_by_its_first_cell() -> None:
    assert expect("星衡双活谁接手").names("接收人")
    assert expect("他还能支持到什么时候").names("过渡期")
    assert not expect("双活的RPO是多少").names("接收人")
