"""The folder of uploaded files: each in a folder of its own, beside what its uploader said about it."""

import hashlib
import shutil
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from uuid import uuid4

from ingest.document import Properties
from ingest.errors import DataDirNotWritable, DocumentTooLarge, UnsupportedFormat
from ingest.parse.file_names import ARCHIVE, extension
from ingest.said import Said
from ingest.settings import Settings
from ingest.source import MANIFEST

_BLOCK = 1 << 20
_MAX_NAME_BYTES = 255
_SHOWN = 60


class _Row(Properties):
    path: str


@dataclass(frozen=True)
class UploadFolder:
    """Uploads lie at `<key>/<name>`, where the key comes from name and content: nothing is ever overwritten by another
    file. Beside each is a manifest of one row, as in any ingested folder. Folders that begin with a dot are unfinished.
    """

    root: Path
    max_file_mb: int
    max_archive_mb: int

    @classmethod
    def of(cls, settings: Settings) -> "UploadFolder":
        """The upload folder of a data folder."""
        return cls((settings.data_dir / "uploads").resolve(), settings.max_file_mb, settings.max_archive_mb)

    def put(self, given_name: str, content: BinaryIO, said: Properties) -> Path:
        """Store a file; the same name and content again only renews what is said about it.

        Raises `UnsupportedFormat` (a name that cannot be one), `DocumentTooLarge` and `DataDirNotWritable`.
        """
        name = safe_name(given_name)
        incoming = self.root / f".incoming-{uuid4().hex}"
        try:
            incoming.mkdir(parents=True)
            final = self.root / self._write(incoming / name, content)
            row = _Row(path=name, **said.model_dump())
            # Written also when nothing is said, so that no manifest of a folder above is looked for.
            (incoming / MANIFEST).write_text(row.model_dump_json(exclude_none=True) + "\n", encoding="utf-8")
            if final.exists():
                (incoming / MANIFEST).replace(final / MANIFEST)
            else:
                incoming.rename(final)
        except OSError as error:
            raise DataDirNotWritable(
                Said("{name} could not be stored: {why}.", name=name, why=error.strerror),
                "Check the data folder's rights and free space.",
            ) from error
        finally:
            shutil.rmtree(incoming, ignore_errors=True)
        return final / name

    def files(self) -> list[Path]:
        """Every uploaded file, the oldest first."""
        found = [path for path in self.root.glob("[!.]*/*") if path.name != MANIFEST and path.is_file()]
        return sorted(found, key=lambda path: path.stat().st_mtime_ns)

    def discard(self, path: Path) -> bool:
        """Delete an uploaded file; a file that was not uploaded is left alone. Returns whether it was uploaded."""
        if path.parent.parent != self.root:
            return False
        shutil.rmtree(path.parent, ignore_errors=True)
        return True

    def tidy(self) -> None:
        """Delete what a killed process left unfinished."""
        for leftover in self.root.glob(".incoming-*"):
            shutil.rmtree(leftover, ignore_errors=True)

    def _write(self, path: Path, content: BinaryIO) -> str:
        """Write the file and return the name of its folder."""
        most_mb, setting = self.max_file_mb, "CASELORE_MAX_FILE_MB"
        if extension(path) == ARCHIVE:
            most_mb, setting = self.max_archive_mb, "CASELORE_MAX_ARCHIVE_MB"
        size, key = 0, hashlib.sha256(path.name.encode() + b"\0")
        with path.open("xb") as target:
            while block := content.read(_BLOCK):
                size += len(block)
                if size > most_mb * 2**20:
                    raise DocumentTooLarge(
                        Said("{name} is larger than {most} MiB.", name=path.name, most=most_mb),
                        Said("Split it, or raise {setting}.", setting=setting),
                    )
                key.update(block)
                target.write(block)
        return key.hexdigest()[:16]


def safe_name(given: str) -> str:
    """The file's own name, without any path a client may have put before it. Raises `UnsupportedFormat`."""
    own = PurePosixPath(given.replace("\\", "/")).name
    # Control and format characters (categories C…) hide in a listing, or turn the direction of what follows.
    name = "".join(one for one in unicodedata.normalize("NFC", own) if unicodedata.category(one)[0] != "C").strip()
    if not name or name.startswith(".") or name == MANIFEST or len(name.encode()) > _MAX_NAME_BYTES:
        shown = given if len(given) <= _SHOWN else f"{given[:_SHOWN]}…"
        raise UnsupportedFormat(
            Said("{shown} is no name for a document.", shown=repr(shown)), "Rename the file and upload it again."
        )
    return name
