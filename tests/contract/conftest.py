"""Every test here runs on each store: the embedded one always, the server where one can be had."""

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest

from ingest.index.lock import Holder
from ingest.index.open import drop_store, open_store
from ingest.index.store import Store
from ingest.settings import Settings
from tests.contract.points import DIMENSIONS
from tests.qdrant_server import qdrant_url as qdrant_url
from tests.quick_disk import quick_folder

OpenStore = Callable[..., Store]
HOLDER = Holder("test")


@pytest.fixture(params=["edge", pytest.param("server", marks=pytest.mark.server)])
def store_settings(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Settings]:
    """Settings of an empty index of its own."""
    if request.param == "edge":
        with quick_folder() as folder:
            yield settings.model_copy(update={"data_dir": folder})
        return
    own = {"qdrant_url": request.getfixturevalue("qdrant_url"), "collection": f"test-{uuid4().hex}"}
    server_settings = settings.model_copy(update=own)
    yield server_settings
    drop_store(server_settings, HOLDER)


@pytest.fixture
def opened(store_settings: Settings) -> Iterator[OpenStore]:
    """Opens the test's store, again if need be (close it first); all are closed at the end."""
    stores: list[Store] = []

    def open_it(dimensions: int = DIMENSIONS) -> Store:
        stores.append(open_store(store_settings, dimensions, HOLDER))
        return stores[-1]

    yield open_it
    for store in stores:
        store.close()


@pytest.fixture
def store(opened: OpenStore) -> Store:
    """An empty store."""
    return opened()
