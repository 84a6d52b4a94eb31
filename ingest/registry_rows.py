"""What the registry says to its tables in more than one place."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from sqlalchemy import Delete, delete, select, update
from sqlalchemy.orm import Session

from ingest.document import DocumentMeta
from ingest.registry_tables import ChangeRow, DocumentRow, FailureRow, FileRow, ShallowRow, WarningRow
from ingest.report import Failure

State = Literal["pending", "active", "stale"]


to_pending = update(DocumentRow).values(state="pending")
is_shallow = (DocumentRow.state == "active", DocumentRow.id.in_(select(ShallowRow.document_id)))


def count_change(session: Session) -> None:
    """Within the transaction that changes what is held: the next `Registry.mark` is another one."""
    # Added up by the database: another process may count at the same time.
    if session.get(ChangeRow, 1) is None:
        session.add(ChangeRow(number=1, count=1))
    else:
        session.execute(update(ChangeRow).values(count=ChangeRow.count + 1))


def not_shallow(document_id: str) -> Delete:
    """The statement that a document is not shallow any more."""
    return delete(ShallowRow).where(ShallowRow.document_id == document_id)


def new_row(meta: DocumentMeta, recipe: str, state: State, chunks: int) -> DocumentRow:
    """The row of a document as it is indexed now."""
    return DocumentRow(
        id=meta.id,
        state=state,
        meta=meta.model_dump_json(),
        recipe=recipe,
        chunks=chunks,
        ingested_at=datetime.now(UTC),
    )


def file_first(told: tuple[Path, str, str]) -> Path:
    """What troubles are sorted by: the file."""
    return told[0]


def warn(session: Session, document_id: str, unread: Sequence[Failure]) -> None:
    """Put down what could not be read of a document, in place of what was put down before."""
    session.execute(delete(WarningRow).where(WarningRow.document_id == document_id))
    for one in unread:
        session.add(WarningRow(document_id=document_id, error=one.error, hint=one.hint))


def remove_files(session: Session, sources: Iterable[Path]) -> None:
    """Forget these files and their failures."""
    for source in sources:
        session.execute(delete(FileRow).where(FileRow.source == str(source)))
        session.execute(delete(FailureRow).where(FailureRow.source == str(source)))


def mark_stale(session: Session) -> list[str]:
    """Make documents that no file holds any more stale; returns their ids."""
    session.flush()
    held = select(FileRow.document_id)
    rows = session.scalars(select(DocumentRow).where(DocumentRow.state == "active", DocumentRow.id.not_in(held))).all()
    for row in rows:
        row.state = "stale"
    return [row.id for row in rows]
