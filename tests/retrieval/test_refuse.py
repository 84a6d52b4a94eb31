"""What a refusal says."""

from ingest.index.store import FILTER_KEYS
from retrieval.asked import understand
from retrieval.refuse import FILTER_NAMES, NEAREST, refusal, shortfall
from tests.retrieval.passages import document, passage, span


def test_a_refusal_says_what_is_missing_what_was_looked_for_and_what_comes_nearest() -> None:
    asked = understand("双活的报价是多少")
    found = [passage(span("双活设计。"), of=document(str(n), f"文档{n}"), rank=n) for n in range(1, 6)]
    text, missing = refusal(asked, [term for term in asked.terms if term.text == "报价"], found, {})
    assert missing == "找到的段落中没有提到「报价」"
    assert missing in text
    assert "查找了：双活、报价" in text
    assert text.count("《") == NEAREST
    assert "《文档1》（1.md）" in text


def test_a_refusal_without_a_missing_name_says_so() -> None:
    _, missing = refusal(understand("双活的报价"), [], [], {})
    assert "没有直接回答" in missing


def test_an_answer_leaves_open_the_codes_that_no_passage_has() -> None:
    terms = understand("RTO 和 inference 的新人").terms
    assert shortfall(terms) == "找到的段落中没有提到「RTO」"
    assert shortfall([term for term in terms if not term.is_code]) is None


def test_filters_that_let_nothing_through_are_named() -> None:
    text, missing = refusal(understand("值班电话"), [], [], {"project": ("没有", "也没有")})
    assert missing == "没有文档符合筛选条件（项目：没有、也没有）"
    assert missing in text


def test_every_filter_has_a_name_that_readers_know() -> None:
    assert set(FILTER_NAMES) == set(FILTER_KEYS)


def test_a_year_chosen_is_told_as_a_year() -> None:
    days = tuple(f"{year}-01-{day:02}" for year in (2025, 2026) for day in range(1, 5))
    _, missing = refusal(understand("值班电话"), [], [], {"date": days})
    assert missing == "没有文档符合筛选条件（日期：2025年、2026年）"
    _, missing = refusal(understand("值班电话"), [], [], {"date": days[:2]})
    assert missing == "没有文档符合筛选条件（日期：2025-01-01、2025-01-02）"
