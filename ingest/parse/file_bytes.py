"""The content of a file that is read whole."""

from pathlib import Path

from ingest.errors import UnreadableFile
from ingest.said import Said


def read_bytes(path: Path) -> bytes:
    """All of the file. Raises `UnreadableFile` when the system refuses."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            Said("{name} cannot be read: {why}.", name=path.name, why=error.strerror),
            "Check the file's rights, then ingest again.",
        ) from error
