"""What a model said outlives the process that asked for it; here the judge's opinions."""

from pathlib import Path

from evals.opinions import Opinion, Opinions

ONE = Opinion(value=0.5, why="缺少数字", read=10, wrote=2)


def test_opinions_are_found_by_exactly_what_was_asked(tmp_path: Path) -> None:
    file = tmp_path / "evals" / "opinions.jsonl"
    Opinions(file).keep(["m", "问题", "回答"], ONE)
    assert Opinions(file).find(["m", "问题", "回答"]) == ONE
    assert Opinions(file).find(["m", "问题回答"]) is None
    assert Opinions(file).find(["other", "问题", "回答"]) is None


def test_a_line_cut_short_by_a_kill_is_not_taken(tmp_path: Path) -> None:
    file = tmp_path / "opinions.jsonl"
    Opinions(file).keep(["a"], ONE)
    Opinions(file).keep(["b"], ONE)
    file.write_text(file.read_text("utf-8")[:-20], "utf-8")
    kept = Opinions(file)
    assert (kept.find(["a"]), kept.find(["b"])) == (ONE, None)


def test_a_line_cut_within_a_character_takes_nothing_else_with_it(tmp_path: Path) -> None:
    file = tmp_path / "opinions.jsonl"
    Opinions(file).keep(["a"], ONE)
    file.write_bytes(file.read_bytes() + '{"key":"b","said":{"why":"缺'.encode()[:-1])
    Opinions(file).keep(["c"], ONE)
    kept = Opinions(file)
    assert (kept.find(["a"]), kept.find(["b"]), kept.find(["c"])) == (ONE, None, ONE)


def test_words_may_have_any_line_separator(tmp_path: Path) -> None:
    said = ONE.model_copy(update={"why": "缺少\u2028数字\x85和单位"})
    Opinions(tmp_path / "opinions.jsonl").keep(["a"], said)
    assert Opinions(tmp_path / "opinions.jsonl").find(["a"]) == said
