"""Question sets: what is shipped can be read; an unknown one is told."""

from pathlib import Path

import pytest

from evals.dataset import DATASETS, Question, load_questions
from evals.jsonl import read_rows
from ingest.errors import UsageError

ONLY_WHETHER = "refusals"
"""The set that tells only whether the documents answer: what refusals are fitted on."""


@pytest.mark.parametrize("file", sorted(DATASETS.glob("*/*.jsonl")), ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_shipped_questions_are_sound(file: Path) -> None:
    questions = list(read_rows(file, Question))
    assert questions
    assert len({one.id for one in questions}) == len(questions)
    if file.parent.name == ONLY_WHETHER:
        assert not any(one.gold for one in questions)
        assert {one.answerable for one in questions} == {True, False}
    else:
        assert all(bool(one.gold) == one.answerable for one in questions)


def test_an_unknown_set_is_told() -> None:
    with pytest.raises(UsageError, match="no question set nothing/dev"):
        load_questions("nothing", "dev")
