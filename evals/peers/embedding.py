"""The one dense model all peers share.

By default it is Caselore's own embedder, as prepared (int8), so that every system ranks the very same vectors and what
is compared is the ranking; or the same model in fp32, as the peers would run it by themselves (docs/benchmarks.md says
what the difference comes to).
"""

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ingest.embed import Embedder
from ingest.embed_torch import TorchEmbedder, load_sentence_transformer
from ingest.models import resolve
from ingest.settings import Settings

Vectors = Literal["same", "fp32"]


class SharedEmbedding:
    """Texts to unit vectors; passages are embedded once however many peers ask, questions each time."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, NDArray[np.float32]] = {}

    def passages(self, texts: Sequence[str]) -> list[list[float]]:
        """One vector per text."""
        new = list(dict.fromkeys(text for text in texts if text not in self._known))
        if new:
            self._known |= zip(new, self._embedder.embed_passages(new), strict=True)
        return [self._known[text].tolist() for text in texts]

    def query(self, text: str) -> list[float]:
        """The question's vector."""
        vector: list[float] = self._embedder.embed_query(text).tolist()
        return vector


def unquantised(settings: Settings) -> Embedder:
    """The model that the settings name, in fp32 as sentence-transformers runs it. Raises `ModelUnavailable`."""
    model = resolve(settings.embed_model, settings)
    return TorchEmbedder(model.name, model.recipe, load_sentence_transformer(model.folder, "cpu"))
