"""`caselore serve`."""

import secrets
import signal
import sys
from collections.abc import Callable
from typing import Annotated, Any

import typer

from api.eval_desk import EvalDesk
from ingest.index.lock import Holder
from ingest.library import Library
from ingest.settings import Settings

_TOKEN_BYTES = 24

OpenDesk = Callable[[Library], EvalDesk]


def commands(open_desk: OpenDesk) -> typer.Typer:
    """`serve`, whose pages show the evaluations of the desk that `open_desk` gives for its library."""
    app = typer.Typer()

    @app.command()
    def serve(
        host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
        port: Annotated[int, typer.Option(help="Port to listen on; 0: any free one.", min=0, max=65535)] = 8000,
    ) -> None:
        """Answer questions over HTTP."""
        _serve(host, port, open_desk)

    return app


def _serve(host: str, port: int, open_desk: OpenDesk) -> None:
    from api.app import create_app
    from api.listen import is_public, listen, url
    from api.serving import run

    # Left through the stack, so that what is open gets closed.
    signal.signal(signal.SIGTERM, _leave)
    # Everything that can fail is opened before the server starts: it would print a traceback.
    with listen(host, port) as listening:
        here = url(listening)
        with Library(Settings(), Holder("serve", url=here), create=True) as library:
            public = is_public(listening)
            token = library.settings.token
            if public and token is None:
                token = secrets.token_urlsafe(_TOKEN_BYTES)
                typer.echo(
                    f"Who comes from other machines needs this token: {token} (CASELORE_TOKEN sets one)", err=True
                )
            application = create_app(library, public, token, open_desk(library))
            if public:
                typer.echo("Put TLS in front of it: the token travels as it is.", err=True)
            typer.echo(f"Caselore answers at {here} (API: {here}/docs). Stop it with Ctrl-C.", err=True)
            run(application, listening)


def _leave(_signal: int, _frame: Any) -> None:
    sys.exit(0)
