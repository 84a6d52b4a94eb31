"""Describes a document: manifest before front matter before its first lines before its properties before its path."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from ingest.cover import read_cover
from ingest.dates import iso_date
from ingest.document import DocumentMeta, Element, ParsedDocument, Properties
from ingest.errors import DamagedDocument, DocumentError, EmptyDocument
from ingest.names import told_by_path, without_version
from ingest.parse.headings import numbering
from ingest.parse.plain.encoding import read_text
from ingest.said import Said
from ingest.source import MANIFEST

_NUMBERED_VERSION = re.compile(r"[vV]?\d{1,2}(?:\.\d+)*(?!\d)")
_ANCESTORS = 3
"""How many folders above the ingested one a manifest is looked for, so that a part of a corpus finds it, too."""


class Manifest(dict[str, Properties]):
    """What a manifest says, by path relative to the folder ingested; `problems` are its broken rows, left out of it.

    `file` is where it lies; None when there is none.
    """

    def __init__(self, file: Path | None = None) -> None:
        super().__init__()
        self.file = file
        self.problems: list[DocumentError] = []


class _Row(Properties):
    path: str


def describe(
    path: Path,
    root: Path,
    document_id: str,
    format: str,  # noqa: A002 - the name of the field
    parsed: ParsedDocument,
    manifest: Mapping[str, Properties],
) -> DocumentMeta:
    """The metadata of the document at `path`, which lies below the folder `root`.

    Each field comes from the first source that has it: the manifest, front matter, the document's first lines, its
    properties, its name and folders. Without a stated title it is the first top heading (not in a workbook), then the
    file's name.
    """
    relative = PurePosixPath(path.relative_to(root).as_posix())
    sources = [
        manifest.get(str(relative), Properties()),
        parsed.front_matter,
        read_cover(parsed.elements),
        parsed.properties,
        told_by_path(relative),
        # A workbook's first heading is the name of its first sheet.
        Properties(title=_first_title(parsed.elements) if format != "xlsx" else None),
        Properties(title=without_version(relative.stem)),
    ]
    found: dict[str, str] = {}
    for source in map(_tidy, sources):
        for name, value in source:
            if value and name not in found:
                found[name] = value
    return DocumentMeta(id=document_id, path=str(relative), format=format, **found)


def read_manifest(root: Path) -> Manifest:
    """The rows of the nearest `manifest.jsonl` in `root` or above it that concern files below `root`.

    Each row is a JSON object with `path` (relative to the manifest's folder) and any of title, project, customer,
    doc_type, author, date, version. A broken row stops nothing; it is among the `problems`.
    """
    root = root.resolve()
    file = next((one / MANIFEST for one in (root, *root.parents[:_ANCESTORS]) if (one / MANIFEST).is_file()), None)
    manifest = Manifest(file)
    if file is None:
        return manifest
    try:
        lines = read_text(file).split("\n")
    except EmptyDocument:
        return manifest
    except DocumentError as error:
        manifest.problems.append(error)
        return manifest
    for number, line in enumerate(lines, start=1):
        if line.strip():
            _take(manifest, file, root, number, line)
    return manifest


def _take(manifest: Manifest, file: Path, root: Path, number: int, line: str) -> None:
    try:
        row = _Row.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        problem = first["msg"]
        if first["loc"]:
            problem = Said("field `{field}`: {problem}", field=".".join(map(str, first["loc"])), problem=problem)
    else:
        problem = ""
        if row.date is not None and not iso_date(row.date):
            problem = Said("field `date`: {value} is no date", value=repr(row.date))
        try:
            target = (file.parent / row.path).resolve()
        except (ValueError, OSError, RuntimeError):  # a NUL in it; a name too long; a loop of links
            problem = Said("field `path`: {value} is no path", value=repr(row.path[:80]))
        else:
            if not problem and target.is_relative_to(root):
                manifest[target.relative_to(root).as_posix()] = Properties(**row.model_dump(exclude={"path"}))
    if problem:
        message = Said("{name}, line {number}: {problem}.", name=file.name, number=number, problem=problem)
        manifest.problems.append(
            DamagedDocument(message, "Correct the row and ingest again; until then it is ignored.")
        )


def _tidy(stated: Properties) -> Properties:
    """Dates as ISO 8601 (others dropped), versions as `V1.2`, single blanks."""
    update = {name: " ".join(value.split()) or None for name, value in stated if value}
    if stated.date:
        update["date"] = iso_date(stated.date)
    version = update.get("version")
    if version and _NUMBERED_VERSION.match(version):
        update["version"] = f"V{version.lstrip('vV')}"
    return stated.model_copy(update=update)


def _first_title(elements: Sequence[Element]) -> str | None:
    """The first heading, where it is one of the top and not a numbered section."""
    heading = next((element for element in elements if element.kind == "heading"), None)
    return heading.text if heading and heading.level == 1 and numbering(heading.text) is None else None
