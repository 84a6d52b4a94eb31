"""The judge's opinions: a stopped run goes on, and an answer that stayed the same is not judged twice."""

from pathlib import Path

from evals.remembered import Remembered
from ingest.document import Value


class Opinion(Value):
    """A model's verdict from 0 to 1, its words, and the tokens it read and wrote for it."""

    value: float
    why: str
    read: int
    wrote: int


class Opinions(Remembered[Opinion]):
    """Opinions by model, prompt, answer and sources. Raises `DataDirNotWritable` when the file cannot be written."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, Opinion)
