"""What became of a question, in one word, and which failures to look at first."""

from typing import Literal, get_args

from evals.sample import Sample

Outcome = Literal["figures_wrong", "should_refuse", "refused", "incomplete", "right"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
"""The most harmful first: a wrong figure is believed, a refusal only disappoints."""


def outcome(sample: Sample) -> Outcome:
    """The worst that can be said of the sample.

    `should_refuse`: answered though nothing supports an answer; `refused`: the documents do answer it.
    """
    if sample.is_correct:
        return "right"
    if sample.scores.get("figures_wrong"):
        return "figures_wrong"
    if not sample.answerable:
        return "should_refuse"
    return "refused" if sample.status == "refused" else "incomplete"


def urgency(sample: Sample) -> int:
    """A key to sort by: the most harmful first."""
    return OUTCOMES.index(outcome(sample))
