"""What a language model said, kept as it comes by what it was asked: nobody waits for the same words twice."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import ValidationError

from evals.record import append_line, kept_lines
from ingest.document import Value

One = TypeVar("One", bound=Value)


class _Kept(Value, Generic[One]):
    key: str
    said: One


class Remembered(Generic[One]):
    """Values of one kind in one file, a JSON line each. `fresh`: what is in the file already is not given.

    The file may be deleted at any time: then the model is asked again. Raises `DataDirNotWritable` when it cannot be
    written.
    """

    def __init__(self, path: Path, kind: type[One], *, fresh: bool = False) -> None:
        self._path = path
        self._line = _Kept[kind]  # type: ignore[valid-type]  # the kind is known at run time only
        self._known: dict[str, One] = {}
        for line in () if fresh else kept_lines(path):
            try:
                kept = self._line.model_validate_json(line)
            except ValidationError:  # a line cut short by a kill
                continue
            self._known[kept.key] = kept.said

    def find(self, asked: Sequence[str | Sequence[str]]) -> One | None:
        """What was said to exactly this, if it was asked."""
        return self._known.get(_key(asked))

    def keep(self, asked: Sequence[str | Sequence[str]], said: One) -> None:
        """Add what was said to this."""
        kept = self._line(key=_key(asked), said=said)
        self._known[kept.key] = said
        append_line(self._path, kept.model_dump_json())


def _key(asked: Sequence[str | Sequence[str]]) -> str:
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:32]
