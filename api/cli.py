"""`caselore serve`."""

import signal
import sys
from typing import Annotated, Any

import typer

from ingest.index.lock import Holder
from ingest.library import Library
from ingest.settings import Settings

app = typer.Typer()


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on; 0: any free one.", min=0, max=65535)] = 8000,
) -> None:
    """Answer questions over HTTP."""
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
            application = create_app(library, public)
            if public:
                typer.echo(
                    "Warning: whoever reaches this address can read, add and remove documents; there is no "
                    "authentication yet. Put it behind a gateway that has.",
                    err=True,
                )
            typer.echo(f"Caselore answers at {here} (API: {here}/docs). Stop it with Ctrl-C.", err=True)
            run(application, listening)


def _leave(_signal: int, _frame: Any) -> None:
    sys.exit(0)
