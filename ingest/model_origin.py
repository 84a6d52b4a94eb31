"""Where a fetched model came from, kept beside its files."""

from pathlib import Path
from typing import Self

from ingest.document import Value

_FILE = "origin.json"


class SourceFailed(Exception):
    """One place did not have the model; the message says why, in a few words."""


class Origin(Value):
    """Where a model came from, in words, and its licence where that is stated."""

    origin: str
    licence: str | None = None

    def write(self, folder: Path) -> None:
        """Put the origin into the model's folder."""
        (folder / _FILE).write_text(self.model_dump_json(indent=2) + "\n", "utf-8")

    @classmethod
    def read(cls, folder: Path) -> Self | None:
        """The origin in a folder, or None when there is none."""
        try:
            return cls.model_validate_json((folder / _FILE).read_text("utf-8"))
        except (OSError, ValueError):
            return None
