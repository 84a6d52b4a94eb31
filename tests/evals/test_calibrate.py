"""Fitting the refusal model."""

from evals.calibrate import calibrate
from evals.made_questions import MadeQuestion
from retrieval.evidence import Evidence


def questions(origin: str) -> list[MadeQuestion]:
    return [MadeQuestion(f"{origin}{number}", answerable=number % 2 == 0) for number in range(40)]


def evidence(coverage: float) -> Evidence:
    return Evidence(coverage=coverage, subject=1.0, agreement=1.0, lacks=False, missing=())


def separable(question: str) -> Evidence:
    answerable = int(question[3:] if question[:3] == "dev" else question[4:]) % 2 == 0
    return evidence(coverage=0.9 if answerable else 0.2)


def test_what_tells_answerable_from_not_gets_the_weight() -> None:
    found = calibrate(questions("dev"), questions("made"), separable)
    assert found.weights["coverage"] > abs(found.weights["subject"])
    assert found.auc == {"dev": 1.0, "made": 1.0}
    assert found.questions == {"dev": 40, "made": 40}


def test_what_tells_nothing_reaches_nothing() -> None:
    found = calibrate(questions("dev"), questions("made"), lambda _: evidence(0.5))
    assert abs(found.weights["coverage"]) < 0.01
    assert found.outcomes["dev"][0].answered in (0.0, 1.0)
