"""Optimising a shard beside the process that uses it.

The engine's `optimize` holds Python's global lock from beginning to end: with 20 000 chunks, half a minute in which no
thread of the process runs. So a copy of the shard is optimised by a process of its own, which runs this file as a
module.
"""

import logging
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from qdrant_edge import EdgeShard, UpdateOperation

from ingest.data_dir import MIN_FREE_BYTES
from ingest.errors import UnavailableError
from ingest.index.edge_shard import shard_errors, swap_in

_NOTHING_TO_DO = 3
_log = logging.getLogger(__name__)


class Rebuild:
    """A copy of a flushed shard, being optimised. Nothing may be written to the shard while the copy is made.

    Raises `DataDirNotWritable` when the copy cannot be made; nothing is left of it then.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._cancelled = False
        with shard_errors(path):
            self._copy = Path(tempfile.mkdtemp(prefix=f"{path.name}.new-", dir=path.parent))
            try:
                shutil.copytree(path, self._copy, dirs_exist_ok=True)
                self._process = subprocess.Popen(
                    # -P: a folder named `ingest` in the current folder is not run in this one's place.
                    [sys.executable, "-P", "-m", "ingest.index.edge_rebuild", str(self._copy)],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                    text=True,
                )
            except BaseException:
                shutil.rmtree(self._copy, ignore_errors=True)
                raise

    def wait(self) -> bool:
        """Wait for the end; True when the copy is better than the shard. A failure is logged: nothing depends on it."""
        _, said = self._process.communicate()
        if self._process.returncode not in (0, _NOTHING_TO_DO) and not self._cancelled:
            _log.warning("The index could not be optimized and stays as it is: %s", said.strip()[-500:])
        return self._process.returncode == 0

    def cancel(self) -> None:
        """End it early; `wait` then returns False."""
        self._cancelled = True
        self._process.kill()

    def catch_up(self, missed: Sequence[UpdateOperation]) -> bool:
        """Do to the copy what was done to the shard since the copy was made; False, and logged, where that fails."""
        try:
            with shard_errors(self._copy):
                shard = EdgeShard.load(str(self._copy))
                for operation in missed:
                    shard.update(operation)
                shard.close()
        except UnavailableError as error:
            _log.warning("The index could not be optimized and stays as it is: %s", error)
            return False
        return True

    def take_place(self) -> None:
        """Put the copy in the shard's place. The shard has to be closed."""
        swap_in(self._copy, self._path)

    def discard(self) -> None:
        """End it and remove the copy, if it did not take the shard's place."""
        self.cancel()
        self._process.wait()
        if self._process.stderr:
            self._process.stderr.close()
        shutil.rmtree(self._copy, ignore_errors=True)


def has_room(path: Path) -> bool:
    """Whether the disk can take a copy of the shard and what optimising adds to it."""
    size = sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
    return shutil.disk_usage(path).free > 2 * size + MIN_FREE_BYTES


def _optimize(path: str) -> int:
    if hasattr(os, "nice"):
        os.nice(10)  # questions are answered meanwhile, on the same cores
    shard = EdgeShard.load(path)
    improved = shard.optimize()
    shard.close()
    return 0 if improved else _NOTHING_TO_DO


if __name__ == "__main__":
    sys.exit(_optimize(sys.argv[1]))
