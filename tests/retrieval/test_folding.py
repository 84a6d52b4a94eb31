"""Older versions and repeated texts stand behind the passage that speaks for them."""

import pytest

from retrieval.folding import folded, unfolded
from tests.retrieval.passages import document, passage, span

OLD = document("old", "双活设计说明书_V1.0", project="双活", version="V1.0", date="2025-03-14")
NEW = document("new", "双活设计说明书_V1.2", project="双活", version="V1.2", date="2025-07-18")
SLIDES = document("slides", "双活方案汇报", project="双活")
ELSEWHERE = document("elsewhere", "双活方案汇报", project="另一个项目")

SYNC = (
    "Elasticsearch 采用双向跨集群复制，索引按主写站点拆分，"
    "各站点对本站索引为 leader，对另一站索引为 follower，延迟告警阈值为 5 秒。"
)
OLD_SYNC = passage(span(SYNC.replace("跨集群复制", "应用双写")), of=OLD)
OTHER = passage(span("厦门站点承接四成话务，座席分布在三个职场，班次由排班系统给出。"), of=NEW, rank=2)
NEW_SYNC = passage(span(SYNC), of=NEW, rank=3)


def test_an_older_passage_stands_behind_its_counterpart_which_takes_its_place() -> None:
    found = folded("ES 怎么同步", [OLD_SYNC, OTHER, NEW_SYNC], 10)
    assert [one.chunk.id for one in found] == [NEW_SYNC.chunk.id, OTHER.chunk.id]
    assert [(one.document.id, one.why) for one in found[0].folded] == [("old", "older version")]
    assert not found[1].folded


def test_without_a_counterpart_the_best_passage_of_the_newest_stands_for_it() -> None:
    dropped = passage(span("补偿任务每夜两点运行，由应用双写的死信队列触发。"), of=OLD)
    found = folded("补偿任务", [dropped, OTHER, NEW_SYNC], 10)
    assert [one.chunk.id for one in found] == [OTHER.chunk.id, NEW_SYNC.chunk.id]
    assert found[0].folded[0].chunk == dropped.chunk


@pytest.mark.parametrize(
    "question", ["ES 原来怎么同步", "两版的 ES 同步有什么区别", "ES 同步改了什么", "V1.0 里 ES 怎么同步"]
)
def test_who_asks_for_the_older_state_sees_it(question: str) -> None:
    found = folded(question, [OLD_SYNC, NEW_SYNC], 10)
    assert [one.document.id for one in found] == ["old", "new"]


def test_an_older_version_alone_stays() -> None:
    assert folded("ES 怎么同步", [OLD_SYNC], 10) == [OLD_SYNC]


def test_the_same_text_in_another_format_stands_behind_the_better_passage() -> None:
    slide = passage(span("• " + SYNC.replace("，", ",")), rank=4, of=SLIDES)
    (found,) = folded("ES 怎么同步", [NEW_SYNC, slide], 10)
    assert [(one.document.id, one.why) for one in found.folded] == [("slides", "same text")]


def test_the_same_text_about_another_project_is_evidence_of_its_own() -> None:
    other = passage(span(SYNC), rank=4, of=ELSEWHERE)
    assert folded("ES 怎么同步", [NEW_SYNC, other], 10) == [NEW_SYNC, other]


def test_a_text_with_another_number_in_it_is_another_text() -> None:
    later = passage(span(SYNC.replace("5 秒", "8 秒")), rank=4, of=SLIDES)
    assert folded("ES 怎么同步", [NEW_SYNC, later], 10) == [NEW_SYNC, later]


def test_what_goes_on_is_not_said_by_its_beginning() -> None:
    longer = passage(span(SYNC + "另有对账任务逐日核对索引文档数，差异超过万分之一时人工介入。"), rank=4, of=SLIDES)
    assert folded("ES 怎么同步", [NEW_SYNC, longer], 10) == [NEW_SYNC, longer]


def test_what_is_folded_makes_room() -> None:
    slide = passage(span(SYNC), rank=4, of=SLIDES)
    last = passage(span("演练每半年一次。"), rank=5, of=SLIDES)
    assert [one.rank for one in folded("ES 怎么同步", [NEW_SYNC, slide, last], 2)] == [3, 5]


def test_unfolded_nothing_is_lost() -> None:
    found = folded("ES 怎么同步", [OLD_SYNC, OTHER, NEW_SYNC], 10)
    assert {one.chunk.id for one in unfolded(found)} == {OLD_SYNC.chunk.id, OTHER.chunk.id, NEW_SYNC.chunk.id}


def test_json_says_where_and_why() -> None:
    told = folded("ES 怎么同步", [OLD_SYNC, NEW_SYNC], 10)[0].to_json()["folded"]
    assert [(one["document"]["version"], one["locator"]["label"], one["why"]) for one in told] == [
        ("V1.0", "第1行", "older version")
    ]
