"""The HTTP application over an open library: the endpoints put together, and what goes on beside them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from anyio import to_thread
from fastapi import FastAPI
from fastapi_offline import FastAPIOffline

from api import (
    ask,
    changes,
    conversations,
    documents,
    errors,
    evals,
    examples,
    facets,
    gaps,
    health,
    parsed,
    search,
    uploads,
    view,
)
from api.crowd import Door
from api.deps import Service
from api.eval_desk import EvalDesk
from api.guard import Guard
from api.openapi import describe
from api.token import TokenGate
from api.traced import Traced, is_untraced
from api.web import asking, login
from api.web import changes as changes_page
from api.web import document as document_page
from api.web import evals as evals_page
from api.web import gaps as gaps_page
from api.web import library as library_page
from api.web.failed import failed_page
from api.web.render import Static, static_version
from ingest.library import Library

FILES_OF_FULL_SIZE = 4
"""How many files of the largest size one request may carry; what it carries is spooled to disk before it is read."""

MAX_FILES = 200


def create_app(
    library: Library, public: bool = False, token: str | None = None, desk: EvalDesk | None = None
) -> FastAPI:
    """The application over `library`, which the caller opens and closes; its store is closed when the service ends.

    Unless it is `public`, it answers only who calls it by a name of this machine; with a `token`, only who has that.
    With a `desk`, question sets can be run over the library; it is closed with the service.
    Raises what the embedder raises: `ModelUnavailable` and `ModelMismatch`.
    """
    service = Service(library)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        library.views.tidy(lambda document_id: library.registry.active_recipe(document_id) is not None)
        async with service.running():
            service.write_beside(
                "Taking in uploads of an earlier run", lambda: uploads.resume(library, service.stopping.is_set)
            )
            service.deepen_beside()
            yield
            if desk is not None:
                await to_thread.run_sync(desk.close)

    # FastAPI's own /docs fetches its scripts from the internet; this one brings them along.
    app = FastAPIOffline(
        title="Caselore",
        version=version("caselore"),
        summary="Answers architecture questions from your own documents, each claim with the place it rests on.",
        lifespan=lifespan,
        responses=errors.problems(errors.MISDIRECTED, 500, 503),
        form_limits={"max_files": MAX_FILES},
        # Where spans go is said for the whole process (`ingest.trace_export`); logs of errors could hold questions.
        telemetry={"auto_configure": False, "logs": False, "operation_spans": False, "exclude": is_untraced},
    )
    app.state.service = service
    app.state.token = token
    app.state.desk = desk
    limits = library.settings
    max_upload = max(FILES_OF_FULL_SIZE * limits.max_file_mb, limits.max_archive_mb) * 2**20
    app.add_middleware(Door, crowd=service.crowd)
    if token is not None:
        app.add_middleware(TokenGate, token=token)
    app.add_middleware(Guard, max_upload=max_upload, public=public)
    app.add_middleware(Traced)
    errors.install(app, failed_page)
    for room in (ask, search, examples, conversations, gaps, documents, view, parsed, changes, evals, facets, health):
        app.include_router(room.router)
    describe(app)
    for page in (asking, library_page, document_page, changes_page, gaps_page, evals_page, login):
        app.include_router(page.router)
    app.mount(f"/static/{static_version()}", Static(), name="static")
    return app
