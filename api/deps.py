"""What the endpoints share: the library and assistant opened once, and the lock that lets one ingest run at a time."""

import threading
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request

from ingest.library import Library
from retrieval.assistant import Assistant


@dataclass
class Service:
    """The open library, the assistant over it, and the lock an ingest or a removal holds while it writes."""

    library: Library
    assistant: Assistant
    writing: threading.Lock = field(default_factory=threading.Lock)


def get_service(request: Request) -> Service:
    """The service of this application."""
    service = request.app.state.service
    assert isinstance(service, Service)
    return service


ServiceDep = Annotated[Service, Depends(get_service)]
