"""The data folder: made and tried before anything is written."""

import shutil

from ingest.errors import DataDirNotWritable
from ingest.said import Said
from ingest.settings import Settings

MIN_FREE_BYTES = 128 * 2**20
"""Free space below which nothing is written: the store maps files into memory, where a full disk kills the process."""


def make_data_dir(settings: Settings) -> None:
    """Make the data folder and see that it can be written and has room. Raises `DataDirNotWritable`."""
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        probe = settings.data_dir / ".writable"
        probe.write_bytes(b"")
        probe.unlink(missing_ok=True)
        free = shutil.disk_usage(settings.data_dir).free
    except (FileExistsError, NotADirectoryError) as error:
        raise DataDirNotWritable(
            Said("The data folder {data_dir} cannot be made: a file is in its place.", data_dir=settings.data_dir),
            "Move that file away, or set CASELORE_DATA_DIR to a folder.",
        ) from error
    except OSError as error:
        raise DataDirNotWritable(
            Said(
                "The data folder {data_dir} cannot be written: {why}.", data_dir=settings.data_dir, why=error.strerror
            ),
            "Check its rights and the space on its disk, or set CASELORE_DATA_DIR to another folder.",
        ) from error
    if free < MIN_FREE_BYTES:
        raise DataDirNotWritable(
            Said(
                "The disk of the data folder {data_dir} is full ({free} MiB free, {min_free_bytes} needed).",
                data_dir=settings.data_dir,
                free=free // 2**20,
                min_free_bytes=MIN_FREE_BYTES // 2**20,
            ),
            "Free some space, or set CASELORE_DATA_DIR to another disk.",
        )
