"""What an answer says: points, figures right, wrong and missing, and what must not be said."""

import pytest

from evals.content_metrics import content_scores, is_correct
from evals.dataset import Gold, Question
from tests.evals.found import answer

QUESTION = Question(
    id="q",
    question="910B3 评了多少张？",
    kind="table",
    answerable=True,
    gold=(Gold(path="a.xlsx", quote="合计 74"),),
    figures=("74",),
    points=("需求合计 74 张", "以终版为准"),
    must_not=("68",),
)


def test_a_right_answer() -> None:
    scores, reasons = content_scores(
        QUESTION, answer("？", "answered", "以终版为准，需求合计 74 张"), ["终版 需求合计 74 张"]
    )
    assert scores == {"points_covered": 1.0, "figures_named": 1.0, "figures_wrong": 0.0}
    assert reasons == []


def test_a_missing_figure_and_point_are_named() -> None:
    scores, reasons = content_scores(QUESTION, answer("？", "answered", "以终版为准"), ["以终版为准"])
    assert (scores["points_covered"], scores["figures_named"]) == (0.5, 0.0)
    assert reasons == ["point not covered: 需求合计 74 张", "figure not named: 74"]


def test_a_figure_that_no_source_has_is_wrong() -> None:
    scores, reasons = content_scores(
        QUESTION, answer("？", "answered", "需求合计 74 张，单价 9 万"), ["需求合计 74 张"]
    )
    assert scores["figures_wrong"] == 1.0
    assert "figure in no source: 9 万" in reasons


def test_what_must_not_be_said_is_wrong_though_a_source_says_it() -> None:
    scores, reasons = content_scores(
        QUESTION, answer("？", "answered", "需求合计 74 张，也有 68 张一说"), ["74 张", "68 张"]
    )
    assert scores["figures_wrong"] == 1.0
    assert reasons[-1] == "must not be said: 68"


@pytest.mark.parametrize(
    ("said", "wrong"), [("RTO 为 15 分钟，RPO 为 5 秒", 0.0), ("RPO 为 15 秒", 1.0), ("RPO 为 115秒", 0.0)]
)
def test_a_quantity_that_must_not_be_said_is_found_whole(said: str, wrong: float) -> None:
    question = QUESTION.model_copy(update={"must_not": ("15秒",), "figures": (), "points": ()})
    scores, _ = content_scores(question, answer("？", "answered", said), [said])
    assert scores["figures_wrong"] == wrong


def test_a_citation_s_number_is_no_figure_of_the_answer() -> None:
    question = QUESTION.model_copy(update={"figures": ("3",), "points": (), "must_not": ("3张",)})
    scores, _ = content_scores(question, answer("？", "answered", "剩下的张数没有说。 [3]"), ["剩下的张数没有说。"])
    assert (scores["figures_named"], scores["figures_wrong"]) == (0.0, 0.0)


def test_a_refusal_covers_nothing_and_invents_nothing() -> None:
    scores, _ = content_scores(QUESTION, answer("？", "refused", "资料里没有 99"), [])
    assert scores == {"points_covered": 0.0, "figures_named": 0.0, "figures_wrong": None}


@pytest.mark.parametrize(
    ("scores", "verdict"),
    [
        ({"points_covered": 0.5, "figures_named": 1.0, "figures_wrong": 0.0}, True),
        ({"points_covered": 0.4, "figures_named": 1.0, "figures_wrong": 0.0}, False),
        ({"points_covered": 1.0, "figures_named": 0.5, "figures_wrong": 0.0}, False),
        ({"points_covered": 1.0, "figures_named": 1.0, "figures_wrong": 1.0}, False),
    ],
)
def test_correct_is_complete_enough_with_every_figure_and_nothing_wrong(
    scores: dict[str, float | None], verdict: bool
) -> None:
    assert is_correct(QUESTION, scores, refused=False) is verdict
    assert not is_correct(QUESTION, scores, refused=True)


def test_without_points_and_figures_the_right_document_decides() -> None:
    bare = QUESTION.model_copy(update={"points": (), "figures": ()})
    assert is_correct(bare, {"first_citation_document": 1.0, "figures_wrong": 0.0}, refused=False)
    assert not is_correct(bare, {"first_citation_document": 0.0, "figures_wrong": 0.0}, refused=False)


def test_refusing_what_has_no_answer_is_correct() -> None:
    lacking = Question(id="u", question="报价？", kind="unanswerable", answerable=False, missing="报价")
    assert is_correct(lacking, {}, refused=True)
    assert not is_correct(lacking, {"figures_wrong": 0.0}, refused=False)
