"""Sentences end where a reader ends them."""

import pytest

from ingest.sentences import sentence_spans, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RPO 为 0；RTO 为 30 分钟。共 74 张。", ["RPO 为 0；", "RTO 为 30 分钟。", "共 74 张。"]),
        ("比例为3.5%。版本V1.2发布。10.1.2.3 不通。", ["比例为3.5%。", "版本V1.2发布。", "10.1.2.3 不通。"]),
        ("共74张（见附录A。另见表2）。完。", ["共74张（见附录A。另见表2）。", "完。"]),
        ("他说：“好。”然后走了。", ["他说：“好。”", "然后走了。"]),
        ("“一。二。”三。", ["“一。二。”", "三。"]),
        ("真的？！是的！", ["真的？！", "是的！"]),
        ("甲、乙……等。后来……没有", ["甲、乙……等。", "后来……", "没有"]),
        ("1. 概述 2. 目标", ["1. 概述 2. 目标"]),
        ("It has 74 cards. It runs v1.2. Done", ["It has 74 cards.", "It runs v1.2.", "Done"]),
        ("See e.g. No. 5 in config.yaml! Really? Yes", ["See e.g. No. 5 in config.yaml!", "Really?", "Yes"]),
        ("访问 http://a.b/c?id=1;x=2 即可。完", ["访问 http://a.b/c?id=1;x=2 即可。", "完"]),
        ("a;b; c", ["a;b;", "c"]),
        ("第一行\n第二行", ["第一行", "第二行"]),
        ("  甲。  乙  ", ["甲。", "乙"]),
        ("没有句号", ["没有句号"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_long_bracket_is_cut_inside() -> None:
    text = "说明（" + "甲" * 40 + "。" + "乙" * 40 + "）。"
    assert len(sentences(text)) == 2


def test_the_spans_cover_the_text() -> None:
    text = " 甲。 “乙！” \n丙；丁 "
    spans = sentence_spans(text)
    assert "".join(text[start:end] for start, end in spans) == text


def test_long_texts_take_no_square_time() -> None:
    assert len(sentences("（甲。）乙。" * 50_000)) == 50_000
