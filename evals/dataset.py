"""Question sets: those that come with Caselore (`datasets/NAME/SPLIT.jsonl`), and files of one's own."""

from pathlib import Path
from typing import Literal

from pydantic import model_validator

from evals.jsonl import read_rows
from ingest.document import Locator, Value
from ingest.errors import UsageError
from ingest.said import Said

Split = Literal["dev", "test", "whole"]
"""`dev` and `test` are halves with no project in common; `whole` asks across both and is only reported."""

DATASETS = Path(__file__).parent / "datasets"


class Gold(Value):
    """A place that answers a question: a document (its path in the corpus's manifest) and words that stand there.

    `locator` leads a person to the words; nothing is scored by it. Its picture's box and the like may be absent.
    """

    path: str
    quote: str
    locator: Locator | None = None


class Question(Value):
    """One question. `kind` groups questions of a sort.

    All of `gold` is needed for a full answer; a place in `also` says the same as one of them and may stand in for it.
    `figures` are the numbers and codes, `points` the statements that a right answer must contain; `must_not` are
    words that would be wrong (a superseded figure, another project's). A question that the documents do not answer has
    `answerable` false, no gold, and says in `missing` what is not there; on an answerable question `missing` is the
    part that is not. `history` are the questions asked before in the same conversation, oldest first. `premise` says
    what the question wrongly takes for granted.
    """

    id: str
    question: str
    kind: str
    answerable: bool
    gold: tuple[Gold, ...] = ()
    also: tuple[Gold, ...] = ()
    figures: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    missing: str | None = None
    history: tuple[str, ...] = ()
    premise: str | None = None

    @model_validator(mode="after")
    def _hangs_together(self) -> "Question":
        if not self.question.strip():
            raise ValueError("the question is empty")
        if not self.answerable and (self.gold or self.figures or self.points):
            raise ValueError("an unanswerable question has no gold, figures or points")
        return self

    @property
    def places(self) -> tuple[Gold, ...]:
        """Every place that is right to find or to cite."""
        return self.gold + self.also


class ReadingQuestion(Question):
    """A question of a public reading set: any of `answers`, said, answers it. No answers: it is to be refused."""

    answers: tuple[str, ...] = ()


def load_questions(name: str, split: Split) -> list[Question]:
    """The questions of one split. Raises `UsageError` when there is no such set or split, or a line is malformed."""
    path = DATASETS / name / f"{split}.jsonl"
    if not path.is_file():
        known = ", ".join(sorted(f"{file.parent.name}/{file.stem}" for file in DATASETS.glob("*/*.jsonl")))
        raise UsageError(
            Said("There is no question set {name}/{split}.", name=name, split=split),
            Said(
                "Sets: {known}; or name a file of your own (`caselore eval template FILE` writes one).",
                known=known or "none",
            ),
        )
    return with_own_ids(list(read_rows(path, Question)), str(path))


def with_own_ids(questions: list[Question], where: str) -> list[Question]:
    """The questions, each with an id that no other has. Raises `UsageError` for one that two share."""
    seen: set[str] = set()
    for one in questions:
        if one.id in seen:
            raise UsageError(
                Said("{where}: two questions have the id {id}.", where=where, id=one.id), "Give each an id of its own."
            )
        seen.add(one.id)
    return questions
