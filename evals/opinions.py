"""The judge's opinions, kept as they come: a stopped run goes on, and an answer that stayed the same is not judged
twice.
"""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from evals.record import append_line
from ingest.document import Value


class Opinion(Value):
    """A model's verdict from 0 to 1, its words, and the tokens it read and wrote for it."""

    value: float
    why: str
    read: int
    wrote: int


class _Kept(Value):
    key: str
    opinion: Opinion


class Opinions:
    """Opinions in one file, a JSON line each, by what was asked. Raises `DataDirNotWritable` when it cannot be written.

    The file may be deleted at any time: then the model is asked again.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, Opinion] = {}
        for line in path.read_text("utf-8").splitlines() if path.is_file() else ():
            try:
                kept = _Kept.model_validate_json(line)
            except ValidationError:  # a line cut short by a kill
                continue
            self._known[kept.key] = kept.opinion

    def find(self, asked: Sequence[str]) -> Opinion | None:
        """The opinion on exactly this, if there is one."""
        return self._known.get(_key(asked))

    def keep(self, asked: Sequence[str], opinion: Opinion) -> None:
        """Add an opinion."""
        kept = _Kept(key=_key(asked), opinion=opinion)
        self._known[kept.key] = opinion
        append_line(self._path, kept.model_dump_json())


def _key(asked: Sequence[str]) -> str:
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:32]
