"""Keeps conversations: adds a turn, gives back what was asked before, deletes."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from ingest.document import DocumentMeta
from ingest.errors import AnswerNotFound, ConversationNotFound
from ingest.registry_engine import Database
from ingest.said import Said
from ingest.settings import Settings
from retrieval.answer import Answer
from retrieval.conversations.tables import Base, ConversationRow, FoundRow, TurnRow, VoteRow
from retrieval.conversations.turn import Conversation, Turn, Vote

_TITLE_CHARS = 60
HISTORY_CHARS = 1_500
"""Most characters of earlier questions that are taken along: about as many tokens of a Chinese model."""


class Conversations(Database):
    """What was asked and answered, in the registry's database. Safe to use from several threads.

    Every method raises `DataDirNotWritable` when the database cannot be read or written.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings, Base.metadata)

    def add(
        self,
        answer: Answer,
        conversation_id: str | None = None,
        filters: Mapping[str, tuple[str, ...]] = {},
        nearest: Sequence[DocumentMeta] = (),
        passages: Sequence[Mapping[str, Any]] = (),
    ) -> Turn:
        """Keep a question and its answer as the last turn of a conversation; without one, a new one begins.

        `passages` are those found for it, as they are shown (`Passage.to_json`). Raises `ConversationNotFound`.
        """
        now = datetime.now(UTC)
        with self._session() as session:
            row = _conversation(session, conversation_id) if conversation_id else _begin(session, answer.question, now)
            row.changed_at = now
            last = session.scalar(select(func.max(TurnRow.number)).where(TurnRow.conversation_id == row.id))
            turn = TurnRow(
                id=uuid4().hex,
                conversation_id=row.id,
                number=(last or 0) + 1,
                question=answer.question,
                status=answer.status,
                answer=answer.model_dump_json(),
                filters=json.dumps(filters, ensure_ascii=False),
                nearest=json.dumps([one.model_dump() for one in nearest], ensure_ascii=False),
                asked_at=now,
            )
            session.add(turn)
            # What the row refers to stands first: the tables know no order among themselves.
            session.flush()
            session.add(FoundRow(turn_id=turn.id, passages=json.dumps(passages, ensure_ascii=False)))
            return read_turn(turn, None)

    def all(self, most: int = 200) -> list[Conversation]:
        """The conversations, the one last spoken in first."""
        counted = select(TurnRow.conversation_id, func.count().label("turns")).group_by(TurnRow.conversation_id)
        counts = counted.subquery()
        query = (
            select(ConversationRow, func.coalesce(counts.c.turns, 0))
            .outerjoin(counts, counts.c.conversation_id == ConversationRow.id)
            .order_by(ConversationRow.changed_at.desc())
            .limit(most)
        )
        with self._session() as session:
            return [_read_conversation(row, turns) for row, turns in session.execute(query)]

    def turns(self, conversation_id: str) -> list[Turn]:
        """The turns of a conversation in order, with their votes. Raises `ConversationNotFound`."""
        query = (
            select(TurnRow, VoteRow)
            .outerjoin(VoteRow, VoteRow.turn_id == TurnRow.id)
            .where(TurnRow.conversation_id == conversation_id)
            .order_by(TurnRow.number)
        )
        with self._session() as session:
            _conversation(session, conversation_id)
            return [read_turn(turn, vote) for turn, vote in session.execute(query)]

    def turn(self, turn_id: str) -> Turn:
        """One turn. Raises `AnswerNotFound`."""
        with self._session() as session:
            return read_turn(_turn(session, turn_id), session.get(VoteRow, turn_id))

    def passages(self, turn_id: str) -> list[dict[str, Any]]:
        """What was found for a turn's question, best first, as it was shown; nothing for turns of older versions.

        Raises `AnswerNotFound`.
        """
        with self._session() as session:
            _turn(session, turn_id)
            row = session.get(FoundRow, turn_id)
            found: list[dict[str, Any]] = json.loads(row.passages) if row else []
            return found

    def history(self, conversation_id: str, most_chars: int = HISTORY_CHARS) -> tuple[str, ...]:
        """The questions asked so far, oldest first: the latest that fit into `most_chars`.

        Raises `ConversationNotFound`.
        """
        query = (
            select(TurnRow.question).where(TurnRow.conversation_id == conversation_id).order_by(TurnRow.number.desc())
        )
        kept: list[str] = []
        with self._session() as session:
            _conversation(session, conversation_id)
            for question in session.scalars(query):
                most_chars -= len(question)
                if most_chars < 0:
                    break
                kept.append(question)
        return tuple(reversed(kept))

    def rename(self, conversation_id: str, title: str) -> None:
        """Give a conversation another title. Raises `ConversationNotFound`."""
        with self._session() as session:
            _conversation(session, conversation_id).title = title

    def vote(self, turn_id: str, vote: Vote) -> None:
        """Keep what a reader thinks of an answer, in place of what was thought before. Raises `AnswerNotFound`."""
        with self._session() as session:
            _turn(session, turn_id)
            session.merge(
                VoteRow(
                    turn_id=turn_id,
                    vote=vote.value,
                    reason=vote.reason,
                    comment=vote.comment,
                    citation=vote.citation,
                    at=datetime.now(UTC),
                )
            )

    def unvote(self, turn_id: str) -> None:
        """Take a vote back; nothing happens where there is none. Raises `AnswerNotFound`."""
        with self._session() as session:
            _turn(session, turn_id)
            session.execute(delete(VoteRow).where(VoteRow.turn_id == turn_id))

    def delete(self, conversation_id: str) -> None:
        """Delete a conversation with all that was said and voted in it. Raises `ConversationNotFound`."""
        with self._session() as session:
            row = _conversation(session, conversation_id)
            turns = select(TurnRow.id).where(TurnRow.conversation_id == conversation_id)
            session.execute(delete(VoteRow).where(VoteRow.turn_id.in_(turns)))
            session.execute(delete(FoundRow).where(FoundRow.turn_id.in_(turns)))
            session.execute(delete(TurnRow).where(TurnRow.conversation_id == conversation_id))
            session.delete(row)

    def unanswered(self) -> list[Turn]:
        """The turns that were refused or voted down, oldest first."""
        query = (
            select(TurnRow, VoteRow)
            .outerjoin(VoteRow, VoteRow.turn_id == TurnRow.id)
            .where((TurnRow.status == "refused") | (VoteRow.vote < 0))
            .order_by(TurnRow.asked_at)
        )
        with self._session() as session:
            return [read_turn(turn, vote) for turn, vote in session.execute(query)]


