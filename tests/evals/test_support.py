"""When words support a statement: figures, codes and most words; a negation is not lost."""

import pytest

from evals.support import supports


@pytest.mark.parametrize(
    ("text", "statement", "verdict"),
    [
        ("需求合计 74 张 Ascend 910B3", "910B3 需求 74 张", True),
        ("需求合计 68 张 Ascend 910B3", "910B3 需求 74 张", False),
        ("首批采购 74 张显卡用于视频转码", "热备由 74 张降为备件池统一管理", False),
        ("切站由人工决策，双人授权", "切站不自动执行", False),
        ("站点切换不自动执行，须双人授权", "切站不自动执行", True),
        ("RPO 不超过 5 秒", "RPO 不超过 5 秒", True),
        ("随便什么", "", True),
    ],
)
def test_support(text: str, statement: str, verdict: bool) -> None:
    assert supports(text, statement) is verdict
