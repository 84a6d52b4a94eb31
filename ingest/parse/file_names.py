"""What a file's bare name tells: its extension, and whether it is anybody's document."""

from pathlib import Path

ARCHIVE = "zip"


def extension(path: Path) -> str:
    """The extension in lower case, without the dot."""
    return path.suffix.lower().lstrip(".")


def is_hidden(name: str) -> bool:
    """Whether a file or folder of this name is no document of anybody's: `~$name.docx` is the lock file that an office
    program leaves beside an open document, `__MACOSX` what a Mac adds to an archive.
    """
    return name.startswith((".", "~$")) or name == "__MACOSX"
