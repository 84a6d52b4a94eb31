"""The tables of what was asked, beside the registry's."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from ingest.registry_tables import Moment, PlainText

ID_CHARS = 32


class Base(DeclarativeBase):
    """Tables of conversations."""


class ConversationRow(Base):
    """One conversation; its title is its first question until somebody renames it."""

    __tablename__ = "conversations"
    id: Mapped[str] = mapped_column(String(ID_CHARS), primary_key=True)
    title: Mapped[str] = mapped_column(PlainText)
    started_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment, index=True)


class TurnRow(Base):
    """One question with the whole answer as it was given, numbered from 1 in its conversation."""

    __tablename__ = "turns"
    id: Mapped[str] = mapped_column(String(ID_CHARS), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    number: Mapped[int]
    question: Mapped[str] = mapped_column(PlainText)
    status: Mapped[str] = mapped_column(String(16), index=True)
    answer: Mapped[str]
    filters: Mapped[str]
    nearest: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(Moment, index=True)


class FoundRow(Base):
    """The passages that were found for a turn's question, as they were shown."""

    __tablename__ = "found"
    turn_id: Mapped[str] = mapped_column(ForeignKey("turns.id"), primary_key=True)
    passages: Mapped[str]


class VoteRow(Base):
    """What a reader thinks of one answer: +1 or -1, why, and which citation is wrong. The last word counts."""

    __tablename__ = "votes"
    turn_id: Mapped[str] = mapped_column(ForeignKey("turns.id"), primary_key=True)
    vote: Mapped[int]
    reason: Mapped[str] = mapped_column(String(32))
    comment: Mapped[str] = mapped_column(PlainText)
    citation: Mapped[int | None]
    at: Mapped[datetime] = mapped_column(Moment)
