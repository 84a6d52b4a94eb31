from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest.errors import AnswerNotFound, ConversationNotFound, DataDirNotWritable
from ingest.settings import Settings
from retrieval.conversations.conversations import Conversations
from retrieval.conversations.turn import Vote
from tests.retrieval.conversations.kept import answer, document


@pytest.fixture
def kept(settings: Settings) -> Iterator[Conversations]:
    settings.data_dir.mkdir(parents=True)
    conversations = Conversations(settings)
    yield conversations
    conversations.close()


def test_a_turn_comes_back_as_it_was_given(kept: Conversations, settings: Settings) -> None:
    given = answer()
    turn = kept.add(given, filters={"project": ("星衡", "禾川")}, nearest=[document()])
    kept.close()

    again = Conversations(settings)
    found = again.turn(turn.id)
    again.close()
    assert found == turn
    assert found.answer == given
    assert found.filters == {"project": ("星衡", "禾川")}
    assert found.nearest == (document(),)
    assert found.asked_at.tzinfo is not None


def test_a_conversation_goes_on(kept: Conversations) -> None:
    first = kept.add(answer("双活的 RPO 是多少？"))
    second = kept.add(answer("那 RTO 呢？"), first.conversation_id)
    elsewhere = kept.add(answer("评了多少张卡？"))

    assert [one.number for one in kept.turns(first.conversation_id)] == [1, 2]
    assert second.conversation_id == first.conversation_id
    assert kept.history(first.conversation_id) == ("双活的 RPO 是多少？", "那 RTO 呢？")
    assert [(one.id, one.turns) for one in kept.all()] == [
        (elsewhere.conversation_id, 1),
        (first.conversation_id, 2),
    ]


def test_the_history_is_the_latest_that_fits(kept: Conversations) -> None:
    first = kept.add(answer("一" * 10))
    for _ in range(3):
        kept.add(answer("二" * 10), first.conversation_id)
    assert kept.history(first.conversation_id, most_chars=35) == ("二" * 10,) * 3
    assert kept.history(first.conversation_id, most_chars=5) == ()


def test_the_title_is_the_first_question_or_what_somebody_names_it(kept: Conversations) -> None:
    turn = kept.add(answer("很长的问题" * 20))
    assert kept.all()[0].title.endswith("…")
    assert len(kept.all()[0].title) == 60
    kept.rename(turn.conversation_id, "星衡双活")
    assert kept.all()[0].title == "星衡双活"


def test_deleting_leaves_nothing(kept: Conversations) -> None:
    turn, other = kept.add(answer()), kept.add(answer("别的", "refused"))
    kept.vote(turn.id, Vote(value=-1, reason="wrong_source", citation=2))
    kept.delete(turn.conversation_id)

    with pytest.raises(ConversationNotFound):
        kept.turns(turn.conversation_id)
    with pytest.raises(AnswerNotFound):
        kept.turn(turn.id)
    assert [one.id for one in kept.unanswered()] == [other.id]


def test_the_last_vote_counts_and_can_be_taken_back(kept: Conversations) -> None:
    turn = kept.add(answer())
    kept.vote(turn.id, Vote(value=-1, reason="wrong_figure", comment="是 10 秒"))
    assert [one.id for one in kept.unanswered()] == [turn.id]
    kept.vote(turn.id, Vote(value=1))
    assert kept.turn(turn.id).vote == Vote(value=1)
    assert kept.unanswered() == []
    kept.unvote(turn.id)
    assert kept.turn(turn.id).vote is None


@pytest.mark.parametrize("act", ["turns", "history", "delete"])
def test_an_unknown_conversation_is_named(kept: Conversations, act: str) -> None:
    with pytest.raises(ConversationNotFound, match="nowhere"):
        getattr(kept, act)("nowhere")


def test_an_unknown_answer_is_named(kept: Conversations) -> None:
    for act in (kept.turn, kept.unvote, lambda one: kept.vote(one, Vote(value=1))):
        with pytest.raises(AnswerNotFound, match="nowhere"):
            act("nowhere")
    with pytest.raises(ConversationNotFound):
        kept.add(answer(), "nowhere")


def test_many_threads_lose_no_turn(kept: Conversations) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda at: kept.add(answer(f"问题{at}")), range(40)))
    assert sum(one.turns for one in kept.all()) == 40


def test_a_database_that_cannot_be_opened_is_advice(tmp_path: Path, settings: Settings) -> None:
    broken = settings.model_copy(update={"database_url": f"sqlite:///{tmp_path}/not/there.sqlite3"})
    with pytest.raises(DataDirNotWritable):
        Conversations(broken)


def test_what_no_database_keeps_is_left_out_of_what_a_person_wrote(kept: Conversations) -> None:
    turn = kept.add(answer("双活的\0 RPO 是多少？"))
    kept.vote(turn.id, Vote(value=-1, reason="other", comment="不\0全"))
    found = kept.turn(turn.id)
    assert found.vote is not None
    assert found.vote.comment == "不全"
    (conversation,) = kept.all()
    assert conversation.title == "双活的 RPO 是多少？"
    assert kept.history(conversation.id) == ("双活的 RPO 是多少？",)
