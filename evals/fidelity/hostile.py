"""`python -m evals.fidelity.hostile FOLDER…`: reads every file of collections of nasty documents in worker processes.

Prints, for each collection and extension, how the files fared; a file that brings its worker down, hangs, or goes over
the memory limit counts against the parsers, one that is refused with advice does not.
"""

import argparse
import json
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

from ingest.document import Value
from ingest.errors import CaseloreError, DocumentTooLarge, ParserCrashed, ParseTimeout
from ingest.parse.options import ReadOptions
from ingest.parse.reading import Parsed
from ingest.parse.workers.limits import Limits
from ingest.parse.workers.pool import ParsePool
from ingest.settings import Settings

_ENDED_THE_WORKER = (ParserCrashed.__name__, ParseTimeout.__name__)
_LOOK_EVERY_S = 0.25
_IN_THE_PARSER = "in the"  # what parse_file says when a library's own error reached it


class Fate(Value):
    """How one file fared: `read`, or the class of the error; `advice` is what the user was told."""

    path: str
    collection: str
    extension: str
    outcome: str
    advice: str = ""
    elements: int = 0
    unread: int = 0
    seconds: float


def collect(folders: Sequence[Path], most: int) -> list[tuple[str, Path]]:
    """The files of each collection, `most` in all: every n-th, so that each folder and extension has its share."""
    files = [(folder.name, file) for folder in folders for file in sorted(folder.rglob("*")) if file.is_file()]
    step = max(1.0, len(files) / most)
    return [files[int(at * step)] for at in range(min(most, len(files)))]


def try_all(files: Sequence[tuple[str, Path]], settings: Settings) -> Iterator[Fate]:
    """Each file's fate, in the order given."""
    options, limits = ReadOptions.of(settings), Limits.of(settings)
    with ParsePool(limits) as pool, ThreadPoolExecutor(limits.workers) as threads:
        yield from threads.map(lambda one: _try(pool, options, *one), files)


def _try(pool: ParsePool, options: ReadOptions, collection: str, path: Path) -> Fate:
    start = time.perf_counter()
    outcome, advice, elements, unread = "read", "", 0, 0
    try:
        document = Parsed.model_validate_json(pool.read(path, options)).document
        elements, unread = len(document.elements), len(document.unread)
    except CaseloreError as error:
        outcome, advice = type(error).__name__, str(error)
    return Fate(
        path=str(path),
        collection=collection,
        extension=path.suffix.lower().removeprefix(".") or "(none)",
        outcome=outcome,
        advice=advice,
        elements=elements,
        unread=unread,
        seconds=time.perf_counter() - start,
    )


def is_over_memory(fate: Fate) -> bool:
    """Whether the file was stopped for the memory it took."""
    return fate.outcome == DocumentTooLarge.__name__ and "memory" in fate.advice


def is_parsers_fault(fate: Fate) -> bool:
    """Whether a library's own error had to be caught: advice was given, but it may be a fault of the parser's."""
    return f" {_IN_THE_PARSER} " in fate.advice and "parser." in fate.advice


def table(fates: Sequence[Fate]) -> Table:
    """How the files of each collection and extension fared."""
    shown = Table(box=None, header_style="bold")
    for name in ("collection", "ext", "files", "read", "refused with advice", "caught in a parser", "crashed",
                 "timed out", "over memory", "slowest, s"):  # fmt: skip
        shown.add_column(name, justify="left" if name in ("collection", "ext", "refused with advice") else "right")
    groups: dict[tuple[str, str], list[Fate]] = {}
    for fate in fates:
        groups.setdefault((fate.collection, fate.extension), []).append(fate)
        groups.setdefault((fate.collection, "all"), []).append(fate)
    for (collection, extension), ours in sorted(groups.items()):
        outcomes = Counter(one.outcome for one in ours)
        refused = {name: number for name, number in outcomes.items() if name not in ("read", *_ENDED_THE_WORKER)}
        shown.add_row(
            collection,
            extension,
            str(len(ours)),
            str(outcomes["read"]),
            ", ".join(f"{number} {name}" for name, number in sorted(refused.items(), key=lambda one: -one[1])),
            str(sum(map(is_parsers_fault, ours))),
            str(outcomes[ParserCrashed.__name__]),
            str(outcomes[ParseTimeout.__name__]),
            str(sum(map(is_over_memory, ours))),
            f"{max(one.seconds for one in ours):.1f}",
        )
    return shown


def main() -> None:
    """Entry point; exit code 1 when a file crashed or hung its worker."""
    parser = argparse.ArgumentParser(prog="python -m evals.fidelity.hostile", description=__doc__.partition("\n")[0])
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER", help="a collection each")
    parser.add_argument("--most", type=int, default=1500, help="files in all")
    parser.add_argument("--timeout", type=float, default=30, help="seconds without progress before a file is given up")
    parser.add_argument("--memory", type=int, default=1024, help="MiB that one file may take")
    parser.add_argument("--json", type=Path, help="also write each file's fate to this file")
    options = parser.parse_args()
    total = 4 * options.timeout
    settings = Settings(parse_timeout_s=options.timeout, parse_total_s=total, parse_memory_mb=options.memory)
    files = collect(options.folders, options.most)
    console, start, watch = Console(width=160), time.perf_counter(), Watch()
    watch.start()
    fates = []
    for fate in try_all(files, settings):
        fates.append(fate)
        if fate.outcome in _ENDED_THE_WORKER or is_parsers_fault(fate) or is_over_memory(fate):
            console.print(f"{fate.path}: {fate.outcome}: {fate.advice}", markup=False, highlight=False, soft_wrap=True)
        if options.json and len(fates) % 50 == 0:
            _write(options.json, fates)
    watch.stop()
    console.print(table(fates))
    limits = f"{settings.parse_timeout_s:g} s and {settings.parse_memory_mb} MiB each"
    console.print(f"{len(fates)} files in {time.perf_counter() - start:.0f} s; {limits}", highlight=False)
    seen = f"{watch.mib:.0f} MiB; network sockets seen: {watch.sockets}"
    console.print(f"most memory of a worker and what it started: {seen}", highlight=False)
    if options.json:
        _write(options.json, fates)
    sys.exit(any(fate.outcome in _ENDED_THE_WORKER for fate in fates))


class Watch(threading.Thread):
    """Looks at the workers all the time: the most memory that one held with what it had started, and sockets of the
    network that any of them had open.
    """

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.mib = 0.0
        self.sockets = 0
        self._done = threading.Event()

    def run(self) -> None:
        """Look until stopped."""
        while not self._done.wait(_LOOK_EVERY_S):
            for worker in psutil.Process().children():
                try:
                    family = [worker, *worker.children(recursive=True)]
                    self.mib = max(self.mib, sum(one.memory_info().rss for one in family) / 2**20)
                    self.sockets += sum(len(one.net_connections("inet")) for one in family)
                except psutil.Error:
                    continue

    def stop(self) -> None:
        """Look no more."""
        self._done.set()
        self.join()


def _write(path: Path, fates: Sequence[Fate]) -> None:
    path.write_text(json.dumps([fate.model_dump() for fate in fates], ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    main()
