"""Uploaded files: each in a folder named by its content, so that nothing is overwritten before its successor is in."""

import hashlib
import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Annotated
from uuid import uuid4

from fastapi import Form, UploadFile

from ingest.errors import DataDirNotWritable, DocumentError, DocumentTooLarge, UnsupportedFormat
from ingest.library import Library
from ingest.pipeline import ingest
from ingest.pipeline import remove as remove_document
from ingest.report import Failure, IngestReport
from ingest.settings import Settings

_BLOCK = 1 << 20
_MAX_NAME_BYTES = 255


@dataclass
class Described:
    """What the uploader says about the files; it outranks what the files say about themselves."""

    title: Annotated[str | None, Form()] = None
    project: Annotated[str | None, Form()] = None
    customer: Annotated[str | None, Form()] = None
    doc_type: Annotated[str | None, Form()] = None
    author: Annotated[str | None, Form()] = None
    date: Annotated[str | None, Form()] = None
    version: Annotated[str | None, Form()] = None


def take(library: Library, files: Sequence[UploadFile], described: Described) -> IngestReport:
    """Store and ingest uploaded files. A file that is not taken leaves no trace but its line in the report."""
    total = IngestReport()
    for file in files:
        try:
            path = _store(library.settings, file, described)
        except DocumentError as error:
            total.documents["failed"] += 1
            total.failures.append(Failure(file.filename or "", error.message, error.hint))
            continue
        report = ingest(library, [path])
        if report.failures:
            library.registry.detach(path)
            discard(library.settings, path)
            report.failures = [Failure(path.name, one.error, one.hint) for one in report.failures]
        elif _drop_predecessors(library, path):
            report.documents["added"], report.documents["updated"] = 0, 1
        total.add(report)
    return total


def discard(settings: Settings, path: Path) -> bool:
    """Delete an uploaded file; a file that was not uploaded is left alone. Returns whether it was deleted."""
    if not path.is_relative_to(_folder(settings)):
        return False
    shutil.rmtree(path.parent, ignore_errors=True)
    return True


def _folder(settings: Settings) -> Path:
    return (settings.data_dir / "uploads").resolve()


def _store(settings: Settings, file: UploadFile, described: Described) -> Path:
    name = _safe_name(file.filename or "")
    incoming = _folder(settings) / f".incoming-{uuid4().hex}"
    limit, size, digest = settings.max_file_mb * _BLOCK, 0, hashlib.sha256()
    try:
        incoming.mkdir(parents=True)
        with (incoming / name).open("wb") as target:
            while block := file.file.read(_BLOCK):
                size += len(block)
                if size > limit:
                    raise DocumentTooLarge(
                        f"{name} is larger than {settings.max_file_mb} MiB.", "Split it, or raise CASELORE_MAX_FILE_MB."
                    )
                digest.update(block)
                target.write(block)
        said = {key: value for key, value in asdict(described).items() if value}
        if said:
            manifest = json.dumps({"path": name} | said, ensure_ascii=False)
            (incoming / "manifest.jsonl").write_text(manifest + "\n", encoding="utf-8")
        final = _folder(settings) / digest.hexdigest()[:16]
        shutil.rmtree(final, ignore_errors=True)
        incoming.rename(final)
    except OSError as error:
        raise DataDirNotWritable(
            f"{name} could not be stored: {error.strerror}.", "Check the data folder's rights and free space."
        ) from error
    finally:
        shutil.rmtree(incoming, ignore_errors=True)
    return final / name


def _safe_name(given: str) -> str:
    """The file's own name, without any path a client may have put before it. Raises `UnsupportedFormat`."""
    name = re.sub(r"[\x00-\x1f\x7f]", "", PurePosixPath(given.replace("\\", "/")).name).strip()
    if name in ("", ".", "..", "manifest.jsonl") or name.startswith(".") or len(name.encode()) > _MAX_NAME_BYTES:
        raise UnsupportedFormat(f"{given!r} is no name for a document.", "Rename the file and upload it again.")
    return name


def _drop_predecessors(library: Library, path: Path) -> bool:
    """Take out what was uploaded under the same name before; returns whether there was any."""
    older = [
        one
        for one in library.registry.files_under([_folder(library.settings)])
        if one.name == path.name and one != path
    ]
    for one in older:
        document_id = library.registry.file_document(one)
        if document_id:
            remove_document(library, document_id)
        discard(library.settings, one)
    return bool(older)
