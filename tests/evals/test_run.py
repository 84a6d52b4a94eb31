"""A run over a scripted assistant: every sample scored and explained, the means over what is defined."""

from evals.dataset import Gold, Question
from evals.report import RunReport, summarize
from evals.run import run
from evals.sample import Sample
from retrieval.answer import Answer
from retrieval.asking import Asking
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
    def ask(self, asking: Asking) -> Answer:
        return ANSWERS[asking.question]

    def search(self, asking: Asking, k: int) -> SearchResult:
        found = (passage(1, "a.docx", "RPO 为 0"), passage(2, "b.docx", "RTO 为 30 秒"))
        return SearchResult(asking.question, found, {}, {})


def report(questions: list[Question], texts: list[str]) -> RunReport:
    return summarize("hand", "dev", list(run(questions, Scripted(), lambda _: texts)))


def test_metrics_are_means_over_the_questions_they_are_defined_for() -> None:
    found = report(QUESTIONS, ["RPO 为 0"])
    assert (found.set, found.split, found.n) == ("hand", "dev", 4)
    metrics = found.metrics
    assert metrics["document_mrr@10"] == 0.75
    assert metrics["passage_recall@1"] == 0.5
    assert metrics["first_citation_document"] == 0.5
    assert metrics["figures_named"] == 1.0
    assert metrics["quotes_verbatim"] == 1.0
    assert metrics["answerable_answered"] == 0.5
    assert (metrics["refusal_precision"], metrics["refusal_recall"], metrics["refusal_f1"]) == (0.5, 0.5, 0.5)


def test_every_sample_says_why() -> None:
    by_id = {sample.id: sample for sample in report(QUESTIONS, []).per_question}
    assert "gold document at rank 1; gold passage at rank 1" in by_id["q1"].explanation
    assert "refused, but the documents answer it" in by_id["q2"].explanation
    assert by_id["q3"].explanation == ""
    assert by_id["q4"].explanation.startswith("answered, but nothing supports it")


def test_a_set_without_refusals_has_no_refusal_recall() -> None:
    metrics = report(QUESTIONS[:1], ["RPO 为 0"]).metrics
    assert metrics["refusal_recall"] is None
    assert metrics["refusal_precision"] is None


def test_what_is_done_is_not_asked_again_and_what_is_new_is_kept() -> None:
    done = {sample.id: sample for sample in run(QUESTIONS[:2], Scripted(), lambda _: [])}
    done["q1"] = done["q1"].model_copy(update={"explanation": "from before"})
    kept: list[Sample] = []
    found = list(run(QUESTIONS, Scripted(), lambda _: [], done, kept.append))
    assert [sample.id for sample in found] == ["q1", "q2", "q3", "q4"]
    assert found[0].explanation == "from before"
    assert [sample.id for sample in kept] == ["q3", "q4"]
