"""A model hub on loopback: as much of the hub's protocol as its client asks for."""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

REVISION = "f" * 40


@contextmanager
def fake_hub(hub_id: str, files: dict[str, bytes]) -> Iterator[tuple[str, list[str]]]:
    """Serves one repository; gives the endpoint and the list of requests so far."""
    asked: list[str] = []
    listing = [
        {"type": "file", "path": name, "size": len(data), "oid": hashlib.sha1(data).hexdigest()}
        for name, data in files.items()
    ]
    info = {
        "id": hub_id,
        "sha": REVISION,
        "cardData": {"license": "mit"},
        "siblings": [{"rfilename": name, "size": len(data)} for name, data in files.items()],
    }

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            asked.append(f"{self.command} {path}")
            resolve = f"/{hub_id}/resolve/{REVISION}/"
            headers, data, status = {}, b"{}", 200
            if path == "/":
                pass
            elif path.startswith(f"/api/models/{hub_id}/tree/"):
                data = json.dumps(listing).encode()
            elif path.startswith(f"/api/models/{hub_id}"):
                data = json.dumps(info).encode()
            elif path.startswith(resolve) and path.removeprefix(resolve) in files:
                data = files[path.removeprefix(resolve)]
                headers = {"ETag": f'"{hashlib.sha1(data).hexdigest()}"', "X-Repo-Commit": REVISION}
            else:
                status, headers = 404, {"X-Error-Code": "RepoNotFound"}
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(data))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(data)

        do_HEAD = do_GET  # noqa: N815 - the name that http.server calls

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Keep the test's output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
