"""`caselore models`: which models there are, and fetching one."""

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
from ingest.model_language import locate_weights, runs_here
from ingest.model_language_catalogue import LANGUAGE_MODELS, find_language_model
from ingest.model_language_fetch import fetch_weights
from ingest.model_origin import Origin
from ingest.models import locate, read_ready, resolve
from ingest.settings import Settings

app = typer.Typer(no_args_is_help=True)

EMBEDDING, LANGUAGE = "embedding model", "language model"


@app.command("list")
def list_models(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """List known and fetched models, and where each came from."""
    settings = Settings()
    rows = [*_rows(settings), *_language_rows(settings)]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    shown = ("name", "kind", "state", "dimensions", "licence", "engine", "origin")
    table = Table("", *shown, box=None, header_style="bold")
    for row in rows:
        cells = (row[name] for name in shown)
        table.add_row("→" if row["selected"] else "", *("" if cell is None else str(cell) for cell in cells))
    Console().print(table)


@app.command()
def pull(
    name: Annotated[
        str | None,
        typer.Argument(help="A name from `caselore models list`, a hub id, or a folder; without it, those set."),
    ] = None,
) -> None:
    """Fetch a model and prepare it, unless that was done already."""
    settings = Settings()
    if name and find_language_model(name):
        _pull_language(name, settings)
        return
    _pull_embedding(name or settings.embed_model, settings)
    if not name and settings.llm_model and runs_here(settings):
        _pull_language(settings.llm_model, settings)


def _pull_language(name: str, settings: Settings) -> None:
    weights = locate_weights(name, settings)
    fetch_weights(weights, settings.models_path)
    typer.echo(f"{weights.name} is ready: {weights.file}")
    origin = Origin.read(weights.file.parent) if weights.entry else None
    if origin:
        size = weights.file.stat().st_size
        typer.echo(f"  {origin.origin}; licence: {origin.licence or 'not stated'}; {size / 2**20:.0f} MiB")


def _pull_embedding(name: str, settings: Settings) -> None:
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
        "kind": EMBEDDING,
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
        "kind": EMBEDDING,
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
    names = [folder.name.replace("--", "/", 1) for folder in folders if Origin.read(folder)]
    return [name for name in names if find_language_model(name) is None]


def _language_rows(settings: Settings) -> Iterator[dict[str, Any]]:
    selected = settings.llm_model if runs_here(settings) else None
    names = [model.name for model in LANGUAGE_MODELS]
    entry = find_language_model(selected or "")
    selected = entry.name if entry else selected
    if selected and selected not in names:
        names.append(selected)
    for name in names:
        yield _language_row(name, settings) | {"selected": name == selected}


def _language_row(name: str, settings: Settings) -> dict[str, Any]:
    weights, state = None, "not fetched"
    try:
        weights = locate_weights(name, settings)
    except ModelUnavailable:
        state = "no such model"
    ready = weights is not None and weights.ready
    origin = Origin.read(weights.file.parent) if weights and weights.entry and ready else None
    return {
        "name": name,
        "kind": LANGUAGE,
        "state": "ready" if ready else state,
        "dimensions": None,
        "licence": weights.entry.licence if weights and weights.entry else None,
        "engine": "llama.cpp",
        "origin": origin.origin if origin else None,
        "folder": str(weights.file.parent) if weights and ready else None,
        "fingerprint": weights.entry.sha256 if weights and weights.entry and ready else None,
    }
