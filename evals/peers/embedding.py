"""The one dense model all peers share: ours, as sentence-transformers runs it in fp32.

The vectors are made once and given to each peer: what is compared is what a system does with them.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


class SharedEmbedding:
    """Texts to unit vectors; texts of passages are embedded once however many peers ask."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, list[float]] = {}

    def passages(self, texts: Sequence[str]) -> list[list[float]]:
        """One vector per text."""
        new = list(dict.fromkeys(text for text in texts if text not in self._known))
        if new:
            vectors = _model(self._folder).encode(new, batch_size=8, normalize_embeddings=True, show_progress_bar=False)
            self._known |= {text: vector.tolist() for text, vector in zip(new, vectors, strict=True)}
        return [self._known[text] for text in texts]

    def query(self, text: str) -> list[float]:
        """The question's vector."""
        return [float(one) for one in _model(self._folder).encode([text], normalize_embeddings=True)[0]]


@lru_cache(maxsize=1)
def _model(folder: Path) -> "SentenceTransformer":
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(folder), device="cpu")
