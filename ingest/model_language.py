"""The model store's side of language models that run on this machine: from a name to a GGUF file that lies there."""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psutil

from ingest.errors import ModelUnavailable
from ingest.model_language_catalogue import LANGUAGE_MODELS, LanguageModel, find_language_model
from ingest.model_origin import Origin
from ingest.said import Said
from ingest.settings import Settings

ENGINE = "xllamacpp"
"""The package that brings llama.cpp: the extra `local-llm`."""

_SUFFIX = ".gguf"
_MIB = 2**20
_LOADED_SHARE = 1.6
"""Weights in memory, per byte on disk: llama.cpp lays part of them out anew for the processor at hand."""
_WORK_BYTES = 256 * _MIB
_TOKEN_BYTES = 128 * 2**10
"""What a token of context takes in models of 7 to 8 billion parameters, for files of which nothing is known."""


@dataclass(frozen=True)
class Weights:
    """Where a language model's file lies or will lie. `entry` is None for a file that the user named."""

    name: str
    file: Path
    entry: LanguageModel | None

    @property
    def ready(self) -> bool:
        """Whether the file is there, whole: what is fetched is moved here only when its hash is right."""
        if self.entry is None:
            return self.file.is_file()
        return Origin.read(self.file.parent) is not None and self.file.is_file()

    def memory_bytes(self, context_tokens: int) -> int:
        """About how much memory the model takes with room for this many tokens. Raises OSError without the file."""
        token_bytes = self.entry.token_bytes if self.entry else _TOKEN_BYTES
        return int(_LOADED_SHARE * self.file.stat().st_size) + context_tokens * token_bytes + _WORK_BYTES


def runs_here(settings: Settings) -> bool:
    """Whether the settings ask for a language model on this machine: one is named, and no endpoint that has it."""
    return bool(settings.llm_model) and not settings.llm_base_url


def locate_weights(name: str, settings: Settings) -> Weights:
    """Where the language model of this name, or this GGUF file, belongs. Reads the disk, writes nothing.

    Raises `ModelUnavailable` when the name is a file that does not exist, or no model's name.
    """
    entry = find_language_model(name)
    if entry is not None:
        return Weights(entry.name, settings.models_path / entry.name / entry.file, entry)
    file = Path(name).expanduser()
    if file.suffix.casefold() == _SUFFIX and file.is_file():
        return Weights(file.stem, file.absolute(), None)
    known = ", ".join(one.name for one in LANGUAGE_MODELS)
    raise ModelUnavailable(
        Said("There is no language model called {name} that runs on this machine, and no such file.", name=repr(name)),
        Said(
            "Set CASELORE_LLM_BASE_URL to the endpoint that has it, "
            "or CASELORE_LLM_MODEL to {known} or a {suffix} file.",
            known=known,
            suffix=_SUFFIX,
        ),
    )


def find_runnable(settings: Settings) -> Weights:
    """The language model that the settings name, with all that it needs to run on this machine; it is not loaded.

    Raises `ModelUnavailable` with what to do: install the extra, fetch the weights, free memory.
    """
    weights = locate_weights(settings.llm_model or "", settings)
    if find_spec(ENGINE) is None:
        raise ModelUnavailable(
            Said("The language model {name} needs llama.cpp, which is not installed.", name=weights.name),
            "Run `pip install 'caselore[local-llm]'` (in a checkout: `pip install -c constraints.txt '.[local-llm]'`).",
        )
    if not weights.ready:
        raise ModelUnavailable(
            Said("The language model {name} is not here yet.", name=weights.name),
            Said("Run `caselore models pull {name}`.", name=weights.name),
        )
    needed, free = weights.memory_bytes(settings.llm_context_tokens), psutil.virtual_memory().available
    if needed > free:
        raise ModelUnavailable(
            Said(
                "The language model {name} needs about {needed} MiB of memory, {free} are free.",
                name=weights.name,
                needed=needed // _MIB,
                free=free // _MIB,
            ),
            "Close other programs, lower CASELORE_LLM_CONTEXT_TOKENS, or set CASELORE_LLM_BASE_URL to an endpoint.",
        )
    return weights
