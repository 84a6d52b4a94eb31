"""The registry's tables."""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, ForeignKey, String, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from ingest.said import Said, packed, unpacked

_PACKED = '{"template":'


class MessageText(TypeDecorator[str]):
    """What is said to a person, kept so that it can be said in another language later. Older rows are plain text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:  # noqa: ARG002
        """As it is kept."""
        return json.dumps(packed(value), ensure_ascii=False) if isinstance(value, Said) else value

    def process_result_value(self, value: Any | None, dialect: Any) -> str | None:  # noqa: ARG002
        """As it was said."""
        if isinstance(value, str) and value.startswith(_PACKED):
            return unpacked(json.loads(value))
        return value


class Moment(TypeDecorator[datetime]):
    """A moment, kept in UTC without saying so: PostgreSQL turns one with a time zone into the server's own."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002
        """As it is kept."""
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any | None, dialect: Any) -> datetime | None:  # noqa: ARG002
        """The moment, with its time zone."""
        return value.replace(tzinfo=UTC) if isinstance(value, datetime) else None


class PlainText(TypeDecorator[str]):
    """What a person wrote, without the NUL characters that PostgreSQL keeps in no text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:  # noqa: ARG002
        """As it is kept."""
        return value and value.replace("\0", "")


class Base(DeclarativeBase):
    """Tables of the registry."""


class DocumentRow(Base):
    """One document: its metadata as indexed, how many chunks it has, and the recipe they were made by."""

    __tablename__ = "documents"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    state: Mapped[str] = mapped_column(String(16), index=True)
    meta: Mapped[str]
    recipe: Mapped[str] = mapped_column(String(64))
    chunks: Mapped[int]
    ingested_at: Mapped[datetime] = mapped_column(Moment)


class ShallowRow(Base):
    """A document of which some chunks have no dense vector yet. A table of its own, so that registries made before it
    need no change.
    """

    __tablename__ = "shallow"
    document_id: Mapped[str] = mapped_column(String(64), primary_key=True)


class FileRow(Base):
    """One file seen: where it lies and which document it holds. Copies of a file share one document."""

    __tablename__ = "files"
    source: Mapped[str] = mapped_column(primary_key=True)
    root: Mapped[str]
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), index=True)


class FailureRow(Base):
    """The last failure of a file that could not be taken; gone once it can."""

    __tablename__ = "failures"
    source: Mapped[str] = mapped_column(primary_key=True)
    error: Mapped[str] = mapped_column(MessageText)
    hint: Mapped[str] = mapped_column(MessageText)
    at: Mapped[datetime] = mapped_column(Moment)


class WarningRow(Base):
    """A part of a document that could not be read, in the order of the document."""

    __tablename__ = "warnings"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    document_id: Mapped[str] = mapped_column(String(64), index=True)
    error: Mapped[str] = mapped_column(MessageText)
    hint: Mapped[str] = mapped_column(MessageText)


class IndexRow(Base):
    """Facts about the index as a whole: the embedding model's name, fingerprint and dimensions."""

    __tablename__ = "index_state"
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str]


class ChangeRow(Base):
    """One row: how often the documents have changed. No clock tells that: it may stand still, or go back."""

    __tablename__ = "changes"
    number: Mapped[int] = mapped_column(primary_key=True)
    count: Mapped[int]
