"""Question sets about Caselore's own documents: `datasets/NAME/SPLIT.jsonl`, one question a line."""

from pathlib import Path
from typing import Literal

from evals.jsonl import read_rows
from ingest.document import Value
from ingest.errors import UsageError

Split = Literal["dev", "test"]

DATASETS = Path(__file__).parent / "datasets"


class Gold(Value):
    """A place that answers a question: a document (its path in the corpus's manifest) and words that stand there."""

    path: str
    quote: str


class Question(Value):
    """One question. `kind` groups questions of a sort; `figures` are numbers or codes that a right answer must name.

    All of `gold` is needed for a full answer; a place in `also` says the same as one of them and may stand in for it.
    A question that the documents do not answer has `answerable` false and no gold.
    """

    id: str
    question: str
    kind: str
    answerable: bool
    gold: tuple[Gold, ...] = ()
    also: tuple[Gold, ...] = ()
    figures: tuple[str, ...] = ()

    @property
    def places(self) -> tuple[Gold, ...]:
        """Every place that is right to find or to cite."""
        return self.gold + self.also


def load_questions(name: str, split: Split) -> list[Question]:
    """The questions of one split. Raises `UsageError` when there is no such set or split, or a line is malformed."""
    path = DATASETS / name / f"{split}.jsonl"
    if not path.is_file():
        known = ", ".join(sorted(f"{file.parent.name}/{file.stem}" for file in DATASETS.glob("*/*.jsonl")))
        raise UsageError(f"There is no question set {name}/{split}.", f"Sets: {known or 'none'}.")
    return list(read_rows(path, Question))
