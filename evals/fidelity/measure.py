"""One run of the suite."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from evals.fidelity.report import Report, add_up
from evals.fidelity.sample import gold_files
from evals.fidelity.suite import QUICK, SLOW, run, score_file


def measure(folder: Path | None = None, quick: bool = False, only: str = "") -> Report:
    """Run the suite; `quick` leaves out what takes LibreOffice or OCR, and the sample corpus.

    The files stay in `folder` when one is given; `only` is part of their makers' names.
    """
    if folder is None:
        with TemporaryDirectory(prefix="caselore-fidelity-") as scratch:
            return measure(Path(scratch), quick, only)
    folder.mkdir(parents=True, exist_ok=True)
    start, skipped = time.perf_counter(), list[str]()
    makers = [one for one in (QUICK if quick else QUICK + SLOW) if only in f"{one.__module__}.{one.__name__}"]
    files = list(run(makers, folder, skipped))
    if not only and not quick:
        files += [score_file(made) for made in gold_files()]
    return add_up(files, time.perf_counter() - start, skipped)
