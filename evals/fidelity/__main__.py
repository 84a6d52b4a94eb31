"""`python -m evals.fidelity`: makes the files, parses them, prints what came out of each."""

import argparse
import json
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from evals.fidelity.report import Report, add_up, show
from evals.fidelity.sample import gold_files
from evals.fidelity.suite import QUICK, SLOW, run, score_file


def measure(folder: Path | None = None, quick: bool = False, only: str = "") -> Report:
    """Run the suite. The files stay in `folder` when one is given; `only` is part of the makers' names."""
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


def main() -> None:
    """Entry point; exit code 1 when a format misses its goal."""
    parser = argparse.ArgumentParser(prog="python -m evals.fidelity", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    parser.add_argument("--quick", action="store_true", help="without LibreOffice, OCR and the sample corpus")
    parser.add_argument("--only", default="", help="part of the makers' names")
    parser.add_argument("--keep", type=Path, help="leave the files in this folder")
    options = parser.parse_args()
    report = measure(options.keep, options.quick, options.only)
    if options.json:
        sys.stdout.write(json.dumps(report.model_dump(), ensure_ascii=False) + "\n")
    else:
        show(report, Console())
    sys.exit(1 if report.below else 0)


if __name__ == "__main__":
    main()
