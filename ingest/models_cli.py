"""`caselore models`: which embedding models there are, and fetching one."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from ingest.download_bar import bytes_under
from ingest.embed_hashing import HashingEmbedder
from ingest.errors import ModelUnavailable
from ingest.model_catalogue import CATALOGUE, HASHING, find_entry
from ingest.model_origin import Origin
from ingest.models import locate, read_ready, resolve
from ingest.settings import Settings

app = typer.Typer(no_args_is_help=True)


@app.command("list")
def list_models(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """List known and fetched models, and where each came from."""
    rows = list(_rows(Settings()))
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    table = Table("", "name", "state", "dimensions", "licence", "engine", "origin", box=None, header_style="bold")
    for row in rows:
        cells = (row["name"], row["state"], row["dimensions"], row["licence"], row["engine"], row["origin"])
        table.add_row("→" if row["selected"] else "", *("" if cell is None else str(cell) for cell in cells))
    Console().print(table)


@app.command()
def pull(
    name: Annotated[
        str | None,
        typer.Argument(help="A name from `caselore models list`, a hub id, or a folder; without it, the one set."),
    ] = None,
) -> None:
    """Fetch a model and prepare it, unless that was done already."""
    settings = Settings()
    name = name or settings.embed_model
    if name == HASHING:
        typer.echo(f"{HASHING} is built in: there is nothing to fetch.")
        return
    model = resolve(name, settings)
    folders = {model.folder} if model.prepared.is_relative_to(model.folder) else {model.folder, model.prepared}
    size = sum(map(bytes_under, folders))
    typer.echo(f"{model.name} is ready: {model.folder}")
    typer.echo(f"  {model.origin.origin}; licence: {model.licence or 'not stated'}; {size / 2**20:.0f} MiB")
    agreement = f", cosine to the original {model.recipe.cosine_mean}" if model.recipe.cosine_mean else ""
    typer.echo(f"  fingerprint {model.fingerprint}; engine {model.recipe.engine}{agreement}")


def _rows(settings: Settings) -> Iterator[dict[str, Any]]:
    names = [entry.name for entry in CATALOGUE]
    names += [name for name in _fetched(settings) if name not in names]
    selected = settings.embed_model
    entry = find_entry(selected)
    selected = entry.name if entry else selected
    if selected not in (*names, HASHING):
        names.append(selected)
    for name in names:
        yield _row(name, settings) | {"selected": name == selected}
    yield {
        "name": HASHING,
        "state": "built in",
        "dimensions": HashingEmbedder.dimensions,
        "licence": None,
        "engine": HASHING,
        "origin": None,
        "folder": None,
        "fingerprint": HashingEmbedder.fingerprint,
        "selected": selected == HASHING,
    }


def _row(name: str, settings: Settings) -> dict[str, Any]:
    entry = find_entry(name)
    model, state = None, "not fetched"
    try:
        model = read_ready(locate(name, settings))
    except ModelUnavailable:
        state = "no such model"
    return {
        "name": name,
        "state": "ready" if model else state,
        "dimensions": model.recipe.dimensions if model else entry and entry.dimensions,
        "licence": model.licence if model else entry and entry.licence,
        "engine": model.recipe.engine if model else None,
        "origin": model.origin.origin if model else None,
        "folder": str(model.folder) if model else None,
        "fingerprint": model.fingerprint if model else None,
    }


def _fetched(settings: Settings) -> list[str]:
    store: Path = settings.models_path
    folders = sorted(store.iterdir()) if store.is_dir() else []
    return [folder.name.replace("--", "/", 1) for folder in folders if Origin.read(folder)]
