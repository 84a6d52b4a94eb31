from collections.abc import Iterator

import pytest

from ingest.settings import Settings
from tests.qdrant_server import qdrant_url as qdrant_url
from tests.quick_disk import quick_folder


@pytest.fixture
def quick_settings(settings: Settings) -> Iterator[Settings]:
    """Settings whose data folder is in memory where there is room."""
    with quick_folder() as folder:
        yield settings.model_copy(update={"data_dir": folder})
