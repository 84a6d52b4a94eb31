"""The progress bar of `caselore ingest`."""

from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Column

from ingest.report import Outcome
from ingest.report import Progress as Watcher


class Bar(Watcher):
    """Draws on a terminal, does nothing elsewhere. `done` and `total` count files, also where nothing is drawn."""

    def __init__(self, console: Console) -> None:
        name = TextColumn("{task.description}", markup=False, table_column=Column(no_wrap=True, overflow="ellipsis"))
        columns = (SpinnerColumn(), BarColumn(bar_width=20), MofNCompleteColumn(), TimeElapsedColumn(), name)
        self._bar = Progress(*columns, console=console, disable=not console.is_terminal, transient=True)
        self._files: TaskID | None = None
        self._path = Path()
        self.done = self.total = 0

    def __enter__(self) -> "Bar":
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def start(self, files: int) -> None:
        """Set the bar to this many files, anew where it was set before."""
        if self._files is not None:
            self._bar.remove_task(self._files)
        self.done, self.total = 0, files
        self._files = self._bar.add_task("", total=files)

    def file(self, path: Path) -> None:
        """Name the file beside the bar."""
        self._path = path
        self._describe(path.name)

    def reading(self, path: Path, done: int, total: int) -> None:
        """Say how much of it is read, when it is the file named."""
        if path == self._path:
            self._describe(f"read {done}/{total} of {path.name}")

    def embedded(self, done: int, total: int) -> None:
        """Say how far into the file it is."""
        self._describe(f"{done}/{total} chunks of {self._path.name}")

    def finished(self, path: Path, outcome: Outcome | None) -> None:
        """Move the bar on; on a terminal, a file that could not be taken is named at once."""
        self.done += 1
        if outcome == "failed" and not self._bar.disable:
            self._bar.console.print(f"✗ {path.name}", style="red", markup=False, highlight=False)
        if self._files is not None:
            self._bar.advance(self._files)

    def _describe(self, text: str) -> None:
        if self._files is not None:
            self._bar.update(self._files, description=text)
