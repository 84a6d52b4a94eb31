"""What an ingest run reports: while it goes on (`Progress`), and when it is done (`IngestReport`)."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from ingest import tracing
from ingest.document import Unread
from ingest.said import Said

Outcome = Literal["added", "updated", "unchanged", "removed", "failed"]


@dataclass(frozen=True)
class Failure:
    """A file that was not taken, or a part of one: which, why, and what to do."""

    path: str
    error: str
    hint: str

    @classmethod
    def of(cls, path: str, unread: Unread) -> "Failure":
        """What could not be read of the file at `path`, and where that stands."""
        place = unread.locator.label if unread.locator else ""
        said = Said("{message} ({place})", message=unread.message, place=place) if place else unread.message
        return cls(path, said, unread.hint)


@dataclass(frozen=True)
class Note:
    """Something about a file that a person may wonder at."""

    path: str
    note: str


def _zero_outcomes() -> dict[Outcome, int]:
    return {"added": 0, "updated": 0, "unchanged": 0, "removed": 0, "failed": 0}


@dataclass
class Waiting:
    """Whether time that is being taken counts."""

    counts: bool = True


@dataclass
class IngestReport:
    """What one run did.

    `chunks` counts the chunks written by this run (0 when nothing changed), `deepened` the documents of earlier runs
    that got their dense vectors; `warnings` name what could
    not be read of files that were taken; `notes` the files that hold nothing of their own; `passed_over` counts the
    files of kinds that are no documents, `pictures_passed_over` those found in folders without text, or not read since
    OCR is off; `stages` is seconds by stage (parse, split, embed, lexical, write, optimize),
    where `parse` is the time spent waiting for the workers.
    """

    documents: dict[Outcome, int] = field(default_factory=_zero_outcomes)
    chunks: int = 0
    deepened: int = 0
    seconds: float = 0.0
    failures: list[Failure] = field(default_factory=list)
    warnings: list[Failure] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    passed_over: int = 0
    pictures_passed_over: int = 0
    stages: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the time spent inside to a stage."""
        started = time.perf_counter()
        try:
            with tracing.span(name):
                yield
        finally:
            self.stages[name] = self.stages.get(name, 0.0) + time.perf_counter() - started

    @contextmanager
    def waiting(self, name: str) -> Iterator["Waiting"]:
        """As `stage`, where it turns out inside whether the time counts."""
        waiting, started = Waiting(), time.perf_counter()
        yield waiting
        if waiting.counts:
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

    def reading(self, path: Path, done: int, total: int) -> None:
        """`done` of `total` pages (sheets, slides) of this file are read. It need not be the file looked at: the next
        ones are read ahead, and this is called from the threads that wait for them.
        """

    def embedded(self, done: int, total: int) -> None:
        """`done` of the current file's `total` chunks are embedded."""

    def finished(self, path: Path, outcome: Outcome | None) -> None:
        """The file is done; `outcome` is None when it is a picture that was passed over."""
