"""Statements made of a question's gold, and how the checker's verdicts are counted."""

import pytest

from evals.dataset import Gold, Question
from evals.verification import evaluate
from evals.verification_cases import cases, superseded_facts
from ingest.document import Locator
from ingest.index.store import StoredChunk
from tests.retrieval.passages import document, passage, row, span

HEADER = ("指标", "目标", "保留")
NEW = document("new", title="设计", version="V1.1", date="2025-10-15", project="星衡")
OLD = document("old", title="设计", version="V1.0", date="2025-08-22", project="星衡")


def stored() -> list[StoredChunk]:
    new = passage(row("恢复时间", "10分钟", "3天"), row("切换时间", "8秒", "72小时", line=2), of=NEW, header=HEADER)
    old = passage(row("恢复时间", "5分钟", "3天"), row("切换时间", "8秒", "72小时", line=2), of=OLD, header=HEADER)
    twice = passage(row("推理", "4卡"), row("推理", "8卡", line=2), of=OLD, header=("用途", "卡数"), rank=2)
    once = passage(row("推理", "6卡"), row("推理", "9卡", line=2), of=NEW, header=("用途", "卡数"), rank=2)
    text = passage(span("平台级恢复时间不超过10分钟。"), of=NEW, rank=3)
    return [StoredChunk(chunk=one.chunk, document=one.document) for one in (new, old, twice, once, text)]


def question() -> Question:
    gold = Gold(path="new.md", locator=Locator(kind="lines", line_start=1, line_end=1), quote="恢复时间 | 10分钟 | 3天")
    return Question(
        id="q",
        question="恢复时间的目标是多少？",
        kind="fact",
        answerable=True,
        gold=(gold,),
        points=("恢复时间目标10分钟",),
    )


def test_only_rows_of_one_name_tell_what_is_superseded() -> None:
    assert [text for text, _, _ in superseded_facts(stored())] == ["恢复时间的目标为5分钟"]


def test_statements_are_true_and_false() -> None:
    made = list(cases(question(), stored(), [], superseded_facts(stored())))
    told = {(one.kind, one.is_true): one.text for one in made}
    assert told["point", True] == "恢复时间目标10分钟"
    assert told["row", True] == "恢复时间的保留为3天"
    assert told["older version", False] == "恢复时间的目标为5分钟"
    assert ("neighbouring cell", False) in told
    false = [one.text for one in made if not one.is_true]
    assert "恢复时间的保留为72小时" not in false
    assert "恢复时间的目标为恢复时间" not in false


def test_verdicts_are_counted_by_kind() -> None:
    report = evaluate([question()], stored(), lambda _: [], lambda some, _title, _n: some)
    assert report.questions == 1
    assert report.true["row"].supported == 1
    assert report.false["older version"].supported == 0
    assert report.false["figure"].supported == 0
    every = [*report.true.values(), *report.false.values()]
    assert 0 < report.recall <= 1
    assert report.false_accept_rate == pytest.approx(
        sum(one.supported * one.n for one in report.false.values()) / sum(one.n for one in report.false.values())
    )
    assert len(report.false_drops) + len(report.false_accepts) <= sum(one.n for one in every)
