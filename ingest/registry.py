"""The registry: which documents the library holds, from which files, in what state, and what failed.

It is the source of truth for what a question may see. Points are written to the store while a document is `pending`,
one transaction here makes it `active` and its predecessor `stale`, and only then are the old points deleted: a reader
sees the whole old document or the whole new one, also when the process is killed between any two steps.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from ingest.document import DocumentMeta
from ingest.errors import DocumentError, DocumentNotFound
from ingest.registry_engine import Database
from ingest.registry_rows import (
    count_change,
    file_first,
    is_shallow,
    mark_stale,
    new_row,
    not_shallow,
    remove_files,
    to_pending,
    warn,
)
from ingest.registry_tables import Base, ChangeRow, DocumentRow, FailureRow, FileRow, IndexRow, ShallowRow, WarningRow
from ingest.report import Failure
from ingest.said import Said
from ingest.settings import Settings


class Registry(Database):
    """Documents, files, failures and the index's own facts, over SQLAlchemy. Safe to use from several threads.

    Raises `DataDirNotWritable` when the database cannot be opened or written.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings, Base.metadata)

    # -- what the library holds

    def documents(self) -> list[tuple[DocumentMeta, int]]:
        """Every active document with its number of chunks, by path."""
        with self._session() as session:
            rows = session.scalars(select(DocumentRow).where(DocumentRow.state == "active")).all()
            found = [(DocumentMeta.model_validate_json(row.meta), row.chunks) for row in rows]
        return sorted(found, key=lambda pair: pair[0].path)

    def document(self, document_id: str) -> DocumentMeta:
        """The active document of this id. Raises `DocumentNotFound`."""
        with self._session() as session:
            row = session.get(DocumentRow, document_id)
            if row is None or row.state != "active":
                raise DocumentNotFound(
                    Said("No document {document_id} is in the library.", document_id=document_id),
                    "List them with `caselore documents`.",
                )
            return DocumentMeta.model_validate_json(row.meta)

    def sources(self, document_id: str) -> list[Path]:
        """The files that hold this document."""
        with self._session() as session:
            found = session.scalars(select(FileRow.source).where(FileRow.document_id == document_id))
            return sorted(Path(source) for source in found)

    def hidden(self) -> frozenset[str]:
        """Documents whose chunks may be in the store but must not be seen: half written, or superseded."""
        with self._session() as session:
            return frozenset(session.scalars(select(DocumentRow.id).where(DocumentRow.state != "active")))

    def indexed(self) -> dict[str, int]:
        """For every document that should be in the store, whole: its number of chunks."""
        with self._session() as session:
            query = select(DocumentRow.id, DocumentRow.chunks).where(DocumentRow.state == "active")
            return {row.id: row.chunks for row in session.execute(query)}

    def mark(self) -> int:
        """A mark of what the library holds, read in a millisecond: a greater one when documents came, went or changed,
        whichever process did it.
        """
        with self._session() as session:
            return session.scalar(select(ChangeRow.count)) or 0

    def active_recipe(self, document_id: str) -> str | None:
        """The recipe an active document was made by; None when it is not active."""
        with self._session() as session:
            row = session.get(DocumentRow, document_id)
            return row.recipe if row and row.state == "active" else None

    def shallow(self) -> list[DocumentMeta]:
        """The active documents of which some chunks have no dense vector yet, the first ingested first."""
        with self._session() as session:
            query = select(DocumentRow.meta).where(*is_shallow).order_by(DocumentRow.ingested_at, DocumentRow.id)
            return [DocumentMeta.model_validate_json(meta) for meta in session.scalars(query)]

    def shallow_count(self) -> int:
        """How many documents `shallow` lists, at the cost of a look."""
        with self._session() as session:
            held = (
                select(func.count()).select_from(DocumentRow).join(ShallowRow, ShallowRow.document_id == DocumentRow.id)
            )
            return session.scalar(held.where(DocumentRow.state == "active")) or 0

    def deepened(self, document_id: str) -> None:
        """Every chunk of this document has its dense vector now."""
        with self._session() as session:
            session.execute(not_shallow(document_id))

    # -- files

    def roots(self) -> list[Path]:
        """The folders that have been ingested, deepest first."""
        with self._session() as session:
            found = {Path(root) for root in session.scalars(select(FileRow.root).distinct())}
        return sorted(found, key=lambda root: len(root.parts), reverse=True)

    def file_document(self, source: Path) -> str | None:
        """The id of the document this file held when last ingested."""
        with self._session() as session:
            row = session.get(FileRow, str(source))
            return row.document_id if row else None

    def is_settled(self, source: Path, root: Path, document_id: str) -> bool:
        """Whether it is on record that this file below this root holds this document, and no failure of it is."""
        with self._session() as session:
            row = session.get(FileRow, str(source))
            held = row is not None and (row.root, row.document_id) == (str(root), document_id)
            return held and session.get(FailureRow, str(source)) is None

    def files_under(self, roots: Iterable[Path]) -> list[Path]:
        """Every registered file inside one of the folders (or equal to one of the files)."""
        folders = list(roots)
        with self._session() as session:
            sources = [Path(source) for source in session.scalars(select(FileRow.source))]
        return sorted(source for source in sources if any(source.is_relative_to(folder) for folder in folders))

    # -- the steps of one document's replacement, in order

    def begin(self, meta: DocumentMeta) -> None:
        """Step 1: from now on the document's chunks are being written and are not seen."""
        with self._session() as session:
            before = session.get(DocumentRow, meta.id)
            if before is not None and before.state == "active":
                count_change(session)
            session.merge(new_row(meta, "", "pending", chunks=0))

    def hide(self, document_ids: Iterable[str]) -> None:
        """These documents are not whole in the store: not seen until they are made anew."""
        with self._session() as session:
            for document_id in document_ids:
                session.execute(to_pending.where(DocumentRow.id == document_id))
            count_change(session)

    def activate(
        self,
        meta: DocumentMeta,
        recipe: str,
        chunks: int,
        source: Path,
        root: Path,
        moved: Sequence[Path] = (),
        unread: Sequence[Failure] = (),
        *,
        shallow: bool = False,
    ) -> list[str]:
        """Step 2: in one transaction the file holds this document and its chunks are seen; a predecessor no file holds
        any more becomes stale. `moved` are files that held the document and have gone; `unread` what could not be read
        of it; `shallow`: without dense vectors. Returns the stale ids, whose points the caller deletes before `forget`.
        """
        with self._session() as session:
            session.merge(new_row(meta, recipe, "active", chunks))
            warn(session, meta.id, unread)
            session.execute(not_shallow(meta.id))
            session.add_all([ShallowRow(document_id=meta.id)] if shallow else [])
            return self._attach(session, source, root, meta.id, moved)

    def attach(self, source: Path, root: Path, document_id: str, moved: Sequence[Path] = ()) -> list[str]:
        """The file holds this active document (nothing to write). Otherwise as `activate`."""
        with self._session() as session:
            return self._attach(session, source, root, document_id, moved)

    def detach(self, *sources: Path) -> list[str]:
        """These files have gone. Returns stale ids as `activate` does."""
        with self._session() as session:
            remove_files(session, sources)
            count_change(session)
            return mark_stale(session)

    def forget(self, document_ids: Iterable[str]) -> None:
        """Step 3: the points are gone, so the rows go, save those of documents a file still holds (to be made anew)."""
        with self._session() as session:
            for document_id in document_ids:
                warn(session, document_id, ())
                session.execute(not_shallow(document_id))
                gone = delete(DocumentRow).where(DocumentRow.id == document_id)
                session.execute(gone.where(DocumentRow.id.not_in(select(FileRow.document_id))))
            count_change(session)

    @staticmethod
    def _attach(session: Session, source: Path, root: Path, document_id: str, moved: Sequence[Path]) -> list[str]:
        remove_files(session, (source, *moved))
        session.add(FileRow(source=str(source), root=str(root), document_id=document_id))
        count_change(session)
        return mark_stale(session)

    # -- failures

    def fail(self, source: Path, error: DocumentError) -> None:
        """Remember why a file was not taken."""
        with self._session() as session:
            session.merge(FailureRow(source=str(source), error=error.message, hint=error.hint, at=datetime.now(UTC)))

    def failures(self) -> list[tuple[Path, str, str]]:
        """Files not taken, each with error and hint."""
        with self._session() as session:
            rows = session.scalars(select(FailureRow).order_by(FailureRow.source))
            return [(Path(row.source), row.error, row.hint) for row in rows]

    def warnings(self) -> list[tuple[Path, str, str]]:
        """What could not be read of documents that were taken: the file, what is missing, and a hint."""
        with self._session() as session:
            file = select(func.min(FileRow.source)).where(FileRow.document_id == WarningRow.document_id)
            rows = session.execute(
                select(file.scalar_subquery(), WarningRow.error, WarningRow.hint)
                .join(DocumentRow, DocumentRow.id == WarningRow.document_id)
                .where(DocumentRow.state == "active")
                .order_by(WarningRow.number)
            )
            return sorted(((Path(source), error, hint) for source, error, hint in rows if source), key=file_first)

    def forget_failures(self, sources: Iterable[Path]) -> None:
        """These failures no longer matter: the files have gone."""
        with self._session() as session:
            for source in sources:
                session.execute(delete(FailureRow).where(FailureRow.source == str(source)))

    # -- the index's own facts

    def index_facts(self) -> dict[str, str]:
        """What the index was built with; empty before the first ingest."""
        with self._session() as session:
            return {row.key: row.value for row in session.scalars(select(IndexRow))}

    def set_index_facts(self, facts: dict[str, str]) -> None:
        """Record what the index is built with."""
        with self._session() as session:
            for key, value in facts.items():
                session.merge(IndexRow(key=key, value=value))

    def invalidate(self) -> None:
        """The index has been dropped: every document is to be made anew, from the files still on record."""
        with self._session() as session:
            session.execute(to_pending)
            session.execute(delete(IndexRow))
            count_change(session)

    def clear(self) -> None:
        """Forget everything, as before the first ingest."""
        with self._session() as session:
            for table in (WarningRow, ShallowRow, FileRow, FailureRow, DocumentRow, IndexRow):
                session.execute(delete(table))
            count_change(session)
