"""`python -m evals.bench parsing`: reading speed per format, ours with all workers and unstructured's `partition`.

Each side reads the same copies of the sample corpus's files in a process of its own; the first file of a kind is read
once unmeasured, so that neither pays for its imports. A page is a page of a pdf, a slide, a sheet, else 1 000
characters of what our parser read. unstructured's pdf part asks for packages that break the CPU torch: no figure.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil
from rich.console import Console
from rich.table import Table as Grid

from evals.bench.measure import peak_memory_mb
from ingest.document import ParsedDocument, Table
from ingest.errors import DocumentError
from ingest.parse.options import ReadOptions
from ingest.parse.reading import Parsed
from ingest.parse.workers.limits import Limits
from ingest.parse.workers.pool import ParsePool
from ingest.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
PEERS = ("docx", "pptx", "xlsx", "html", "md", "txt", "eml")
_CHARS_A_PAGE = 1000
_MIB = 1 << 20


def main() -> None:
    """Measure and print the table; `--side` is for the processes it starts."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench parsing", description=__doc__)
    parser.add_argument("--documents", type=Path, default=ROOT / "corpus" / "documents")
    parser.add_argument("--copies", type=int, default=5, help="copies of each file, of at most 40 a format")
    parser.add_argument("--formats", default=",".join((*PEERS, "pdf")))
    parser.add_argument("--ocr", action="store_true", help="ours also reads pictures, which the peer does not")
    parser.add_argument("--side", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.side:
        files = sorted(Path(options.side[1]).iterdir())
        print(json.dumps({"ours": _ours, "peer": _peer}[options.side[0]](files, options.ocr)))  # noqa: T201
        return
    grid = Grid("format", "files", "pages", "ours, pages/s", "unstructured", "ratio", "ours, peak MiB", "unstructured")
    for form in options.formats.split(","):
        with tempfile.TemporaryDirectory() as folder:
            if not _enlarge(options.documents, form, options.copies, Path(folder)):
                continue
            ours = _run("ours", folder, options.ocr)
            peer = (_run("peer", folder, options.ocr) or None) if form in PEERS else None
            grid.add_row(form, *_cells(ours, peer))
    console = Console(width=110)
    console.print(
        f"{os.cpu_count()} cores, {Limits.of(Settings()).workers} workers, OCR {'on' if options.ocr else 'off'}"
    )
    console.print(grid)


def _enlarge(documents: Path, form: str, copies: int, folder: Path) -> int:
    files = sorted(documents.rglob(f"*.{form}"))
    chosen = (files * copies)[:40]
    for number, file in enumerate(chosen):
        shutil.copy(file, folder / f"{number:03}.{form}")
    return len(chosen)


def _run(side: str, folder: str, ocr: bool) -> dict[str, Any]:
    command = [sys.executable, "-m", "evals.bench.parsing", "--side", side, folder, *(["--ocr"] if ocr else [])]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _cells(ours: dict[str, Any], peer: dict[str, Any] | None) -> list[str]:
    speeds = [ours["pages"] / one["seconds"] for one in (ours, peer) if one]
    shown = [f"{speed:,.1f}" for speed in speeds]
    return [
        str(ours["files"]),
        f"{ours['pages']:.0f}",
        shown[0],
        shown[1] if peer else "",
        f"{speeds[0] / speeds[1]:.2f}" if peer else "",
        f"{ours['peak_mb']:.0f}",
        f"{peer['peak_mb']:.0f}" if peer else "",
    ]


def _ours(files: Sequence[Path], ocr: bool) -> dict[str, Any]:
    options = ReadOptions(ocr=ocr)
    with ParsePool(Limits.of(Settings())) as pool, _Memory() as memory:
        workers = pool.limits.workers
        with ThreadPoolExecutor(workers) as threads:
            list(threads.map(lambda _: pool.read(files[0], options), range(2 * workers)))
            started = time.perf_counter()
            read = [one for one in threads.map(lambda file: _parsed(pool, file, options), files) if one]
            seconds = time.perf_counter() - started
    pages = sum(_pages(one.document) for one in read)
    return {"files": len(read), "pages": pages, "seconds": seconds, "peak_mb": memory.peak / _MIB}


def _parsed(pool: ParsePool, file: Path, options: ReadOptions) -> Parsed | None:
    """None for a file without text to be read, such as a scan without OCR."""
    try:
        return Parsed.model_validate_json(pool.read(file, options))
    except DocumentError:
        return None


def _peer(files: Sequence[Path], _ocr: bool) -> dict[str, Any]:
    # Without these it tries to download a language model at its first sentence, and fails where there is no network.
    os.environ.update(UNSTRUCTURED_DISABLE_NOTICE="1", SCARF_NO_ANALYTICS="true", DO_NOT_TRACK="true")
    import spacy
    from unstructured.nlp import tokenize
    from unstructured.partition.auto import partition

    language = spacy.blank("xx")
    language.add_pipe("sentencizer", config={"punct_chars": ["。", "！", "？", "；", "!", "?", "."]})
    tokenize._load_spacy_model = lambda: language
    try:
        partition(filename=str(files[0]), languages=["zho"])
    except ImportError:  # its extra for this format is not installed: `unstructured[md]` and so on
        return {}
    started = time.perf_counter()
    for file in files:
        partition(filename=str(file), languages=["zho"])
    return {"seconds": time.perf_counter() - started, "peak_mb": peak_memory_mb()}


def _pages(document: ParsedDocument) -> float:
    """Pages, slides or sheets that something stands on; where the format has none, thousands of characters."""
    places = {
        (one.locator.page, one.locator.slide, one.locator.sheet)
        for one in document.elements
        if one.locator.kind in ("page", "slide", "sheet") and not one.locator.within
    }
    if places:
        return len(places)
    return sum(len(one.text) + _characters(one.table) for one in document.elements) / _CHARS_A_PAGE


def _characters(table: Table | None) -> int:
    return sum(len(cell) for row in table.rows for cell in row.cells) if table else 0


class _Memory:
    """The most that this process and all its workers have held together, looked at ten times a second."""

    def __enter__(self) -> "_Memory":
        self.peak = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        own = psutil.Process()
        while not self._ended.wait(0.1):
            total = 0
            for process in (own, *own.children(recursive=True)):
                try:
                    total += process.memory_info().rss
                except psutil.Error:
                    continue
            self.peak = max(self.peak, total)


if __name__ == "__main__":
    main()
