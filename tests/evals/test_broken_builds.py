"""A build that is broken on purpose shuts the gate, by the metric that says what is broken.

On the sample corpus with the real model: what the gate is for.
"""

from collections.abc import Sequence

import pytest

from evals.compare import compare
from evals.dataset import load_questions
from evals.documents import reader
from evals.gate import falls
from evals.report import RunReport, summarize
from evals.run import run
from ingest.library import Library
from retrieval.answer import Answer, Claim
from retrieval.assistant import Assistant
from retrieval.finding import Finding
from retrieval.quoted import quoted

pytestmark = pytest.mark.model

CITED = {"citation_precision", "citation_recall"}
FOUND = {"passage_recall@5", "passage_ndcg@10", "document_recall@5"}


def score(library: Library) -> RunReport:
    samples = run(load_questions("caselore", "dev"), Assistant(library), reader(library))
    return summarize("caselore", "dev", list(samples))


@pytest.fixture(scope="module")
def intact(sample_library: Library) -> RunReport:
    return score(sample_library)


def fallen(before: RunReport, library: Library) -> set[str]:
    return {fall.metric for fall in falls(compare(before, score(library)))}


def test_the_same_build_passes(intact: RunReport, sample_library: Library) -> None:
    assert fallen(intact, sample_library) == set()


def test_a_wrong_tokenizer_is_caught_by_what_is_found(
    intact: RunReport, sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def letters(text: str) -> Sequence[str]:
        return list(text)

    monkeypatch.setattr("ingest.lexical._SPLITTERS", {"words": letters, "bigrams": letters})
    monkeypatch.setattr("ingest.lexical.code_parts", letters)
    worse = fallen(intact, sample_library)
    assert worse & FOUND
    assert not worse & {"quotes_verbatim", *CITED}


def test_citations_off_by_one_are_caught_by_citation_metrics(
    intact: RunReport, sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shifted(finding: Finding) -> Answer:
        answer = quoted(finding)
        count = len(answer.citations)
        claims = [
            Claim(text=one.text, citations=tuple(n % count + 1 for n in one.citations), verified=True)
            for one in answer.claims
        ]
        return answer.model_copy(update={"claims": tuple(claims)})

    monkeypatch.setattr("retrieval.assistant.quoted", shifted)
    assert fallen(intact, sample_library) == CITED


def test_refusal_switched_off_is_caught_by_refusal_recall(
    intact: RunReport, sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.assistant.THRESHOLD", 0.0)
    worse = fallen(intact, sample_library)
    assert "refusal_recall" in worse
    assert not worse & {*FOUND, *CITED}