def read_turn(row: TurnRow, vote: VoteRow | None) -> Turn:
    """The turn that a row keeps."""
    return Turn(
        id=row.id,
        conversation_id=row.conversation_id,
        number=row.number,
        asked_at=row.asked_at,
        answer=Answer.model_validate_json(row.answer),
        filters=json.loads(row.filters),
        nearest=json.loads(row.nearest),
        vote=vote
        and Vote.model_validate(
            {"value": vote.vote, "reason": vote.reason, "comment": vote.comment, "citation": vote.citation}
        ),
    )


def _begin(session: Session, question: str, now: datetime) -> ConversationRow:
    title = " ".join(question.split())
    title = title if len(title) <= _TITLE_CHARS else title[: _TITLE_CHARS - 1] + "…"
    row = ConversationRow(id=uuid4().hex, title=title, started_at=now, changed_at=now)
    session.add(row)
    session.flush()
    return row


def _conversation(session: Session, conversation_id: str) -> ConversationRow:
    row = session.get(ConversationRow, conversation_id)
    if row is None:
        raise ConversationNotFound(
            Said("No conversation {conversation_id} is kept.", conversation_id=conversation_id),
            "List them with `caselore conversations list`.",
        )
    return row


def _turn(session: Session, turn_id: str) -> TurnRow:
    row = session.get(TurnRow, turn_id)
    if row is None:
        raise AnswerNotFound(
            Said("No answer {turn_id} is kept; it may have been deleted with its conversation.", turn_id=turn_id),
            "Ask again.",
        )
    return row


def _read_conversation(row: ConversationRow, turns: int) -> Conversation:
    return Conversation(
        id=row.id,
        title=row.title,
        started_at=row.started_at,
        changed_at=row.changed_at,
        turns=turns,
    )
