"""What a worker is made to do in the tests: everything that a hostile or broken file may do to its parser."""

import ctypes
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

from ingest.errors import EncryptedDocument

Told = Callable[[int, int], None]
HERE = __name__


def echo(_: Told, *, text: str) -> bytes:
    return text.encode()


def who(_: Told) -> bytes:
    return str(os.getpid()).encode()


def prints(_: Told) -> bytes:
    os.write(1, b"noise")
    print("noise", flush=True)  # noqa: T201
    return b"answer"


def environment(_: Told) -> bytes:
    return json.dumps(dict(os.environ)).encode()


def refuse(_: Told) -> bytes:
    raise EncryptedDocument("a.docx is protected by a password.", "Remove it.")


def stumble(_: Told) -> bytes:
    raise KeyError("no such part")


def hang(_: Told) -> bytes:
    time.sleep(600)
    return b""


def hang_without_letting_go(_: Told) -> bytes:
    """As a C library does that neither returns nor lets other threads run."""
    return str(re.match(r"(a+)+$", "a" * 60 + "b")).encode()


def say_the_same_forever(told: Told) -> bytes:
    while True:
        told(1, 2)
        time.sleep(0.01)


def go_on(told: Told, *, seconds: float) -> bytes:
    pages = int(seconds / 0.2)
    for page in range(pages):
        told(page, pages)
        time.sleep(0.2)
    return b"read"


def crash(_: Told) -> bytes:
    return ctypes.string_at(0)


def leave(_: Told) -> bytes:
    os._exit(7)


def hog(_: Told) -> bytes:
    held = [b"x" * 2**20 for _ in range(4096)]
    return str(len(held)).encode()


def have_a_child_hog(_: Told, *, note: str) -> bytes:
    """As a conversion by another program does; the worker itself stays small."""
    code = "import time; held = b'x' * (150 << 20); time.sleep(600)"
    child = subprocess.Popen([sys.executable, "-c", code])
    Path(note).write_text(str(child.pid))
    return str(child.wait()).encode()


def start_a_child_and_hang(_: Told, *, note: str) -> bytes:
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    Path(note).write_text(f"{os.getpid()} {child.pid}")
    return hang_without_letting_go(_)


def keep(_: Told, *, mib: int) -> bytes:
    """Memory that is not given back, as a leak."""
    _kept.append(b"x" * (mib << 20))
    return str(os.getpid()).encode()


_kept: list[bytes] = []


def ask_the_network(_: Told, *, how: str, port: int) -> bytes:
    attempts: dict[str, Callable[[], object]] = {
        "connect": lambda: socket.create_connection(("127.0.0.1", port), 5),
        "name": lambda: socket.getaddrinfo("example.invalid", 80),
        "old name": lambda: socket.gethostbyname("example.invalid"),
        "datagram": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", port)),
        "url": lambda: urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5),
        "library": lambda: _connect_in_c(port),
        "program": lambda: subprocess.run(
            [sys.executable, "-c", f"import socket; socket.create_connection(('127.0.0.1', {port}), 5)"],
            check=True,
            capture_output=True,
        ),
    }
    try:
        attempts[how]()
    except (OSError, subprocess.CalledProcessError) as error:
        return type(error).__name__.encode()
    return b"reached"


def _connect_in_c(port: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.socket(socket.AF_INET, socket.SOCK_STREAM, 0) < 0:
        raise OSError(ctypes.get_errno(), "refused")
