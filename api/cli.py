"""`caselore serve`."""

import socket
from typing import Annotated

import typer

from ingest.errors import PortInUse
from ingest.settings import Settings

app = typer.Typer()


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on; 0: any free one.", min=0, max=65535)] = 8000,
) -> None:
    """Answer questions over HTTP."""
    import uvicorn

    from api.app import create_app

    listening = _bind(host, port)
    url = f"http://{host}:{listening.getsockname()[1]}"
    server = uvicorn.Server(uvicorn.Config(create_app(Settings(), url), log_level="warning"))
    typer.echo(f"Caselore is starting at {url} (API: {url}/docs). Stop it with Ctrl-C.", err=True)
    server.run(sockets=[listening])


def _bind(host: str, port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        # Listening here, not only in the server, makes a second bind fail at once.
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise PortInUse(
            f"Cannot listen on {host}:{port}: {error.strerror}.", f"Choose another: caselore serve --port {port + 1}."
        ) from error
    return listening
