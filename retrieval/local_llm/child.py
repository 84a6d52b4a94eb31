"""What runs in the child: llama.cpp's own HTTP server on loopback, until the parent is gone.

The order comes as one line of JSON on standard input (the key must not stand among the arguments, where every user of
the machine can read it); `ready` goes out where standard output was once the model is loaded and the port is open.
"""

import json
import os
import signal
import sys
from typing import Any

import xllamacpp

_ERRORS_ONLY = 1

_KNOWN = 6
"""Tokens that must have stood so before for those behind them to be tried; after three, most tries are for nothing."""

_TRIED = 8
"""Tokens tried at once."""


def main() -> None:
    """Serve until standard input ends."""
    order: dict[str, Any] = json.loads(sys.stdin.buffer.readline())
    told = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    # Ctrl-C is for the parent, which ends its child itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _die_with_the_parent()
    server = xllamacpp.Server(_parameters(order))
    told.write(b"ready\n")
    told.close()
    sys.stdin.buffer.read()
    del server
    os._exit(0)


def _parameters(order: dict[str, Any]) -> xllamacpp.CommonParams:
    asked = xllamacpp.CommonParams()
    asked.model.path, asked.model_alias = order["file"], {order["name"]}
    asked.hostnames, asked.port, asked.api_keys = ["127.0.0.1"], order["port"], [order["api_key"]]
    asked.n_ctx, asked.n_parallel = order["context_tokens"], 1
    asked.cpuparams.n_threads = asked.cpuparams_batch.n_threads = order["threads"]
    # What the slot holds is used again (`cache_prompt`); copies of older prompts beside it could take 8 GiB.
    asked.cache_prompt, asked.cache_ram_mib = True, 0
    # Answers quote what was read: of words that stood before, the next ones are tried at once, and kept if they are the
    # model's own choice.
    asked.speculative.types = [xllamacpp.common_speculative_type.COMMON_SPECULATIVE_TYPE_NGRAM_SIMPLE]
    asked.speculative.ngram_simple.size_n, asked.speculative.ngram_simple.size_m = _KNOWN, _TRIED
    # Nothing but the API: no page, no look into others' prompts, no web page's scripts.
    asked.ui, asked.endpoint_slots, asked.cors_origins = False, False, ""
    # Its log at a higher level holds prompts, and grows.
    asked.verbosity = _ERRORS_ONLY
    return asked


def _die_with_the_parent() -> None:
    """Have the kernel kill this process once standard input, a pipe that nobody writes to any more, is closed.

    Elsewhere than on Linux the end of standard input does it, though not before the model is loaded.
    """
    if sys.platform == "linux":
        import fcntl

        fcntl.fcntl(0, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(0, fcntl.F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(0, fcntl.F_SETFL, fcntl.fcntl(0, fcntl.F_GETFL) | os.O_ASYNC)


if __name__ == "__main__":
    main()
