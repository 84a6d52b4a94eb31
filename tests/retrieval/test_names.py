"""Projects by the names they go by."""

import pytest

from ingest.chunk import Chunk, Span
from ingest.document import DocumentMeta, Locator
from ingest.index.store import StoredChunk
from retrieval.glossary import Glossary
from retrieval.names import Names, learn, meant, short_name, without
from retrieval.spelling import misspelt
from retrieval.stated_names import stated_names
from tests.retrieval.passages import document

BAMBOO = document("bamboo", title="墨竹周报", customer="桐川农商银行", project="桐川农商银行智算底座项目")
SIZING = document("sizing", title="墨竹项目算力评估表", customer="桐川农商银行", project="桐川农商银行智算底座项目")
GREEN = document("green", customer="禾川银行", project="禾川银行智算平台项目")
GREEN_IM = document("im", customer="禾川银行", project="禾川银行IM项目")
STRAY = document("stray", title="墨竹到货")


def stating(text: str, of: DocumentMeta) -> StoredChunk:
    span = Span(text=text, locator=Locator(kind="lines", line_start=1, line_end=1))
    return StoredChunk(Chunk(id="c", document_id=of.id, seq=0, headings=(), spans=(span,)), of)


@pytest.fixture
def names() -> Names:
    told = [stating("项目代号 | 青禾（工单系统写作 QH）", GREEN), stating("风控引擎（以下简称平台）", GREEN_IM)]
    return learn([BAMBOO, SIZING, GREEN, GREEN_IM, STRAY], told)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("星衡银行股份有限公司（以下简称“星衡银行”或“XHB”）AICC", ["星衡银行", "XHB"]),
        ("集团（以下简称江燃，项目代号燧石）有三类人", ["江燃", "燧石"]),
        ("项目代号 | 墨竹（工单系统写作 MZ）", ["墨竹", "MZ"]),
        ("（简称星衡双活，行内代号XHB-AICC）", ["星衡双活", "XHB-AICC"]),
        ("三甲医院简称表 412 条已入库；索引别名im-conv-all", []),
    ],
)
def test_names_stated(text: str, found: list[str]) -> None:
    assert stated_names(text) == found


@pytest.mark.parametrize(
    ("question", "projects"),
    [
        ("桐川评了多少张卡", [BAMBOO.project]),
        ("墨竹评了多少张卡", [BAMBOO.project]),
        ("QH 的 DEK", [GREEN.project]),
        ("qh-npu-07 上放的是什么", []),
        ("禾川的 RPO", [GREEN.project, GREEN_IM.project]),
        ("禾川的青禾", [GREEN.project]),
        ("墨竹和青禾有什么不一样", [BAMBOO.project, GREEN.project]),
        ("平台怎么部署", []),
    ],
)
def test_the_subjects_meant(names: Names, question: str, projects: list[str]) -> None:
    assert [one.name for one in meant(names.mentions(question))] == projects


def test_a_document_without_project_belongs_where_its_title_says(names: Names) -> None:
    subject = names.subject_of("stray")
    assert subject is not None
    assert subject.name == BAMBOO.project


@pytest.mark.parametrize(
    ("firm", "short"),
    [("星衡银行股份有限公司", "星衡"), ("澜江证券", "澜江"), ("中银行", "中银行"), ("某集团", "某集团")],
)
def test_short_name(firm: str, short: str) -> None:
    assert short_name(firm) == short


def test_without_names_a_question_keeps_its_rest() -> None:
    assert without("墨竹的 B14 柜", ["墨竹"]) == "的 B14 柜"
    assert without("墨竹", ["墨竹"]) == "墨竹"


@pytest.mark.parametrize(
    ("question", "slips"),
    [("莫竹评了几张", {}), ("和川银行的卡", {}), ("桐穿的卡", {"桐穿": "桐川"}), ("墨竹的卡", {})],
)
def test_slips_of_the_pen_sound_alike(names: Names, question: str, slips: dict[str, str]) -> None:
    assert misspelt(question, names.by_name) == slips


def test_no_library_no_names() -> None:
    assert Names().mentions("墨竹") == ()


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("引擎返回3008", {"广陵期货风控引擎改造项目"}),
        ("老引擎有几个模块", {"广陵期货风控引擎改造项目"}),
        ("推理引擎用什么版本", set()),
        ("搜索引擎怎么选型", set()),
    ],
)
def test_a_noun_that_a_document_goes_by_is_not_every_such_thing(question: str, found: set[str]) -> None:
    told = document("spec", title="接口说明书", customer="广陵期货", project="广陵期货风控引擎改造项目")
    names = learn([told, GREEN], [stating("风控引擎（以下简称引擎）与柜台之间", told)])
    assert {one.name for one in meant(names.mentions(question))} == found


def test_the_users_glossary_gives_short_names() -> None:
    names = learn([BAMBOO, GREEN], (), Glossary([["桐川", "老桐", "TCB"], ["双活", "active-active"]]))
    for question in ("老桐评了多少张", "TCB评了多少张", "桐川评了多少张"):
        assert [one.name for one in meant(names.mentions(question))] == ["桐川农商银行智算底座项目"]
