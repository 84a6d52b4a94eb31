from evals.outcome import outcome, urgency
from tests.evals.runs import sample

RIGHT = sample("right", correct=1.0)
INCOMPLETE = sample("incomplete", correct=0.0)
REFUSED = sample("refused", correct=0.0).model_copy(update={"status": "refused"})
SHOULD_REFUSE = sample("should", correct=0.0).model_copy(update={"answerable": False})
WRONG = sample("wrong", correct=0.0, figures_wrong=1.0)


def test_each_failure_has_its_name() -> None:
    assert [outcome(one) for one in (RIGHT, INCOMPLETE, REFUSED, SHOULD_REFUSE, WRONG)] == [
        "right",
        "incomplete",
        "refused",
        "should_refuse",
        "figures_wrong",
    ]


def test_a_due_refusal_is_right() -> None:
    due = RIGHT.model_copy(update={"answerable": False, "status": "refused"})
    assert outcome(due) == "right"


def test_a_wrong_figure_comes_first_and_what_is_right_last() -> None:
    found = sorted([RIGHT, REFUSED, WRONG, INCOMPLETE, SHOULD_REFUSE], key=urgency)
    assert [one.id for one in found] == ["wrong", "should", "refused", "incomplete", "right"]
