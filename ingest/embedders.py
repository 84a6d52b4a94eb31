"""From a setting to an embedder."""

import shutil
from importlib.metadata import version

from ingest.embed import Embedder
from ingest.embed_cache import CachedEmbedder, EmbeddingCache
from ingest.model_catalogue import HASHING
from ingest.models import resolve
from ingest.settings import Settings

CACHE_FILE = "embeddings.sqlite3"


def load_embedder(settings: Settings) -> Embedder:
    """The embedder that the settings name; fetches and prepares its model when that was not done yet.

    A prepared model runs in ONNX Runtime, without torch; on a machine with a GPU, and where the model could not be
    converted, in torch. The vectors of passages are kept in the data folder, if there is one. Raises
    `ModelUnavailable`, and `DataDirNotWritable` when the model must be fetched but cannot be kept.
    """
    # One engine is used, so one is imported: torch alone takes seconds.
    if settings.embed_model == HASHING:
        from ingest.embed_hashing import HashingEmbedder

        return HashingEmbedder()
    embedder = _load_model(settings)
    if not settings.embed_cache_mb or not settings.data_dir.is_dir():
        return embedder
    return CachedEmbedder(embedder, EmbeddingCache(settings.data_dir / CACHE_FILE, settings.embed_cache_mb))


def _load_model(settings: Settings) -> Embedder:
    model = resolve(settings.embed_model, settings)
    if model.recipe.engine == "onnx" and not _has_gpu():
        from ingest.embed_onnx import OnnxEmbedder

        return OnnxEmbedder(model.name, model.recipe, model.prepared, settings.embed_workers)
    from ingest.embed_torch import TorchEmbedder, load_sentence_transformer

    return TorchEmbedder(model.name, model.recipe, load_sentence_transformer(model.folder))


def _has_gpu() -> bool:
    # Asked without importing torch, which would cost every question seconds.
    return shutil.which("nvidia-smi") is not None and not version("torch").endswith("+cpu")
