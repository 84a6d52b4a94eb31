"""What was read in a picture is said to be so, the doubtful first."""

from retrieval.recognised import recognised
from retrieval.units import units
from tests.retrieval.passages import passage, span


def test_each_recognised_quote_is_named_with_its_confidence() -> None:
    texts = [("RPO不超过15分钟。", 0.97), ("共评估910B3卡74张。", 0.81), ("切换步骤共十二步。", None)]
    found = passage(*(span(text).model_copy(update={"confidence": one}) for text, one in texts))
    doubtful, clear = recognised(list(units([found])))
    assert "[2]（置信度81%）" in doubtful
    assert "须对照原件核实" in doubtful
    assert "[1]（置信度97%）" in clear
    assert "[3]" not in doubtful + clear


def test_plain_text_has_no_note() -> None:
    assert recognised(list(units([passage(span("RPO不超过15分钟。"))]))) == []
