"""`caselore eval fidelity`: makes the files, parses them, shows what came out of each."""

import json
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from ingest.errors import UnavailableError

app = typer.Typer()

_BELOW_THE_GOAL = 1
_NEEDED = ("docx", "pdfplumber", "pptx", "reportlab", "xlsxwriter")


@app.command()
def fidelity(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
    quick: Annotated[bool, typer.Option("--quick", help="Without LibreOffice, OCR and the sample corpus.")] = False,
    only: Annotated[str, typer.Option("--only", metavar="NAME", help="Files whose maker's name has this in it.")] = "",
    keep: Annotated[Path | None, typer.Option("--keep", metavar="DIR", help="Leave the files made there.")] = None,
) -> None:
    """How much of what stands in files comes out of the parser, in its place: files of known content, all formats.

    Exit code 1: a format is below its goal.
    """
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise UnavailableError(f"Not installed: {', '.join(missing)}.", "pip install 'caselore[dev]'")
    from evals.fidelity.measure import measure
    from evals.fidelity.report import show

    report = measure(keep, quick, only)
    if as_json:
        print(json.dumps(report.model_dump(), ensure_ascii=False))
    else:
        show(report, Console())
    if report.below:
        sys.exit(_BELOW_THE_GOAL)
