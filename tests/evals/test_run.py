"""A run over a scripted assistant: every sample scored and explained, the means over what is defined."""

from evals.dataset import Gold, Question
from evals.run import run
from retrieval.answer import Answer
from retrieval.search import SearchResult
from tests.evals.found import answer, passage

QUESTIONS = [
    Question(
        id="q1",
        question="RPO？",
        kind="text",
        answerable=True,
        gold=(Gold(path="a.docx", quote="RPO 为 0"),),
        figures=("0",),
    ),
    Question(
        id="q2", question="RTO？", kind="text", answerable=True, gold=(Gold(path="b.docx", quote="RTO 为 30 秒"),)
    ),
    Question(id="q3", question="报价？", kind="refuse", answerable=False),
    Question(id="q4", question="利润？", kind="refuse", answerable=False),
]
ANSWERS = {
    "RPO？": answer("RPO？", "answered", "RPO 为 0", (("a.docx", "RPO 为 0"),)),
    "RTO？": answer("RTO？", "refused"),
    "报价？": answer("报价？", "refused"),
    "利润？": answer("利润？", "answered", "RPO 为 0", (("a.docx", "RPO 为 0"),)),
}


class Scripted:
    def ask(self, question: str) -> Answer:
        return ANSWERS[question]

    def search(self, question: str, k: int) -> SearchResult:
        found = (passage(1, "a.docx", "RPO 为 0"), passage(2, "b.docx", "RTO 为 30 秒"))
        return SearchResult(question, found, {}, {})


def test_metrics_are_means_over_the_questions_they_are_defined_for() -> None:
    report = run("hand", "dev", QUESTIONS, Scripted(), lambda _: ["RPO 为 0"])
    assert (report.set, report.split, report.n) == ("hand", "dev", 4)
    metrics = report.metrics
    assert metrics["document_mrr@10"] == 0.75
    assert metrics["passage_recall@1"] == 0.5
    assert metrics["first_citation_document"] == 0.5
    assert metrics["figures_named"] == 1.0
    assert metrics["quotes_verbatim"] == 1.0
    assert metrics["answerable_answered"] == 0.5
    assert (metrics["refusal_precision"], metrics["refusal_recall"], metrics["refusal_f1"]) == (0.5, 0.5, 0.5)


def test_every_sample_says_why() -> None:
    by_id = {sample.id: sample for sample in run("hand", "dev", QUESTIONS, Scripted(), lambda _: []).per_question}
    assert "gold document at rank 1; gold passage at rank 1" in by_id["q1"].explanation
    assert "refused, but the documents answer it" in by_id["q2"].explanation
    assert by_id["q3"].explanation == ""
    assert by_id["q4"].explanation.startswith("answered, but nothing supports it")


def test_a_set_without_refusals_has_no_refusal_recall() -> None:
    metrics = run("hand", "dev", QUESTIONS[:1], Scripted(), lambda _: ["RPO 为 0"]).metrics
    assert metrics["refusal_recall"] is None
    assert metrics["refusal_precision"] is None
