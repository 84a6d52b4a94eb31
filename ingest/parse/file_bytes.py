"""The content of a file that is read whole."""

from pathlib import Path

from ingest.errors import UnreadableFile


def read_bytes(path: Path) -> bytes:
    """All of the file. Raises `UnreadableFile` when the system refuses."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            f"{path.name} cannot be read: {error.strerror}.", "Check the file's rights, then ingest again."
        ) from error
