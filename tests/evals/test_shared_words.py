from evals.shared_words import shared_words


def test_words_that_gold_has_too_are_told_apart() -> None:
    pieces = shared_words("评了 74 张，需求合计 74 张。", ["需求合计 74 张 Ascend"])
    assert ("需求合计 74 张", True) in pieces
    assert "".join(words for words, _ in pieces) == "评了 74 张，需求合计 74 张。"


def test_a_few_equal_characters_are_chance() -> None:
    assert shared_words("七十四张卡", ["另有四张卡"]) == [("七十四张卡", False)]


def test_no_text_has_no_pieces() -> None:
    assert shared_words("", ["需求合计"]) == []
