"""Dense vectors: what an embedder is. `models.py` finds a model, `embedders.py` loads it."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Embedder(Protocol):
    """Texts to vectors of unit length.

    `fingerprint` tells models apart: equal fingerprints give comparable vectors. `dimensions` is a vector's length.
    """

    name: str
    fingerprint: str
    dimensions: int

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row per text, float32, unit length; shape (len(texts), dimensions)."""

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """One vector, float32, unit length; shape (dimensions,)."""

    def close(self) -> None:
        """End worker processes or threads. A second call does nothing."""
