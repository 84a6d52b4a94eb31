"""The registry's tables."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


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
    ingested_at: Mapped[datetime]


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
    error: Mapped[str]
    hint: Mapped[str]
    at: Mapped[datetime]


class WarningRow(Base):
    """A part of a document that could not be read, in the order of the document."""

    __tablename__ = "warnings"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    document_id: Mapped[str] = mapped_column(String(64), index=True)
    error: Mapped[str]
    hint: Mapped[str]


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
