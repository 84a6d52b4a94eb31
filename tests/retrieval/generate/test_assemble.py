"""Claims put together: each source numbered once, each statement said once and on one line."""

import pytest

from retrieval.asked import understand
from retrieval.generate.assemble import Assembly, left_open, not_told, without_passage_numbers
from retrieval.units import units
from retrieval.verify.verdict import Dropped, Support, Supported, Unverified
from tests.retrieval.passages import document, passage, row, span

SYNC = passage(span("MySQL 半同步复制。"), span("ES 跨集群复制。", line=2))
CARDS = passage(row("910B3", "74"), header=["型号", "张数"], rank=2, of=document("d2"))


def support(of: int = 0) -> Support:
    one = SYNC.chunk.spans[of]
    return Support(passage=SYNC, span=one, quote=one.text)


def test_a_source_has_one_number_however_often_it_is_cited() -> None:
    assembly = Assembly()
    first = assembly.add(Supported(text="MySQL 半同步。", supports=(support(0),)))
    second = assembly.add(Supported(text="两者都复制。", supports=(support(1), support(0))))
    assert first
    assert second
    assert (first.line, second.line) == ("MySQL 半同步。 [1]", "两者都复制。 [2][1]")
    assert [one.n for one in (*first.citations, *second.citations)] == [1, 2]


def test_a_row_is_cited_verbatim_and_read_with_its_columns() -> None:
    assembly, cells = Assembly(), CARDS.chunk.spans[0]
    assembly.add(Supported(text="共 74 张", supports=(Support(passage=CARDS, span=cells, quote=cells.text),)))
    assert (assembly.units[0].quote, assembly.units[0].text) == ("910B3 | 74", "型号：910B3；张数：74")


def test_arithmetic_is_shown_and_the_unverified_marked() -> None:
    assembly = Assembly()
    added = assembly.add(Supported(text="多 6 张。", supports=(support(),), arithmetic=("74 − 68 = 6",)))
    marked = assembly.add(Unverified(text="方案较为成熟。", nearest=(support(1),)))
    assert added
    assert added.line == "多 6 张（74 − 68 = 6）。 [1]"
    assert marked
    assert (marked.line, marked.claim.verified, marked.claim.citations) == ("方案较为成熟（未核实）。", False, ())
    assert assembly.supported == 1


def test_what_is_dropped_is_kept_beside_and_what_is_repeated_is_not_said_again() -> None:
    assembly = Assembly()
    assert assembly.add(Dropped(text="RPO 5 秒", cause="figure", words="没有“5 秒”")) is None
    assert [(one.text, one.reason) for one in assembly.dropped] == [("RPO 5 秒", "没有“5 秒”")]
    assert assembly.add(Supported(text="MySQL\n半同步。", supports=(support(),)))
    assert assembly.add(Supported(text="MySQL 半同步", supports=(support(),))) is None
    assert [one.line for one in assembly.added] == ["MySQL 半同步。 [1]"]


@pytest.mark.parametrize(
    ("claims", "odds"),
    [
        (("到底有8张卡", "到底有32张卡"), True),
        (("V1.0要68张卡", "V2.0要74张卡"), False),
        (("推理要32张卡", "训练要16张卡"), False),
        (("到底有8张卡", "到底有8张卡，含热备"), False),
    ],
)
def test_claims_that_differ_in_their_numbers_alone_are_at_odds(claims: tuple[str, ...], odds: bool) -> None:
    assembly = Assembly()
    for one in claims:
        assembly.add(Supported(text=one, supports=(support(),)))
    assert assembly.is_at_odds == odds


def test_sources_that_disagree_are_not_the_model_at_odds_with_itself() -> None:
    assembly, cells = Assembly(), CARDS.chunk.spans[0]
    assembly.add(Supported(text="共 68 张", supports=(support(),)))
    assembly.add(Supported(text="共 74 张", supports=(Support(passage=CARDS, span=cells, quote=cells.text),)))
    assert not assembly.is_at_odds


def test_the_documents_own_words_are_numbered_on_and_never_twice() -> None:
    assembly = Assembly()
    first, second = units([SYNC])
    assembly.add(Supported(text="MySQL 半同步", supports=(support(),)))
    added = assembly.quote(second)
    assert added
    assert (added.line, added.claim.quoted) == ("资料原文：ES 跨集群复制。 [2]", True)
    assert assembly.quote(first) is None
    assert len(assembly.added) == 2


def test_what_is_left_open_says_something_and_brings_no_figure_in() -> None:
    assert left_open(["RTO。", "", "无", "预算 500 万", "资料没有提到RTO", "V2 的 30 秒"], "V2 的 30 秒和 RTO？") == [
        "RTO",
        "V2 的 30 秒",
    ]


@pytest.mark.parametrize(
    ("question", "claim", "missing"),
    [
        ("同城灾备用多少张卡？", "同城灾备的下一步是客户二季度立项", "问到的数量"),
        ("同城灾备用多少张卡？", "同城灾备评估了 74 卡", None),
        ("同城灾备用多少张卡？", "同城灾备用 12 张", None),
        ("现在谁负责？", "第4项最急，春节前必须上线", "问到的人"),
        ("为什么这么定？", "上限是单轮训练的时长", None),
    ],
)
def test_a_claim_that_names_nothing_of_the_kind_asked_leaves_it_open(
    question: str, claim: str, missing: str | None
) -> None:
    assert not_told(understand(question), [claim]) == missing


def test_numbers_of_passages_are_not_told() -> None:
    assert without_passage_numbers("根据资料2，同城灾备先不动。") == "同城灾备先不动。"
    assert without_passage_numbers("资料 1、3 显示：RPO 为 5 秒。") == "RPO 为 5 秒。"
    assert without_passage_numbers("资料来源为 2024 年报。") == "资料来源为 2024 年报。"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("1. S3 占满 300 个连接", "S3 占满 300 个连接"),
        ("3、心跳失败", "心跳失败"),
        ("- 最多 2 次", "最多 2 次"),
        ("1.5 秒内切换", "1.5 秒内切换"),
        ("12 步", "12 步"),
    ],
)
def test_marks_of_a_list_are_not_told(text: str, kept: str) -> None:
    assert without_passage_numbers(text) == kept


def test_whoever_is_named_is_who_was_asked_for_however_long_it_takes() -> None:
    asked = understand("通行证找谁、要几天")
    assert not_told(asked, ["通行证找裴景行，要10个工作日"]) is None
    assert not_told(asked, ["通行证要10个工作日"]) == "问到的人"
