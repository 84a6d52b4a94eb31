"""Queries with answers become a question set, whose gold stands in its passages."""

import json
from pathlib import Path

import pytest

from evals.dataset import ReadingQuestion
from evals.reading.questions import read_reading_set
from ingest.errors import UsageError


def add(folder: Path, query: dict[str, object], *passages: str) -> None:
    with (folder / "queries.jsonl").open("a", encoding="utf-8") as queries:
        queries.write(json.dumps(query) + "\n")
    with (folder / "qrels.tsv").open("a", encoding="utf-8") as qrels:
        qrels.writelines(f"{query['_id']}\t{passage}\t1\n" for passage in passages)


def test_each_query_with_an_answer_or_marked_unanswerable_is_asked(folder: Path) -> None:
    chosen = read_reading_set(folder)
    assert (chosen.name, chosen.split) == ("tiny_dev", "reading")
    assert [(one.id, one.kind, one.answerable) for one in chosen.questions] == [
        ("r1", "figure", True),
        ("r2", "words", True),
        ("r3", "unanswerable", False),
    ]


def test_an_answer_is_the_gold_quote_of_its_passage_and_the_others_may_stand_in(folder: Path) -> None:
    first, *_ = read_reading_set(folder).questions
    assert isinstance(first, ReadingQuestion)
    assert [(one.path, one.quote) for one in first.gold] == [("p1", "74 张")]
    assert [(one.path, one.quote) for one in first.also] == [("p1", "74")]
    assert first.answers == ("74 张", "74")
    assert first.figures == ("74",)


def test_a_figure_that_another_answer_lacks_need_not_be_named(folder: Path) -> None:
    add(folder, {"_id": "r5", "text": "几步？", "answers": ["十二步", "12 步"]}, "p3")
    *_, last = read_reading_set(folder).questions
    assert (last.figures, last.kind) == ((), "words")


def test_an_answer_in_other_words_has_its_whole_passage_as_gold(folder: Path) -> None:
    add(folder, {"_id": "r5", "text": "何时演练？", "answers": ["过年之前"]}, "p3")
    *_, last = read_reading_set(folder).questions
    assert last.gold[0].quote == "春节高峰前完成灾备演练，切换步骤共十二步。"


def test_a_part_has_each_kind_in_its_share_and_is_always_the_same(folder: Path) -> None:
    for n in range(17):
        add(folder, {"_id": f"u{n}", "text": f"第 {n} 问？", "answerable": False})
        add(folder, {"_id": f"a{n}", "text": f"第 {n} 答？", "answers": ["跨集群复制"]}, "p2")
    part = read_reading_set(folder, 18).questions
    assert len(part) == 18
    assert sum(one.answerable for one in part) == 9
    assert part == read_reading_set(folder, 18).questions


def test_a_set_without_answers_is_told(folder: Path) -> None:
    (folder / "queries.jsonl").write_text(json.dumps({"_id": "r2", "text": "ES？"}) + "\n", "utf-8")
    with pytest.raises(UsageError, match="carry no answers"):
        read_reading_set(folder)
