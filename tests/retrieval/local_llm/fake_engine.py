"""A package in llama.cpp's place: a server of one page behind the key, and a file that says how to misbehave."""

from pathlib import Path

_CODE = """
import os, signal, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace


common_speculative_type = SimpleNamespace(COMMON_SPECULATIVE_TYPE_NGRAM_SIMPLE="words that stood before")


class CommonParams(SimpleNamespace):
    def __init__(self):
        parts = ("model", "cpuparams", "cpuparams_batch", "speculative")
        super().__init__(**{name: SimpleNamespace() for name in parts})
        self.speculative.ngram_simple = SimpleNamespace()


class Server:
    def __init__(self, asked):
        how = open(asked.model.path).read()
        if how == "no good":
            sys.stderr.write("loading\\nthis file holds no model\\n")
            sys.exit(1)
        if how == "slow":
            time.sleep(60)
        assert not [name for name in os.environ if name.startswith("CASELORE_")]

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                known = self.headers.get("Authorization") == "Bearer " + asked.api_keys[0]
                self.send_response(200 if known else 401)
                self.end_headers()
                self.wfile.write(repr(asked).encode())

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer((asked.hostnames[0], asked.port), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
"""


def put_engine(folder: Path) -> None:
    """Write the package into a folder that is to be on the path."""
    (folder / "xllamacpp.py").write_text(_CODE, "utf-8")
