"""A process that writes to an embedded store until it is killed (`python -m tests.ingest.index.steady_writer`).

It prints a line for everything that was acknowledged: `+ n` when batch n (50 chunks of document n) was written, `- n`
when document n was deleted.
"""

import sys
import threading
from pathlib import Path

from ingest.index.lock import Holder
from ingest.index.open import open_store
from ingest.index.store import Store
from ingest.settings import Settings
from tests.contract.points import DIMENSIONS, point

BATCH = 50


def write(data_dir: Path, first: int, optimizing: bool) -> None:
    """Write batches numbered from `first`, and delete every third of them five batches later."""
    store = open_store(Settings(data_dir=data_dir, _env_file=None), DIMENSIONS, Holder("test"))
    if optimizing:
        threading.Thread(target=_optimize, args=(store,), daemon=True).start()
    for n in range(first, sys.maxsize):
        store.upsert([point(f"{n}/{m}", (m, n, 1, 1), {n % 997: 1.0}, document=str(n)) for m in range(BATCH)])
        _say(f"+ {n}")
        if n % 3 == 0 and n - 5 >= first:
            store.delete_documents([str(n - 5)])
            _say(f"- {n - 5}")


def _optimize(store: Store) -> None:
    while True:
        store.optimize()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "optimizing")
