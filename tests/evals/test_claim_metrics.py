"""Citation precision and recall: a claim must stand where its citations point."""

from evals.claim_metrics import claim_scores
from retrieval.answer import Answer, Claim
from tests.evals.found import answer

TEXTS = {"id of a.docx": ["跨站改为异步复制，RPO 放宽到 5 秒。"], "id of b.xlsx": ["合计 | 74"]}


def read(document_id: str) -> list[str]:
    return TEXTS[document_id]


def cited(claims: tuple[Claim, ...], quotes: tuple[tuple[str, str], ...]) -> Answer:
    return answer("？", "answered", "", quotes).model_copy(update={"claims": claims})


def test_a_claim_that_stands_where_it_points_is_right() -> None:
    one = cited((Claim(text="RPO 放宽到 5 秒", citations=(1,), verified=True),), (("a.docx", "RPO 放宽到 5 秒"),))
    scores, reasons = claim_scores(one, read)
    assert scores == {"quotes_verbatim": 1.0, "citation_precision": 1.0, "citation_recall": 1.0}
    assert reasons == []


def test_citations_off_by_one_are_found() -> None:
    claims = (
        Claim(text="RPO 放宽到 5 秒", citations=(2,), verified=True),
        Claim(text="合计 74", citations=(1,), verified=True),
    )
    scores, reasons = claim_scores(cited(claims, (("a.docx", "RPO 放宽到 5 秒"), ("b.xlsx", "合计 | 74"))), read)
    assert (scores["citation_precision"], scores["citation_recall"], scores["quotes_verbatim"]) == (0.0, 0.0, 1.0)
    assert reasons == ["not in the cited places: RPO 放宽到 5 秒", "not in the cited places: 合计 74"]


def test_a_citation_that_adds_nothing_costs_precision_only() -> None:
    claims = (Claim(text="RPO 放宽到 5 秒", citations=(1, 2), verified=True),)
    scores, _ = claim_scores(cited(claims, (("a.docx", "RPO 放宽到 5 秒"), ("b.xlsx", "合计 | 74"))), read)
    assert (scores["citation_precision"], scores["citation_recall"]) == (0.5, 1.0)


def test_two_citations_that_only_together_say_it_are_both_needed() -> None:
    claims = (Claim(text="RPO 放宽到 5 秒，合计 74", citations=(1, 2), verified=True),)
    scores, _ = claim_scores(cited(claims, (("a.docx", "RPO 放宽到 5 秒"), ("b.xlsx", "合计 | 74"))), read)
    assert (scores["citation_precision"], scores["citation_recall"]) == (1.0, 1.0)


def test_a_claim_without_a_citation_costs_recall() -> None:
    scores, _ = claim_scores(cited((Claim(text="RPO 为 0", citations=(), verified=False),), ()), read)
    assert (scores["citation_precision"], scores["citation_recall"]) == (None, 0.0)


def test_a_quote_that_is_not_in_its_document_is_told() -> None:
    scores, reasons = claim_scores(cited((), (("a.docx", "RPO 为 0"),)), read)
    assert scores["quotes_verbatim"] == 0.0
    assert reasons == ["the quote of [1] does not stand in its document"]


def test_a_refusal_has_nothing_to_count() -> None:
    scores, _ = claim_scores(answer("？", "refused"), read)
    assert set(scores.values()) == {None}
