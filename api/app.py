"""The HTTP application over an open library: the endpoints put together, and what goes on beside them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI
from fastapi.responses import RedirectResponse
from fastapi_offline import FastAPIOffline

from api import ask, documents, errors, health, search, uploads
from api.crowd import Door
from api.deps import Service
from api.guard import Guard
from api.openapi import describe
from ingest.library import Library

FILES_OF_FULL_SIZE = 4
"""How many files of the largest size one request may carry; what it carries is spooled to disk before it is read."""

MAX_FILES = 200


def create_app(library: Library, public: bool = False) -> FastAPI:
    """The application over `library`, which the caller opens and closes; its store is closed when the service ends.

    Unless it is `public`, it answers only who calls it by a name of this machine.
    Raises what the embedder raises: `ModelUnavailable` and `ModelMismatch`.
    """
    service = Service(library)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with service.running():
            service.write_beside(
                "Taking in uploads of an earlier run", lambda: uploads.resume(library, service.stopping.is_set)
            )
            service.deepen_beside()
            yield

    # FastAPI's own /docs fetches its scripts from the internet; this one brings them along.
    app = FastAPIOffline(
        title="Caselore",
        version=version("caselore"),
        summary="Answers architecture questions from your own documents, each claim with the place it rests on.",
        lifespan=lifespan,
        responses=errors.problems(errors.MISDIRECTED, 500, 503),
        form_limits={"max_files": MAX_FILES},
    )
    app.state.service = service
    max_upload = FILES_OF_FULL_SIZE * library.settings.max_file_mb * 2**20
    app.add_middleware(Door, crowd=service.crowd)
    app.add_middleware(Guard, max_upload=max_upload, public=public)
    errors.install(app)
    for room in (ask, search, documents, health):
        app.include_router(room.router)
    describe(app)

    @app.get("/", include_in_schema=False)
    def start() -> RedirectResponse:
        return RedirectResponse("/docs")

    return app
