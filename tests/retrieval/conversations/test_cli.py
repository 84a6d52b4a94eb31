import json

import pytest

from ingest.errors import ConversationNotFound, IndexMissing
from ingest.index.lock import Holder
from ingest.library import Library
from ingest.settings import Settings
from retrieval.conversations import cli
from retrieval.conversations.conversations import Conversations
from retrieval.conversations.turn import Turn
from tests.retrieval.conversations.kept import answer


@pytest.fixture
def turn(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Turn:
    """A refused question, kept beside a library that the command finds."""
    monkeypatch.setenv("CASELORE_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("CASELORE_EMBED_MODEL", settings.embed_model)
    Library(settings, Holder("test"), create=True).close()
    kept = Conversations(settings)
    try:
        return kept.add(answer("报价是多少？", "refused"))
    finally:
        kept.close()


def test_conversations_are_listed_shown_and_deleted(turn: Turn, capsys: pytest.CaptureFixture[str]) -> None:
    cli.list_conversations(as_json=True)
    assert [one["id"] for one in json.loads(capsys.readouterr().out)] == [turn.conversation_id]
    cli.list_conversations()
    assert "报价是多少？" in capsys.readouterr().out
    cli.show(turn.conversation_id)
    assert "1. 报价是多少？" in capsys.readouterr().out
    cli.show(turn.conversation_id, as_json=True)
    assert json.loads(capsys.readouterr().out)[0]["id"] == turn.id
    cli.delete(turn.conversation_id)
    with pytest.raises(ConversationNotFound, match="conversations list"):
        cli.show(turn.conversation_id)


def test_gaps_are_listed(turn: Turn, capsys: pytest.CaptureFixture[str]) -> None:
    cli.gaps(as_json=True)
    assert json.loads(capsys.readouterr().out)[0]["question"] == turn.answer.question
    cli.gaps()
    assert "报价" in capsys.readouterr().out


def test_without_a_library_nothing_is_made(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASELORE_DATA_DIR", str(settings.data_dir))
    with pytest.raises(IndexMissing):
        cli.list_conversations()
    assert not settings.data_dir.exists()
