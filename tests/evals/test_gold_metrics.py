"""Scores of one question, each case worked out by hand."""

import pytest

from evals.dataset import Gold, Question
from evals.gold_metrics import citation_scores, document_scores, passage_scores
from tests.evals.found import answer, passage

SIZING = Question(
    id="q1",
    question="910B3 评了多少张卡？",
    kind="table",
    answerable=True,
    gold=(Gold(path="yc/sizing.xlsx", quote="910B3 | 74"),),
    figures=("74", "910B3"),
)
BOTH = SIZING.model_copy(
    update={"gold": (Gold(path="a.docx", quote="RPO 为 0"), Gold(path="b.docx", quote="RTO 为 30 秒")), "figures": ()}
)
PRICE = Question(id="q2", question="报价是多少？", kind="refuse", answerable=False)


def test_documents_are_ranked_by_their_first_passage() -> None:
    found = [
        passage(1, "other.docx", "甲"),
        passage(2, "other.docx", "乙"),
        passage(3, "documents/yc/sizing.xlsx", "丙"),
    ]
    scores, where = document_scores(SIZING, found)
    assert scores["document_recall@1"] == 0.0
    assert scores["document_mrr@10"] == 0.5
    assert where == "gold document at rank 2"


def test_a_passage_counts_when_it_holds_the_quote_in_the_gold_document() -> None:
    found = [
        passage(1, "copy/of/sizing.xlsx", "910B3 | 74"),
        passage(2, "yc/sizing.xlsx", "310P | 8"),
        passage(3, "yc/sizing.xlsx", "型号 | 张数\n910B3 |74"),
        passage(4, "yc/sizing.xlsx", "附：910B3 74"),
    ]
    scores, where = passage_scores(SIZING, found)
    assert scores["passage_mrr@10"] == pytest.approx(1 / 3)
    assert scores["passage_recall@5"] == 1.0
    assert scores["passage_ndcg@10"] == pytest.approx(0.5)
    assert where == "gold passage at rank 3"


def test_two_quotes_in_one_passage_are_an_ideal_ranking() -> None:
    both = BOTH.model_copy(
        update={"gold": (Gold(path="a.docx", quote="RPO 为 0"), Gold(path="a.docx", quote="RTO 为 30 秒"))}
    )
    scores, _ = passage_scores(both, [passage(1, "a.docx", "RPO 为 0，RTO 为 30 秒")])
    assert scores["passage_ndcg@10"] == 1.0


def test_a_place_that_says_the_same_stands_in_for_gold() -> None:
    question = SIZING.model_copy(update={"also": (Gold(path="a.docx", quote="共 74 张 910B3"),), "figures": ()})
    found = [passage(1, "a.docx", "评估结论：共 74 张 910B3。"), passage(2, "yc/sizing.xlsx", "910B3 | 74")]
    assert set(document_scores(question, found)[0].values()) == {1.0}
    assert set(passage_scores(question, found)[0].values()) == {1.0}
    given = answer(question.question, "answered", "", (("a.docx", "评估结论：共 74 张 910B3。"),))
    scores, reasons = citation_scores(question, given)
    assert scores == {"first_citation_document": 1.0, "gold_quote_cited": 1.0}
    assert reasons == []


def test_nothing_found_scores_nothing() -> None:
    assert set(document_scores(SIZING, [])[0].values()) == {0.0}
    assert passage_scores(SIZING, [])[1] == "gold passage not found"


def test_questions_without_gold_have_no_rank_scores() -> None:
    assert document_scores(PRICE, [passage(1, "a.docx", "甲")]) == ({}, "")
    assert passage_scores(PRICE, [passage(1, "a.docx", "甲")]) == ({}, "")


def test_a_right_answer_scores_full() -> None:
    right = answer(SIZING.question, "answered", "910B3 共 74 张。", (("documents/yc/sizing.xlsx", "910B3 | 74"),))
    scores, reasons = citation_scores(SIZING, right)
    assert scores == {
        "first_citation_document": 1.0,
        "gold_quote_cited": 1.0,
    }
    assert reasons == []


def test_a_wrong_answer_says_why() -> None:
    wrong = answer(SIZING.question, "answered", "910B3 共 70 张。", (("a.docx", "RPO为0"),))
    scores, reasons = citation_scores(SIZING, wrong)
    assert scores == {
        "first_citation_document": 0.0,
        "gold_quote_cited": 0.0,
    }
    assert reasons == [
        "cites a.docx first",
        "gold quote not cited: 910B3 | 74",
    ]


def test_a_refusal_of_what_can_be_answered_scores_nothing() -> None:
    refused = answer(SIZING.question, "refused", "没有提到 910B3，最接近的有 74 份文档")
    scores, reasons = citation_scores(SIZING, refused)
    assert scores == {
        "first_citation_document": 0.0,
        "gold_quote_cited": 0.0,
    }
    assert reasons[0] == "cites nothing"


def test_each_gold_quote_counts_by_itself() -> None:
    half = answer(BOTH.question, "partial", "RPO 为 0", (("a.docx", "RPO 为 0"), ("a.docx", "RTO 为 30 秒")))
    scores, _ = citation_scores(BOTH, half)
    # The second quote is cited from the wrong document.
    assert scores["gold_quote_cited"] == 0.5


def test_what_cannot_be_answered_has_no_gold_to_cite() -> None:
    given = answer(PRICE.question, "answered", "RPO 为 0", (("a.docx", "RPO 为 0"),))
    assert citation_scores(PRICE, given) == ({}, [])
    assert citation_scores(PRICE, answer(PRICE.question, "refused")) == ({}, [])
