"""The server that runs the application, until it is told to stop."""

import socket
from types import FrameType

import uvicorn
from fastapi import FastAPI

from api.deps import Service

GRACE_S = 8
"""How long requests in progress may go on once the service is told to stop: shorter than the ten seconds after which
container engines kill.
"""


class Server(uvicorn.Server):
    """A uvicorn server that tells the service at once when a signal asks it to end."""

    def __init__(self, config: uvicorn.Config, service: Service) -> None:
        super().__init__(config)
        self._service = service

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Take no further file of an upload in progress, then end as uvicorn does."""
        self._service.stopping.set()
        super().handle_exit(sig, frame)


def run(app: FastAPI, listening: socket.socket) -> None:
    """Serve until a signal comes; it is raised again once all requests are done, and the application is closed."""
    Server(config_of(app), app.state.service).run(sockets=[listening])


def config_of(app: FastAPI) -> uvicorn.Config:
    """How the application is served. Only gateways that are trusted may say that a browser came by TLS: the cookie of
    its session is then `Secure`.
    """
    return uvicorn.Config(
        app,
        log_level="warning",
        lifespan="on",
        timeout_graceful_shutdown=GRACE_S,
        proxy_headers=True,
        forwarded_allow_ips=app.state.service.library.settings.trusted_proxies,
    )
