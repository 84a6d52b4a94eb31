"""Fitting the refusal model."""

from dataclasses import replace

from evals.calibrate import Case, calibrate
from evals.made_questions import MadeQuestion
from retrieval.evidence import Evidence


def questions(origin: str) -> list[MadeQuestion]:
    return [MadeQuestion(f"{origin}{number}", answerable=number % 2 == 0) for number in range(40)]


def number(question: str) -> int:
    return int(question[3:] if question[:3] == "dev" else question[4:])


def case(score: float, question: str) -> Case:
    found = Evidence(score=score, agreement=1.0, focus=1.0, lacks=False, put_off=False, coverage=1.0, missing=())
    return Case(project=f"project {number(question) // 10}", whole=found, parts=(found,))


def separable(question: str) -> Case:
    return case(0.9 if number(question) % 2 == 0 else 0.2, question)


def test_what_tells_answerable_from_not_gets_the_weight() -> None:
    found = calibrate({"dev": questions("dev")}, questions("made"), separable)
    assert found.weights["score"] > abs(found.weights["agreement"])
    assert found.auc == {"dev": 1.0, "made": 1.0, "asked": 1.0}
    assert found.questions == {"dev": 40, "made": 40, "asked": 40}


def test_the_threshold_parts_what_can_be_parted() -> None:
    found = calibrate({"dev": questions("dev")}, questions("made"), separable)
    at = min(found.outcomes["dev"], key=lambda one: abs(one.threshold - found.threshold))
    assert (at.answered, at.refused) == (1.0, 1.0)


def test_what_tells_nothing_reaches_nothing() -> None:
    found = calibrate({"dev": questions("dev")}, questions("made"), lambda question: case(0.5, question))
    assert abs(found.weights["score"]) < 0.01
    assert found.outcomes["dev"][0].answered in (0.0, 1.0)


def test_what_holds_in_one_project_only_does_not_count_as_learned() -> None:
    def reversed_in_one(question: str) -> Case:
        answerable = number(question) % 2 == 0
        return case(0.9 if answerable == (number(question) >= 20) else 0.2, question)

    assert calibrate({"dev": questions("dev")}, questions("made"), reversed_in_one).auc["dev"] < 0.5


def test_a_clear_part_raises_the_whole() -> None:
    def unclear_but_for_a_part(question: str) -> Case:
        clear = separable(question)
        return replace(clear, whole=case(0.5, question).whole) if question.startswith("made") else clear

    assert calibrate({"dev": questions("dev")}, questions("made"), unclear_but_for_a_part).auc["made"] == 1.0


def test_the_threshold_does_not_hang_on_how_many_questions_have_no_answer() -> None:
    def noisy(question: str) -> Case:
        # One answerable question of four looks like an unanswerable one, and the other way round.
        return case(0.9 if (number(question) % 2 == 0) != (number(question) % 8 in (6, 7)) else 0.2, question)

    both = questions("dev")
    twice = [*both, *(one for one in both if not one.answerable)]
    thresholds = {calibrate({"dev": asked}, both, noisy).threshold for asked in (both, twice)}
    assert max(thresholds) - min(thresholds) < 0.2


def test_the_state_of_the_library_is_told() -> None:
    def by_words(question: str) -> Case:
        found = separable(question)
        return replace(found, whole=replace(found.whole, by_words=True))

    assert calibrate({"dev": questions("dev")}, questions("made"), by_words).by_words
    assert not calibrate({"dev": questions("dev")}, questions("made"), separable).by_words
