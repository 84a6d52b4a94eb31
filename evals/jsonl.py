"""Files of one JSON object a line, read one by one and checked."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from ingest.errors import UsageError
from ingest.said import Said

Row = TypeVar("Row", bound=BaseModel)


def read_rows(path: Path, row: type[Row]) -> Iterator[Row]:
    """The rows of a JSON-lines file; blank lines are passed over.

    Raises `UsageError` when the file is not there or not to be read, or at the first line that is no such row.
    """
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _read(line, row, f"{path}, line {number}")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            Said("{path} cannot be read: {error}.", path=path, error=error),
            "Give a question set in UTF-8 that you may read.",
        ) from error


def _read(line: str, row: type[Row], where: str) -> Row:
    try:
        return row.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise UsageError(
            Said("{where}: {what}{msg}.", where=where, what=f"{field}: " if field else "", msg=first["msg"]),
            Said("Each line is a JSON object: {fields}.", fields=_fields(row)),
        ) from error


def _fields(row: type[BaseModel]) -> str:
    return ", ".join(
        (field.alias or name) + ("" if field.is_required() else " (may be absent)")
        for name, field in row.model_fields.items()
    )
