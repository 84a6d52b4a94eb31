"""What tests read out of responses."""

import json
from typing import Any, Protocol


class Response(Protocol):
    """A response of the client, as far as it is read here."""

    @property
    def status_code(self) -> int: ...
    @property
    def headers(self) -> Any: ...
    @property
    def text(self) -> str: ...
    def json(self) -> Any: ...


def problem(response: Response, status: int, kind: str) -> dict[str, Any]:
    """The problem details of a response, once they are found whole (RFC 9457) and without a trace of the inside."""
    body: dict[str, Any] = response.json()
    assert response.headers["content-type"] == "application/problem+json"
    assert (response.status_code, body["status"]) == (status, status)
    assert body["type"] == f"urn:caselore:{kind}"
    for member in ("title", "detail", "hint"):
        assert body[member].strip(), member
        assert "\n" not in body[member]
    assert "Traceback" not in response.text
    return body


def events(response: Response) -> list[tuple[str, Any]]:
    """The server-sent events of a response: name and data of each."""
    assert response.headers["content-type"].startswith("text/event-stream")
    found = []
    for block in response.text.strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if fields:
            found.append((fields["event"], json.loads(fields["data"])))
    return found
