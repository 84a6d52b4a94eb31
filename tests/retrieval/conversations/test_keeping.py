"""The last step of an answer says where it is kept."""

from collections.abc import Iterator

import pytest

from ingest.errors import ConversationNotFound
from ingest.settings import Settings
from retrieval.conversations.conversations import Conversations
from retrieval.conversations.keeping import NEW, Kept, asked_before, keeping
from retrieval.finding import Event
from tests.retrieval.conversations.kept import answer, document


@pytest.fixture
def kept(settings: Settings) -> Iterator[Conversations]:
    settings.data_dir.mkdir(parents=True)
    conversations = Conversations(settings)
    yield conversations
    conversations.close()


PASSAGES = [{"document": document(name).model_dump()} for name in ("甲", "甲", "乙", "丙", "丁")]


def steps(question: str = "双活的 RPO 是多少？") -> list[Event]:
    return [Event("passages", PASSAGES), Event("token", "RPO"), Event("done", answer(question).model_dump())]


def test_without_a_conversation_nothing_is_kept(kept: Conversations) -> None:
    assert list(keeping(steps(), kept, None, {})) == steps()
    assert kept.all() == []


def test_a_new_conversation_begins_and_goes_on(kept: Conversations) -> None:
    *before, done = keeping(steps(), kept, NEW, {"project": ("星衡",)})
    assert before == steps()[:-1]
    first = Kept.model_validate(done.data)
    *_, done = keeping(steps("那 RTO 呢？"), kept, first.conversation_id, {})
    second = Kept.model_validate(done.data)
    assert second.conversation_id == first.conversation_id
    assert asked_before(kept, first.conversation_id) == ("双活的 RPO 是多少？", "那 RTO 呢？")
    assert first.id
    turn = kept.turn(first.id)
    assert turn.filters == {"project": ("星衡",)}
    assert [one.title for one in turn.nearest] == ["甲", "乙", "丙"]
    assert kept.passages(first.id) == PASSAGES


def test_a_conversation_that_begins_has_no_history(kept: Conversations) -> None:
    assert asked_before(kept, NEW) == ()
    assert asked_before(kept, None) == ()
    with pytest.raises(ConversationNotFound):
        asked_before(kept, "nowhere")


def test_what_is_not_kept_has_no_address() -> None:
    assert "id" not in Kept.model_validate(answer().model_dump()).model_dump()
