"""The everyday embedder: an int8 graph in ONNX Runtime, without torch."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from ingest.errors import ModelUnavailable
from ingest.recipe import ONNX_FILE, TOKENIZER_FILE, Recipe
from ingest.said import Said

_ERRORS_ONLY = 3


class OnnxEmbedder:
    """Runs a prepared model's graph: token ids of one text in, one vector of unit length out.

    Passages are spread over `workers` threads, one text a run: nothing is padded, and a vector depends on its text
    alone. The threads share one session that uses one thread a run, which on two cores is faster than one session with
    two threads, and as fast as two sessions. Raises `ModelUnavailable` when the files cannot be loaded.
    """

    def __init__(self, name: str, recipe: Recipe, folder: Path, workers: int = 0) -> None:
        self.name = name
        self.fingerprint = recipe.fingerprint
        self.dimensions = recipe.dimensions
        self._recipe = recipe
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = _ERRORS_ONLY
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
            self._tokenizer.enable_truncation(recipe.max_tokens)
            self._tokenizer.no_padding()
            self._session = onnxruntime.InferenceSession(
                folder / ONNX_FILE, options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # tokenizers and onnxruntime both raise bare Exceptions
            raise ModelUnavailable(
                Said(
                    "The prepared files of the model {name} in {folder} cannot be loaded: {why}",
                    name=name,
                    folder=folder,
                    why=str(error).splitlines()[0],
                ),
                Said("Delete that folder, then run `caselore models pull {name}`.", name=name),
            ) from error
        self._pool = ThreadPoolExecutor(workers or available_cores(), thread_name_prefix="embed")

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row per text, float32, unit length; shape (len(texts), dimensions)."""
        vectors = np.empty((len(texts), self.dimensions), np.float32)
        for row, vector in enumerate(self._pool.map(self._embed, map(self._recipe.passage, texts))):
            vectors[row] = vector
        return vectors

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """One vector, float32, unit length; shape (dimensions,)."""
        return self._embed(self._recipe.query(text))

    def close(self) -> None:
        """End the threads. A second call does nothing."""
        self._pool.shutdown(cancel_futures=True)

    def _embed(self, text: str) -> NDArray[np.float32]:
        ids = np.array([self._tokenizer.encode(text).ids], np.int64)
        try:
            vector: NDArray[np.float32] = self._session.run(None, {"input_ids": ids})[0][0]
        except Exception as error:  # onnxruntime's exceptions have no common base but this
            raise ModelUnavailable(
                Said(
                    "The model {name} failed on a text of {size} tokens: {why}",
                    name=self.name,
                    size=ids.size,
                    why=str(error).splitlines()[0],
                ),
                "Check that memory is left, then try again.",
            ) from error
        return vector


def available_cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
