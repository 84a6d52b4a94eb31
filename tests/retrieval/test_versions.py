"""Which version is the newest, and where an older one says otherwise."""

import pytest

from retrieval.units import units
from retrieval.versions import (
    asks_for_older,
    disagreements,
    newer_of,
    sets_versions_side_by_side,
    without_superseded,
)
from tests.retrieval.passages import document, passage, row, span

OLD = document("old", "双活设计说明书_V1.0", project="双活", version="V1.0", date="2025-03-14")
NEW = document("new", "双活设计说明书_V1.2", project="双活", version="V1.2", date="2025-07-18")
OTHER = document("other", "交接文档", project="双活", version="V1.0", date="2025-01-01")


def test_the_newest_by_date_supersedes_its_family() -> None:
    assert newer_of([OLD, NEW, OTHER]) == {"old": NEW}


@pytest.mark.parametrize(("older", "newer"), [("V1.0", "终版"), ("V1.2", "V1.10"), ("终版", "终版2")])
def test_without_dates_the_version_decides(older: str, newer: str) -> None:
    one, two = document("1", version=older), document("2", version=newer)
    assert newer_of([two, one]) == {"1": two}


def test_documents_that_differ_by_date_alone_stand_beside_one_another() -> None:
    weeks = [document(str(n), f"项目周报_2025060{n}", date=f"2025-06-0{n}", version="V1.0") for n in (1, 8)]
    assert newer_of(weeks) == {}


def test_superseded_passages_fall_away_unless_the_question_names_the_version() -> None:
    found = [passage(span("RPO为0。"), of=OLD), passage(span("RPO不超过5秒。"), of=NEW, rank=2)]
    assert [one.document.id for one in without_superseded("RPO 是多少", found)] == ["new"]
    assert [one.document.id for one in without_superseded("V1.0 的 RPO 是多少", found)] == ["old"]
    assert [one.document.id for one in without_superseded("双活1.0版的 RPO 是多少", found)] == ["old"]
    assert [one.document.id for one in without_superseded("11.0版的 RPO 是多少", found)] == ["new"]


def test_who_asks_what_was_before_gets_both() -> None:
    found = [passage(span("RPO为0。"), of=OLD), passage(span("RPO不超过5秒。"), of=NEW, rank=2)]
    assert without_superseded("RPO 原来是多少，后来改成多少", found) == found
    assert without_superseded("初稿里的 RPO 是多少", found) == found


@pytest.mark.parametrize("question", ["用的什么软件什么版本", "系统改造后的时延", "长假之前要演练吗"])
def test_a_version_of_software_is_no_older_state(question: str) -> None:
    assert not asks_for_older(question)


def test_of_several_documents_of_the_named_version_the_one_with_other_versions_is_meant() -> None:
    found = [
        passage(span("见设计。"), of=OTHER),
        passage(span("RPO为0。"), of=OLD, rank=2),
        passage(span("RPO不超过5秒。"), of=NEW, rank=3),
    ]
    assert [one.document.id for one in without_superseded("V1.0 的 RPO 是多少", found)] == ["old"]
    assert [one.document.id for one in without_superseded("双活1.0版的 RPO 是多少", found)] == ["old"]


def test_other_figures_in_the_other_version_are_noted() -> None:
    found = [
        passage(span("交易类数据RPO为0，RTO不超过5分钟。"), of=OLD),
        passage(span("交易类数据RPO不超过5秒，RTO不超过10分钟。"), of=NEW, rank=2),
    ]
    (chosen,) = units(found[1:])
    (note,) = disagreements([chosen], found)
    assert note.startswith("旧版《双活设计说明书_V1.0》（V1.0，2025-03-14）此处为：交易类数据RPO为0")


def test_the_same_figures_are_not() -> None:
    found = [passage(span("主站点设在北京亦庄机房。"), of=one, rank=rank) for rank, one in enumerate((OLD, NEW), 1)]
    (chosen,) = units(found[1:])
    assert disagreements([chosen], found) == []


def test_an_answer_from_an_older_version_says_that_there_is_a_newer_one() -> None:
    found = [passage(span("旧版独有的说明文字。"), of=OLD), passage(span("完全不同的内容。"), of=NEW, rank=2)]
    (chosen,) = units(found[:1])
    assert disagreements([chosen], found) == [
        "《双活设计说明书_V1.0》（V1.0，2025-03-14）有更新的版本：《双活设计说明书_V1.2》（V1.2，2025-07-18）"
    ]


def test_two_reports_of_one_version_number_are_no_versions_of_one_another() -> None:
    weeks = [document(str(n), "项目周报", date=f"2025-06-0{n}", version="V1.0") for n in (1, 8)]
    assert newer_of(weeks) == {}
    found = [passage(span(f"本周完成{n}项任务。"), of=week, rank=n) for n, week in enumerate(weeks, 1)]
    assert disagreements(list(units(found[:1])), found) == []


def test_a_date_counts_only_where_both_have_one() -> None:
    dated, undated = document("1", version="V1.0", date="2025-01-01"), document("2", version="V2.0")
    assert newer_of([dated, undated]) == {"1": undated}


def test_chinese_numerals_are_versions() -> None:
    second, third = document("2", version="第二版"), document("3", version="第三版")
    assert newer_of([third, second]) == {"2": third}


@pytest.mark.parametrize("question", ["K8s v1.28 的 RPO", "V1.25 的 RPO", "av1.2 的 RPO"])
def test_a_longer_number_names_no_version(question: str) -> None:
    found = [passage(span("RPO为0。"), of=OLD), passage(span("RPO不超过5秒。"), of=NEW, rank=2)]
    assert [one.document.id for one in without_superseded(question, found)] == ["new"]


def test_a_row_is_compared_with_the_row_of_its_name() -> None:
    header = ("用途", "卡数")
    found = [
        passage(row("推理", "40"), row("训练", "16"), header=header, of=OLD),
        passage(row("训练", "18"), header=header, of=NEW, rank=2),
    ]
    (note,) = disagreements(list(units(found[1:])), found)
    assert note.endswith("此处为：用途：训练；卡数：16")


@pytest.mark.parametrize(
    ("header", "beside"),
    [
        (("项目", "V1.0", "终版", "终版2"), True),
        (("项目", "RPO / V1.0", "RPO / V1.2"), True),
        (("版本", "日期", "修订说明"), False),
        (("项目", "V1.0"), False),
    ],
)
def test_a_table_that_sets_versions_side_by_side(header: tuple[str, ...], *, beside: bool) -> None:
    assert sets_versions_side_by_side(header) is beside
