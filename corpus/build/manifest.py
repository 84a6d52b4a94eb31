"""The manifest row of one document."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One row of `manifest.jsonl`.

    `path` is relative to `corpus/` (`documents/<file>`). A field left out (None) does not appear in the row: the
    reader then has to take it from the front matter, the document's properties or its path.
    """

    path: str
    title: str | None = None
    project: str | None = None
    customer: str | None = None
    doc_type: str | None = None
    author: str | None = None
    date: str | None = None
    version: str | None = None


def read(path: Path) -> list[Entry]:
    if not path.exists():
        return []
    return [Entry(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line]


def write(path: Path, entries: list[Entry]) -> None:
    rows = [{key: value for key, value in asdict(entry).items() if value is not None} for entry in entries]
    rows.sort(key=lambda row: row["path"])
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
