"""What an ingest run reports: while it goes on (`Progress`), and when it is done (`IngestReport`)."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

Outcome = Literal["added", "updated", "unchanged", "removed", "failed"]


@dataclass(frozen=True)
class Failure:
    """A file that was not taken: which, why, and what to do."""

    path: str
    error: str
    hint: str


def _zero_outcomes() -> dict[Outcome, int]:
    return {"added": 0, "updated": 0, "unchanged": 0, "removed": 0, "failed": 0}


@dataclass
class IngestReport:
    """What one run did.

    `chunks` counts the chunks embedded and written by this run (0 when nothing changed); `passed_over` the files of
    kinds that are no documents; `stages` is seconds by stage (parse, split, embed, lexical, write, optimize).
    """

    documents: dict[Outcome, int] = field(default_factory=_zero_outcomes)
    chunks: int = 0
    seconds: float = 0.0
    failures: list[Failure] = field(default_factory=list)
    passed_over: int = 0
    stages: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the time spent inside to a stage."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.stages[name] = self.stages.get(name, 0.0) + time.perf_counter() - started

    def to_json(self) -> dict[str, Any]:
        """The report as one JSON document."""
        return asdict(self) | {"stages": {name: round(seconds, 3) for name, seconds in self.stages.items()}}


class Progress:
    """What a run tells whoever watches it; does nothing. Subclass it to show it or to send it on."""

    def start(self, files: int) -> None:
        """`files` files will be looked at."""

    def file(self, path: Path) -> None:
        """This file is being looked at."""

    def embedded(self, done: int, total: int) -> None:
        """`done` of the current file's `total` chunks are embedded."""

    def finished(self, path: Path, outcome: Outcome) -> None:
        """The file is done."""
