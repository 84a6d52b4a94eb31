"""The embedder for GPUs, and for models that cannot be converted: sentence-transformers on torch."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ingest.errors import ModelUnavailable
from ingest.recipe import Recipe
from ingest.said import Said

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_BATCH = {"cpu": 8, "cuda": 64}
"""Texts a batch: on a CPU larger batches are slower (more padding, colder caches)."""


class TorchEmbedder:
    """Runs the model as its makers published it. Raises `ModelUnavailable` when the files cannot be loaded."""

    def __init__(self, name: str, recipe: Recipe, model: SentenceTransformer) -> None:
        self.name = name
        self.fingerprint = recipe.fingerprint
        self.dimensions = recipe.dimensions
        self._recipe = recipe
        self._model = model
        self._model.max_seq_length = recipe.max_tokens

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row per text, float32, unit length; shape (len(texts), dimensions)."""
        if not texts:
            return np.empty((0, self.dimensions), np.float32)
        return self._encode([self._recipe.passage(text) for text in texts])

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """One vector, float32, unit length; shape (dimensions,)."""
        vector: NDArray[np.float32] = self._encode([self._recipe.query(text)])[0]
        return vector

    def close(self) -> None:
        """Nothing runs in the background. A second call does nothing."""

    def _encode(self, texts: list[str]) -> NDArray[np.float32]:
        try:
            # The recipe has put the prefixes in already: `prompt=""` keeps the model's default prompt away.
            vectors = self._model.encode(
                texts,
                prompt="",
                batch_size=_BATCH.get(self._model.device.type, 16),
                normalize_embeddings=True,
                show_progress_bar=False,
                convert_to_numpy=True,
            )
        except RuntimeError as error:  # what torch raises for memory and device trouble
            raise ModelUnavailable(
                Said(
                    "The model {name} failed on {count} texts: {why}",
                    name=self.name,
                    count=len(texts),
                    why=str(error).splitlines()[0],
                ),
                "Check that memory is left (on the GPU too), then try again.",
            ) from error
        return np.asarray(vectors, np.float32)


def load_sentence_transformer(folder: Path, device: str | None = None) -> SentenceTransformer:
    """The model in a folder, in float32, without progress bars, network, or code of the model's own.

    `device` None lets sentence-transformers choose (a GPU when there is one). Raises `ModelUnavailable`.
    """
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
    try:
        return SentenceTransformer(
            str(folder),
            device=device,
            local_files_only=True,
            trust_remote_code=False,
            model_kwargs={"dtype": "float32"},
        ).eval()
    except Exception as error:  # a damaged or foreign folder raises whatever the parser at hand raises
        raise ModelUnavailable(
            Said(
                "The files in {folder} cannot be loaded as an embedding model: {why}",
                folder=folder,
                why=str(error).splitlines()[0],
            ),
            "Delete the folder and fetch the model again, or set CASELORE_EMBED_MODEL to another one.",
        ) from error
