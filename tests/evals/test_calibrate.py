"""Fitting the refusal model."""

from evals.calibrate import calibrate
from evals.made_questions import MadeQuestion
from retrieval.evidence import Evidence


def questions(origin: str) -> list[MadeQuestion]:
    return [MadeQuestion(f"{origin}{number}", answerable=number % 2 == 0) for number in range(40)]


def separable(question: str) -> Evidence:
    answerable = int(question[3:] if question[:3] == "dev" else question[4:]) % 2 == 0
    return Evidence(coverage=0.9 if answerable else 0.2, subject=1.0, fits=True, missing=())


def test_what_tells_answerable_from_not_gets_the_weight() -> None:
    found = calibrate(questions("dev"), questions("made"), separable)
    assert found.coverage > abs(found.subject)
    assert found.auc == {"dev": 1.0, "made": 1.0}
    assert found.questions == {"dev": 40, "made": 40}


def test_what_tells_nothing_reaches_nothing() -> None:
    found = calibrate(questions("dev"), questions("made"), lambda _: Evidence(0.5, 0.5, True, ()))
    assert abs(found.coverage) < 0.01
    assert found.outcomes["dev"][0].answered in (0.0, 1.0)
