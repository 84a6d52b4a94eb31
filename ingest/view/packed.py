"""An archive inside a document as a list of the documents in it, each to be opened."""

import json
import tempfile
import zipfile
from pathlib import Path

from ingest.parse.containers import ZIP_MAGICS
from ingest.parse.nested import is_wanted
from ingest.parse.unpack import Unpacking, is_package
from ingest.view.made import PLACES, Description, Part, write_pieces

FORMAT = "zip"
_PIECE = 250


def is_archive(path: Path) -> bool:
    """Whether the file is a zip archive of documents, and not a document that is packed as one."""
    with path.open("rb") as file:
        starts = file.read(len(ZIP_MAGICS[0]))
    return starts in ZIP_MAGICS and zipfile.is_zipfile(path) and not is_package(path)


def make(path: Path, folder: Path, max_bytes: int) -> Description:
    """Write the names of the documents in the archive at `path` into `folder`. Raises `DocumentError`s."""
    with tempfile.TemporaryDirectory(prefix="caselore-") as unpacked:
        unpacking = Unpacking(is_wanted, most_bytes=max_bytes, most_file_bytes=max_bytes)
        unpacking.unpack(path, Path(unpacked), path.name)
        names = sorted(one.relative_to(unpacked).as_posix() for one in Path(unpacked).rglob("*") if one.is_file())
    items = [{"kind": "file", "text": name, "within": [name]} for name in names]
    (folder / PLACES).write_text(json.dumps([]), "utf-8")
    return Description(
        kind="flow", format=FORMAT, parts=(Part(number=1, pieces=write_pieces(folder, 1, items, _PIECE)),)
    )
