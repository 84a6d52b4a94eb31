"""What `caselore doctor` examines: data folder, models, index and documents. It ingests nothing and fetches nothing."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.data_dir import MIN_FREE_BYTES
from ingest.doctor_language import language_model
from ingest.embed_hashing import HashingEmbedder
from ingest.errors import CaseloreError, IndexMissing
from ingest.index.lock import Holder, holder
from ingest.library import Library, open_registry
from ingest.model_catalogue import HASHING
from ingest.models import locate, read_ready
from ingest.registry import Registry
from ingest.settings import Settings


@dataclass(frozen=True)
class Finding:
    """One thing examined: how it stands, whether that is fine, and what to do if not."""

    subject: str
    state: str
    fine: bool
    hint: str = ""


def examine(settings: Settings) -> Iterator[Finding]:
    """Every finding, from the ground up."""
    yield _data_folder(settings)
    model, fingerprint = _model(settings)
    yield model
    yield Finding("language model", *language_model(settings))
    yield _libreoffice()
    try:
        registry = open_registry(settings)
    except CaseloreError as error:
        yield Finding("index" if isinstance(error, IndexMissing) else "registry", error.message, False, error.hint)
        return
    try:
        yield _index(settings, registry, fingerprint)
        yield from _documents(registry)
    except CaseloreError as error:
        yield Finding("registry", error.message, False, error.hint)
    finally:
        registry.close()


def _data_folder(settings: Settings) -> Finding:
    folder = settings.data_dir.absolute()
    existing = next(one for one in (folder, *folder.parents) if os.path.lexists(one))
    if not existing.is_dir():
        return Finding("data folder", f"{existing} is a file", False, "Move it away, or set CASELORE_DATA_DIR.")
    free = shutil.disk_usage(existing).free
    state = f"{folder}, {free / 2**30:.1f} GiB free"
    if not os.access(existing, os.W_OK | os.X_OK):
        return Finding("data folder", f"{state}, not writable", False, "Check its rights, or set CASELORE_DATA_DIR.")
    if free < MIN_FREE_BYTES:
        hint = "Free some space, or set CASELORE_DATA_DIR to another disk."
        return Finding("data folder", f"{state}, {MIN_FREE_BYTES // 2**20} MiB needed", False, hint)
    return Finding("data folder", state, True)


def _model(settings: Settings) -> tuple[Finding, str | None]:
    """The finding, and the model's fingerprint where it is ready."""
    subject, name = "embedding model", settings.embed_model
    if name == HASHING:
        return Finding(subject, f"{name}: built in, matches wording only", True), HashingEmbedder.fingerprint
    try:
        model = read_ready(locate(name, settings))
    except CaseloreError as error:
        return Finding(subject, error.message, False, error.hint), None
    if model is None:
        return Finding(subject, f"{name} is not here yet", False, f"Run `caselore models pull {name}`."), None
    state = f"{name} ({model.recipe.engine}, licence: {model.licence or 'not stated'})"
    return Finding(subject, state, True), model.fingerprint


def _libreoffice() -> Finding:
    """Whether old and foreign office files can be read. They need not be: without them nothing is wrong."""
    from ingest.parse.convert import CONVERTED, soffice

    program, formats = soffice(), ", ".join(f".{form}" for form in CONVERTED)
    if program is None:
        return Finding("LibreOffice", f"not installed; {formats} are only read with it", True)
    return Finding("LibreOffice", f"{program}, reads {formats}", True)


def _index(settings: Settings, registry: Registry, fingerprint: str | None) -> Finding:
    facts, documents = registry.index_facts(), registry.documents()
    where = settings.qdrant_url or str((settings.data_dir / "index").absolute())
    chunks = sum(count for _, count in documents)
    state = f"{where}: {len(documents)} documents, {chunks} chunks, model {facts['model']}"
    held = None if settings.qdrant_url else holder(settings.data_dir)
    if held:
        state += f", in use by {held}"
    else:
        try:
            Library(settings, Holder("doctor")).close()
        except CaseloreError as error:
            return Finding("index", error.message, False, error.hint)
    if fingerprint and fingerprint != facts["fingerprint"]:
        hint = f"Set CASELORE_EMBED_MODEL={facts['model']}, or build the index anew: `caselore ingest --rebuild`."
        return Finding("index", f"{state}, not the one that is set", False, hint)
    return Finding("index", state, True)


def _documents(registry: Registry) -> Iterator[Finding]:
    shallow = registry.shallow_count()
    if shallow:
        state = f"not complete: {shallow} documents are found by their words only so far"
        yield Finding("search by meaning", state, True, "`caselore ingest --deepen` goes on; so does the service.")
    waiting = len(registry.hidden())
    if waiting:
        hint = "Run the same `caselore ingest` again."
        yield Finding("unfinished", f"{waiting} documents are half written and not searched", False, hint)
    for path, error, hint in registry.failures():
        yield Finding(f"not taken: {path}", error, False, hint)
