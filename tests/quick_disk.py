"""A folder in memory for tests that open many stores: on a disk, most of their time is waiting for fsync."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 2 * 2**30


@contextmanager
def quick_folder() -> Iterator[Path]:
    """A new folder, in memory where there is room, removed at the end."""
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    where = MEMORY if roomy else None
    # What a test has killed may write its last file while its folder is removed.
    with tempfile.TemporaryDirectory(prefix="caselore-test-", dir=where, ignore_cleanup_errors=True) as folder:
        yield Path(folder)
