"""What the tests of ingest share: the real embedding model, where it has been fetched."""

import os
from pathlib import Path

import pytest

from ingest.models import locate, read_ready
from ingest.settings import Settings

_ROOT = Path(__file__).resolve().parents[2]
_DEFAULT_MODELS_DIR = ".cache/models"


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    """A model store of its own as well: no test may write into the one with the real model."""
    return settings.model_copy(update={"models_dir": tmp_path / "models"})


@pytest.fixture
def real_model(settings: Settings) -> Settings:
    """Settings with the default model, ready to load; skips where `make model` has not fetched it."""
    folder = _ROOT / os.environ.get("CASELORE_MODELS_DIR", _DEFAULT_MODELS_DIR)
    real = settings.model_copy(update={"models_dir": folder, "embed_model": "m3e-small"})
    if read_ready(locate("m3e-small", real)) is None:
        pytest.skip(f"the embedding model is not in {folder}: run `make model`")
    return real
