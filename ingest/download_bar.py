"""A progress bar for downloads that others make: it looks how far they are."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

_SECONDS_BETWEEN_LOOKS = 0.2


@contextmanager
def download_bar(label: str, measure: Callable[[], int], total: int | None) -> Iterator[None]:
    """Shows on a terminal (stderr) how many of `total` bytes there are, as `measure` says; elsewhere does nothing."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    done = threading.Event()
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(label, total=total)

        def watch() -> None:
            while not done.wait(_SECONDS_BETWEEN_LOOKS):
                progress.update(task, completed=measure())

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()


def bytes_under(folder: Path) -> int:
    """The size of all files under a folder; files that vanish while it looks do not count."""
    size = 0
    for file in folder.rglob("*"):
        try:
            size += file.stat().st_size if file.is_file() else 0
        except OSError:
            continue
    return size
