"""What is told of an upload: to who waits for its end, and to who watches it go on."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from ingest.errors import CaseloreError, DocumentError, UnavailableError
from ingest.report import Failure, IngestReport, Outcome, Progress
from ingest.said import Said


class Tell(Protocol):
    """Hears what happens to the files of an upload, one event after the other."""

    def __call__(self, event: str, /, **data: Any) -> None:
        """`event` is what happened, `data` what there is to say about it."""


def unheard(_event: str, /, **_data: Any) -> None:
    """For uploads that nobody watches."""


@dataclass(frozen=True)
class UntilStopped(Progress):
    """Tells how far a file is, and ends an ingest when the service is `stopped`, unless all but done."""

    name: str
    stopped: Callable[[], bool]
    tell: Tell = unheard

    def about(self, name: str) -> "UntilStopped":
        """The same for a file inside."""
        return replace(self, name=name)

    def opened(self, archive: Path, files: int) -> None:
        """The archive is unpacked, and so many files are to be read."""
        self.tell("opened", path=archive.name, files=files)

    def reading(self, path: Path, done: int, total: int) -> None:  # noqa: ARG002
        """Raises `UnavailableError` when the service is stopped."""
        self.check()
        self.tell("reading", path=self.name, done=done, total=total)

    def embedded(self, done: int, total: int) -> None:
        """Raises `UnavailableError` when the service is stopped."""
        if done < total:
            self.check()

    def check(self) -> None:
        """Raises `UnavailableError` when the service is stopped."""
        if self.stopped():
            raise UnavailableError(
                Said("The service is stopping: {name} is not taken.", name=repr(self.name)), "Upload it again later."
            )


@dataclass
class Taken:
    """What became of the files of one upload; `errors` are those of the files not taken."""

    report: IngestReport = field(default_factory=IngestReport)
    documents: list[dict[str, str]] = field(default_factory=list)
    errors: list[CaseloreError] = field(default_factory=list)
    tell: Tell = unheard

    def take(self, path: str, document_id: str, outcome: Outcome) -> None:
        """A file was taken."""
        self.report.documents[outcome] += 1
        self.documents.append({"path": path, "id": document_id, "outcome": outcome})
        self.tell("taken", **self.documents[-1])

    def refuse(self, path: str, error: DocumentError) -> None:
        """A file was not taken."""
        self.report.documents["failed"] += 1
        self.report.failures.append(Failure(path, error.message, error.hint))
        self.errors.append(error)
        self.tell("failed", path=path, error=error.message, hint=error.hint)

    def to_json(self) -> dict[str, Any]:
        """The report of an ingest, with the id and outcome of each document taken. Where files lie on this machine is
        nobody's business.
        """
        report = self.report.to_json() | {"taken": self.documents}
        for told in (*report["warnings"], *report["notes"]):
            told["path"] = Path(told["path"]).name
        return report
