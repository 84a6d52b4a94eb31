"""What counts as the gold place."""

import pytest

from evals.gold import holds, is_covered, same_document


@pytest.mark.parametrize(
    ("path", "gold", "same"),
    [
        ("a/b/c.docx", "a/b/c.docx", True),
        ("documents/a/c.docx", "a/c.docx", True),
        ("c.docx", "a/c.docx", True),
        ("xa/c.docx", "a/c.docx", False),
        ("b/c.docx", "a/c.docx", False),
        ("a/cc.docx", "c.docx", False),
        ("", "c.docx", False),
    ],
)
def test_same_document(path: str, gold: str, same: bool) -> None:
    assert same_document(path, gold) is same


def test_holds_looks_past_white_space_and_cell_borders() -> None:
    assert holds("型号 | 张数\n910B3 | 74", "910B3  74")
    assert holds("RPO 不超过\n30 秒", "RPO不超过30秒")
    assert not holds("RPO 不超过 30 秒", "RPO 不超过 60 秒")


def test_a_gold_quote_may_be_covered_by_several_quotes_or_a_longer_one() -> None:
    gold = "采用跨集群复制，延迟不超过三十秒，由运维组每日核对。"
    assert is_covered(gold, ["会议确定：采用跨集群复制，延迟不超过三十秒，由运维组每日核对。下周演练。"])
    assert is_covered(gold, ["采用跨集群复制，延迟不超过三十秒，", "由运维组每日核对。"])
    assert not is_covered(gold, ["采用跨集群复制，"])
    assert not is_covered(gold, ["运维组不采用复制，由集群每日跨越三十次核对，延迟未知。"])
    assert not is_covered(gold, [])
