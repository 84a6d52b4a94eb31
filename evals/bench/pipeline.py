"""`python -m evals.bench pipeline`: ingest and questions as a user runs them, beside a plain LlamaIndex pipeline."""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from evals.bench.measure import percentile
from ingest.models import resolve
from ingest.settings import Settings

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Measure both and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench pipeline", description=__doc__)
    parser.add_argument("--documents", type=Path, default=ROOT / "corpus" / "documents")
    parser.add_argument("--questions", type=Path, default=ROOT / "evals" / "datasets" / "caselore" / "dev.jsonl")
    parser.add_argument("--json", type=Path, help="also write all figures to this file")
    options = parser.parse_args()
    settings = Settings()
    model = resolve(settings.embed_model, settings)
    with tempfile.TemporaryDirectory() as work:
        arguments = [str(options.documents.resolve()), str(options.questions.resolve())]
        ours = _run("evals.bench.ours", *arguments, str(Path(work, "ours")))
        peer = _run("evals.bench.plain_llamaindex", *arguments, str(Path(work, "peer")), str(model.folder))
    console = Console(width=110)
    console.print(
        f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, model {model.name}"
    )
    console.print(_ingest_table(ours, peer))
    console.print(_query_table(ours, peer))
    if ours["failed"]:
        console.print(f"not taken: {ours['failed']}")
    if options.json:
        options.json.write_text(json.dumps({"ours": ours, "peer": peer}, indent=1), "utf-8")


def _run(module: str, *arguments: str) -> dict[str, Any]:
    done = subprocess.run([sys.executable, "-m", module, *arguments], cwd=ROOT, stdout=subprocess.PIPE, check=True)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _ingest_table(ours: dict[str, Any], peer: dict[str, Any]) -> Table:
    table = Table(
        "ingest", "Caselore", "plain LlamaIndex", "ratio", title="Ingest (ratio: ours / peer)", title_justify="left"
    )
    for name in dict.fromkeys([*ours["stages"], *peer["stages"]]):
        _row(table, f"{name}, s", ours["stages"].get(name), peer["stages"].get(name))
    seconds = [sum(value for name, value in one["stages"].items() if name != "load") for one in (ours, peer)]
    _row(table, "all but load, s", *seconds)
    for name in ("documents", "chunks", "characters"):
        _row(table, name, ours[name], peer[name])
        _row(table, f"{name}/s", ours[name] / seconds[0], peer[name] / seconds[1])
    _row(table, "peak memory, MiB", ours["peak_mb"], peer["peak_mb"])
    return table


def _query_table(ours: dict[str, Any], peer: dict[str, Any]) -> Table:
    table = Table(
        "query",
        "Caselore",
        "plain LlamaIndex",
        "ratio",
        title="Questions, ms (ratio: ours / peer)",
        title_justify="left",
    )
    for name in dict.fromkeys([*ours["queries"][0], *peer["queries"][0]]):
        for p in (50, 95):
            values = [
                percentile([one[name] for one in side["queries"]], p) if name in side["queries"][0] else None
                for side in (ours, peer)
            ]
            _row(table, f"{name} p{p}", *values)
    return table


def _row(table: Table, name: str, ours: float | None, peer: float | None) -> None:
    ratio = f"{ours / peer:.2f}" if ours is not None and peer else ""
    table.add_row(name, *("" if value is None else f"{value:,.2f}" for value in (ours, peer)), ratio)


if __name__ == "__main__":
    main()
