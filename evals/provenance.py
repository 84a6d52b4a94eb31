"""What a run was made with: code, settings, model, index. Two runs compare only as far as these are known."""

import hashlib
import os
import platform
import subprocess
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from evals.dataset import Question
from ingest.document import Value
from ingest.library import Library
from ingest.settings import Settings
from retrieval.generate.prompt import PROMPT_VERSION

_SECRETS = ("key", "url")
_ROOT = Path(__file__).resolve().parents[1]


class Provenance(Value):
    """The state a run saw. `commit` ends in `+` and a digest of the
    changes where the checkout had some; `index` and `questions` are digests of
    all documents' ids and of the question set; `settings` are those that differ from their defaults, secrets left out;
    `prompt` is the version of what the language model is told, where it answers.
    """

    created: str
    version: str
    commit: str | None
    settings: dict[str, str]
    model: str
    fingerprint: str
    documents: int
    chunks: int
    index: str
    questions: str
    python: str
    cores: int
    prompt: str | None = None


def provenance(library: Library, questions: Sequence[Question]) -> Provenance:
    """The state of this moment."""
    held = library.registry.documents()
    return Provenance(
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        version=version("caselore"),
        commit=_commit(),
        settings=_changed(library.settings),
        model=library.embedder.name,
        fingerprint=library.embedder.fingerprint,
        documents=len(held),
        chunks=sum(chunks for _, chunks in held),
        index=index_digest(library),
        questions=_digest(question.model_dump_json() for question in questions),
        python=platform.python_version(),
        cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        prompt=PROMPT_VERSION if library.settings.answerer == "llm" else None,
    )


def index_digest(library: Library) -> str:
    """A digest of all documents' metadata: another one, and the library has changed."""
    held = library.registry.documents()
    return _digest(sorted(f"{meta.id} {meta.model_dump_json()} {chunks}" for meta, chunks in held))


def _changed(settings: Settings) -> dict[str, str]:
    fields = type(settings).model_fields
    return {
        name: str(getattr(settings, name))
        for name, field in fields.items()
        if getattr(settings, name) != field.default and not name.endswith(_SECRETS) and not name.endswith("_dir")
    }


def _commit() -> str | None:
    """The checkout's commit; None where this is no checkout."""
    try:
        commit, changes = (
            subprocess.run(["git", *what], cwd=_ROOT, capture_output=True, text=True, check=True).stdout  # noqa: S607
            for what in (("rev-parse", "--short=12", "HEAD"), ("diff", "HEAD", "--", "*.py"))
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return commit.strip() + (f"+{_digest([changes])[:8]}" if changes else "")


def _digest(lines: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()[:16]
