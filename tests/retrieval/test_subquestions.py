"""Several questions in one."""

import pytest

from retrieval.subquestions import MOST, parts


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("MySQL 和 ES 分别怎么同步", ("MySQL怎么同步", "ES怎么同步")),
        ("热备卡还剩几张？", ("热备卡还剩几张？",)),
        ("信用卡中心要加200席，得加几张卡", ("信用卡中心要加200席，得加几张卡",)),
        ("阈值能调回去不，调回0.42会咋样", ("阈值能调回去不", "调回0.42会咋样")),
        ("授权凭证多久轮换，老的要重新加密吗，我记得不用", ("授权凭证多久轮换", "老的要重新加密吗，我记得不用")),
        ("信贷报告卡在哪，什么时候能上？", ("信贷报告卡在哪", "信贷 报告 什么时候能上")),
    ],
)
def test_parts(question: str, found: tuple[str, ...]) -> None:
    assert parts(question) == found


def test_no_more_than_can_be_answered() -> None:
    assert len(parts("；".join(f"第{n}台放在哪个柜" for n in range(9)))) == MOST
