"""One question held against what was found, and several in one."""

import pytest

from ingest.document import DocumentMeta
from retrieval.answer import Passage
from retrieval.asked import NO_GLOSSARY
from retrieval.consider import HEARD, Considered, answers, confidence, consider, heard, merged
from retrieval.names import Subject
from retrieval.understood import Understood
from tests.retrieval.passages import document, passage, row, span

STAR = document("star", "星衡双活设计", project="星衡双活")
RIVER = document("river", "江州双活设计", project="江州双活")
FOUND = [
    passage(span("交易类数据RPO不超过5秒。"), span("热备卡还剩3张。"), of=STAR, rank=1),
    passage(span("交易类数据RPO不超过60秒。"), of=RIVER, rank=2),
]


def considered(question: str, found: list[Passage] = FOUND) -> Considered:
    return consider(question, found, {}, NO_GLOSSARY)


def answered(understood: Understood, found: list[Passage] = FOUND) -> list[Considered]:
    return answers(understood, considered(understood.topic, found), found, {}, NO_GLOSSARY)


def said(one: Considered) -> list[str]:
    return [unit.quote for unit in one.chosen]


def subject(of: DocumentMeta) -> Subject:
    return Subject(of.project or "", frozenset({of.id}))


def test_what_answers_best_is_chosen_first() -> None:
    assert said(considered("热备卡还剩几张？"))[0] == "热备卡还剩3张。"


def test_nothing_is_chosen_when_the_answer_is_ruled_out() -> None:
    found = considered("瀚海证券的RPO是多少？")
    assert found.evidence.is_ruled_out
    assert not found.chosen
    assert confidence(found, [found]) == 0


def test_nothing_found_chooses_nothing() -> None:
    assert not considered("热备卡还剩几张？", []).chosen


def test_one_question_about_one_thing_is_considered_once() -> None:
    assert len(answered(Understood("热备卡还剩几张？", "热备卡还剩几张？"))) == 1


def test_each_part_is_considered_by_itself() -> None:
    first, second = answered(Understood("", "RPO是多少？热备卡还剩几张？"))
    assert "RPO" in said(first)[0]
    assert said(second)[0] == "热备卡还剩3张。"


def test_each_named_project_is_considered_by_its_own_documents() -> None:
    both = Understood("", "交易类数据RPO是多少？", subjects=(subject(STAR), subject(RIVER)))
    star, river = answered(both)
    assert said(star)[0] == "交易类数据RPO不超过5秒。"
    assert said(river) == ["交易类数据RPO不超过60秒。"]


def test_of_all_projects_those_that_know_nothing_are_left_out() -> None:
    silent = document("lake", "湖滨智算方案", project="湖滨智算")
    found = [*FOUND, passage(row("机柜", "12"), header=("名目", "数量"), of=silent, rank=3)]
    sides = answered(Understood("", "哪些项目写了交易类数据RPO？", of_all=True), found)
    named = {unit.passage.document.project for one in sides for unit in one.chosen}
    assert named == {"星衡双活", "江州双活"}


def test_a_part_that_is_clearly_answered_raises_the_confidence() -> None:
    whole, clear = considered("机房租金多少钱？"), considered("热备卡还剩几张？")
    assert confidence(whole, [whole]) < confidence(whole, [whole, clear]) < clear.evidence.probability


@pytest.mark.parametrize(("most", "told"), [(3, 3), (2, 2)])
def test_units_are_shared_out_among_the_parts(most: int, told: int) -> None:
    each = answered(Understood("", "RPO是多少？热备卡还剩几张？"))
    units = merged(each, most, lists_whole=False)
    assert len(units) == told
    assert any("RPO" in unit.quote for unit in units)
    assert any("热备卡" in unit.quote for unit in units)


def test_a_unit_that_answers_two_parts_is_told_once() -> None:
    one = considered("热备卡还剩几张？")
    assert len(merged([one, one], 8)) == len(one.chosen)


def steps(count: int) -> Considered:
    spans = (span(f"{n}. 第{n}步切换动作", "list_item", line=n) for n in range(1, count + 1))
    items = passage(*spans, of=STAR, rank=9)
    return considered("切换步骤有哪些？", [items])


def test_a_list_that_answers_one_part_is_told_in_full() -> None:
    long, other = steps(10), considered("热备卡还剩几张？")
    assert [unit for unit in merged([long, other], 4) if unit in long.chosen] == list(long.chosen)
    assert len(merged([long, other], 4, lists_whole=False)) == 4


def test_of_each_project_those_that_know_less_are_told_too() -> None:
    vague = document("lake", "湖滨双活方案", project="湖滨双活")
    found = [*FOUND, passage(span("数据RPO不超过9秒。"), of=vague, rank=3)]
    question, near = "交易类数据RPO是多少？", {one.chunk.id: 0.7 for one in found}

    def told(*, of_each: bool) -> int:
        asked = Understood("", question, of_all=True, of_each=of_each)
        return len(answers(asked, considered(question, found), found, near, NO_GLOSSARY))

    assert told(of_each=True) == told(of_each=False) + 1


def test_each_of_the_best_passages_has_a_say_behind_what_was_chosen() -> None:
    found = [passage(span(f"热备卡的第{n}批还剩{n}张。"), rank=n) for n in range(1, HEARD + 2)]
    whole = considered("热备卡还剩几张？", found)
    one = whole.weighed[0].unit
    told = heard(whole, found, (one,))
    assert told[0] == one
    assert [unit.passage.rank for unit in told if unit is not one] == [
        n for n in range(1, HEARD + 1) if n != one.passage.rank
    ]


def test_a_passage_that_says_nothing_of_it_is_not_heard() -> None:
    found = [passage(span("热备卡还剩3张。"), rank=1), passage(span("会议改到周四下午举行。"), rank=2)]
    whole = considered("热备卡还剩几张？", found)
    assert [unit.quote for unit in heard(whole, found, (whole.weighed[0].unit,))] == ["热备卡还剩3张。"]
