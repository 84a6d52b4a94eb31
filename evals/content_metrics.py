"""Whether an answer says what it must, and nothing that it must not."""

import re
from collections.abc import Sequence

from evals.dataset import Question, ReadingQuestion
from evals.figures import figures, names_figure, unsupported_figures
from evals.reading.answers import answer_covered, answer_f1
from evals.sample import Scores
from evals.support import supports
from retrieval.answer import Answer

_UNIT_CHARS = 3

_MARK = re.compile(r"\s?\[\d+\]")
"""A citation's number, which is no figure of the answer."""

ENOUGH_POINTS = 0.5
"""An answer with fewer of its points is not called correct."""


def content_scores(question: Question, answer: Answer, cited: Sequence[str]) -> tuple[Scores, list[str]]:
    """Scores of what the answer says; `cited` are the texts of its sources.

    - `points_covered`: the share of the points that the answer's text supports (`support.py`); 0 when refused.
    - `answer_covered`, `answer_f1`: of a reading set, whether any of its answers is said, and how closely
      (`reading/answers.py`); 0 when refused.
    - `figures_named`: the share of the figures that must be in it; 0 when refused.
    - `figures_wrong`: 1 when an answer has a figure that none of its sources nor the question has, or says what it must
      not; 0 when it has none; None when refused.
    """
    refused = answer.status == "refused"
    text = "" if refused else _MARK.sub("", answer.text)
    scores: Scores = {}
    reasons: list[str] = []
    if question.points:
        covered = [supports(text, point) for point in question.points]
        scores["points_covered"] = sum(covered) / len(covered)
        if not refused:
            reasons += [
                f"point not covered: {point}"
                for point, is_in in zip(question.points, covered, strict=True)
                if not is_in
            ]
    if isinstance(question, ReadingQuestion) and question.answers:
        scores["answer_covered"] = answer_covered(text, question.answers)
        scores["answer_f1"] = 0.0 if refused else answer_f1(_claimed(answer), question.answers)
        if not refused and not scores["answer_covered"]:
            reasons.append(f"answer not given: {' / '.join(question.answers)}")
    if question.figures:
        named = [names_figure(text, figure) for figure in question.figures]
        scores["figures_named"] = sum(named) / len(named)
        reasons += [f"figure not named: {one}" for one, is_in in zip(question.figures, named, strict=True) if not is_in]
    wrong = [] if refused else _wrong(question, answer, cited)
    scores["figures_wrong"] = None if refused else float(bool(wrong))
    reasons += wrong
    return scores, reasons


def is_correct(question: Question, scores: Scores, *, refused: bool) -> bool:
    """Whether an answer with these scores is right: all figures, at least half of the points and nothing wrong; where
    neither figures nor points are stated, the right document cited first. Of a reading set: one of its answers said,
    and nothing wrong. An unanswerable question is to be refused.
    """
    if not question.answerable or refused:
        return not question.answerable and refused
    if "answer_covered" in scores:
        return bool(scores["answer_covered"]) and not scores["figures_wrong"]
    said = scores.get("points_covered")
    if said is None and not question.figures:
        said = scores.get("first_citation_document")
    points_right = said is None or said >= ENOUGH_POINTS
    return points_right and scores.get("figures_named") in (None, 1.0) and not scores["figures_wrong"]


def _wrong(question: Question, answer: Answer, cited: Sequence[str]) -> list[str]:
    sources = [question.question, *question.history, *cited]
    claimed = "\n".join(_claimed(answer))
    invented = [f"figure in no source: {figure}" for figure in unsupported_figures(claimed, sources)]
    return invented + [f"must not be said: {words}" for words in question.must_not if _says(claimed, words)]


def _claimed(answer: Answer) -> list[str]:
    return [claim.text for claim in answer.claims] or [_MARK.sub("", answer.text)]


def _says(text: str, words: str) -> bool:
    return names_figure(text, words) if _is_quantity(words) else supports(text, words)


def _is_quantity(words: str) -> bool:
    """A number or code, with no more than a unit: `15秒` is no statement whose parts may stand apart."""
    found = figures(words)
    return len(found) == 1 and len("".join(words.split())) - len("".join(found[0].split())) <= _UNIT_CHARS
