"""The question set of a run, as a person names it: one that comes with Caselore, or a file of one's own."""

from dataclasses import dataclass
from pathlib import Path

from evals.dataset import DATASETS, Question, Split, load_questions
from evals.question_file import read_questions

OWN = "own"
"""The split of a file of one's own, which has none."""

SUFFIXES = (".xlsx", ".csv", ".jsonl")


@dataclass(frozen=True)
class Chosen:
    """Questions to ask, and what the run is called by."""

    name: str
    split: str
    questions: list[Question]


def choose(name: str, split: Split) -> Chosen:
    """The set of that name, or in that file; `split` is of no matter for a file. Raises `UsageError`."""
    if Path(name).suffix.lower() in SUFFIXES:
        return Chosen(Path(name).stem, OWN, read_questions(Path(name)))
    return Chosen(name, split, load_questions(name, split))


def shipped() -> list[tuple[str, str]]:
    """Name and split of every set that comes with Caselore."""
    return sorted((file.parent.name, file.stem) for file in DATASETS.glob("*/*.jsonl"))
