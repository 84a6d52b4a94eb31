"""What answers nothing: questions said back, and true words about something else."""

import pytest

from ingest.chunk import Span
from ingest.document import Locator
from retrieval.generate.to_the_point import is_beside, is_echo, is_piece_of_list, without_questions
from retrieval.units import Unit, units
from tests.retrieval.passages import passage

BOTH = "SFT 一轮评估时说要跑多久，第一次实际跑了多久？"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("TP2 单卡吞吐还高一点，为什么不用？", ""),
        ("热备卡现在还剩 5 张。业务想借 4 张做个演示行不行？", "热备卡现在还剩 5 张。"),
        ("客户问“能借吗？”，温景明未批。", "客户问“能借吗？”，温景明未批。"),
        ("“能借吗？”", ""),
        ("RPO 不超过 5 秒", "RPO 不超过 5 秒"),
    ],
)
def test_sentences_that_ask_are_left_out(text: str, left: str) -> None:
    assert without_questions(text) == left


def test_a_piece_of_the_question_says_nothing() -> None:
    question = "两家银行各改了几版？我说青禾和墨竹"
    assert is_echo("我说青禾和墨竹。", question)
    assert not is_echo("青禾改了两版", question)
    assert not is_echo("", question)


def test_one_item_is_not_the_list_that_is_asked_for() -> None:
    steps = "先停止写入。再比对行数。然后切换路由。最后放开写入。"
    listed: list[Unit] = list(
        units([passage(*(Span(text=one + "。", locator=Locator(kind="section")) for one in steps.split("。") if one))])
    )
    assert len(listed) == 4
    assert is_piece_of_list("切换的步骤是什么", listed, listed[:1])
    assert not is_piece_of_list("切换的步骤是什么", listed, listed[:2])
    assert not is_piece_of_list("切换由谁负责", listed, listed[:1])


def test_claims_that_speak_of_no_part_are_beside_the_question() -> None:
    assert is_beside(BOTH, ["训练轮数为 3", "MFU 为 33.0%"])
    assert not is_beside(BOTH, ["评估时测算一轮 21.4 小时"])
    assert not is_beside("SFT 一轮要跑多久？", ["训练轮数为 3"])


def test_what_has_none_of_a_question_s_codes_is_beside_it() -> None:
    cited = list(units([passage(Span(text="首夜限速过低，浪费一夜。", locator=Locator(kind="section")))]))
    assert is_beside("11月10号那批CRC为什么不符", ["因为首夜限速过低"], cited)
    assert not is_beside("11月10号那批CRC为什么不符", ["CRC不符是因为补了备注"], cited)
    assert not is_beside("那一夜为什么浪费了", ["因为首夜限速过低"], cited)
    headed = list(units([passage(Span(text="共 3 批。", locator=Locator(kind="section")), headings=("CRC 校验",))]))
    assert not is_beside("CRC 校验了几批", ["共 3 批"], headed)


def test_a_code_may_be_called_otherwise() -> None:
    cited = list(units([passage(Span(text="首字时延 1.5 秒。", locator=Locator(kind="section")))]))
    assert not is_beside("TTFT 是多少", ["首字时延为 1.5 秒"], cited)
