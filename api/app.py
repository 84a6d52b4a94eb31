"""The HTTP application: opens the library once, and puts the endpoints together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.responses import RedirectResponse

from api import ask, documents, errors, health, search
from api.deps import Service
from ingest.index.lock import Holder
from ingest.library import Library
from ingest.settings import Settings
from retrieval.assistant import Assistant


def create_app(settings: Settings, url: str = "") -> FastAPI:
    """The application. `url` is where it will be reached, for others that find the library taken.

    Start-up raises what `Library` raises.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with Library(settings, Holder("serve", url=url), create=True) as library:
            app.state.service = Service(library, Assistant(library))
            yield

    app = FastAPI(title="Caselore", version="0.1.0", lifespan=lifespan)
    errors.install(app)
    for room in (ask, search, documents, health):
        app.include_router(room.router)

    @app.get("/", include_in_schema=False)
    def start() -> RedirectResponse:
        return RedirectResponse("/docs")

    return app
