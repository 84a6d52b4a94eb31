"""Follow-ups completed from what was asked before."""

import pytest

from retrieval.converse import completed
from retrieval.names import Names, learn
from tests.retrieval.passages import document


@pytest.fixture(scope="module")
def names() -> Names:
    return learn([document(name, customer=f"{name}银行", project=f"{name}项目") for name in ("星衡", "墨竹")], ())


@pytest.mark.parametrize(
    ("history", "question", "whole"),
    [
        (["星衡双活的RTO是多少？"], "那 RPO 呢？", "星衡双活的RPO是多少？"),
        (["星衡第一次演练用了多久？"], "那第二次呢，快了多少？", "星衡第二次演练用了多久？ 快了多少？"),
        (["星衡评了多少张卡？"], "墨竹呢", "墨竹评了多少张卡?"),
        (["墨竹的架构师是谁？"], "他走了以后谁管？", "墨竹 架构师 他走了以后谁管？"),
        (["墨竹到货多少卡？"], "监控平台用的软件是什么版本", "墨竹 监控平台用的软件是什么版本"),
        (["墨竹到货多少卡？"], "哪些项目用过跨集群复制？", "哪些项目用过跨集群复制？"),
        (["墨竹到货多少卡？"], "星衡的监控平台是什么软件", "星衡的监控平台是什么软件"),
        ([], "他走了以后谁管？", "他走了以后谁管？"),
    ],
)
def test_completed(names: Names, history: list[str], question: str, whole: str) -> None:
    assert completed(question, history, names) == whole
