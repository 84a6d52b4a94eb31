from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from ingest.document import DocumentMeta
from retrieval.answer import Status
from retrieval.conversations.gaps import gaps
from retrieval.conversations.turn import Turn, Vote
from tests.retrieval.conversations.kept import answer, document

DIRECTIONS = {"报价": (1.0, 0.0), "合同金额": (0.95, 0.3), "等保": (0.0, 1.0)}
MIDNIGHT = datetime(2026, 3, 1, tzinfo=UTC)


def embed(texts: Sequence[str]) -> NDArray[np.float32]:
    """Questions of the same matter have almost the same vector."""
    vectors = np.array([DIRECTIONS[text] for text in texts], np.float32)
    unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def turn(
    question: str, hour: int, status: Status = "refused", vote: Vote | None = None, near: Sequence[DocumentMeta] = ()
) -> Turn:
    return Turn(
        id=f"{question}{hour}",
        conversation_id="c",
        number=1,
        asked_at=MIDNIGHT + timedelta(hours=hour),
        answer=answer(question, status),
        nearest=tuple(near),
        vote=vote,
    )


def test_nothing_unanswered_is_no_gap() -> None:
    assert gaps([], embed) == []


def test_alike_questions_are_one_gap_and_the_most_asked_comes_first() -> None:
    found = gaps([turn("等保", 9), turn("报价", 1), turn("合同金额", 3), turn("报价", 2)], embed)
    assert [(one.question, len(one.turns)) for one in found] == [("合同金额", 3), ("等保", 1)]
    assert [one.asked_at.hour for one in found[0].turns] == [3, 2, 1]
    assert found[0].last_asked.hour == 3
    assert found[0].missing == "没有提到报价"


def test_refused_and_voted_down_are_counted_apart() -> None:
    down = Vote(value=-1, reason="outdated")
    (gap,) = gaps([turn("报价", 1), turn("报价", 2, "answered", down), turn("报价", 3, "refused", down)], embed)
    assert (gap.refused, gap.voted_down) == (2, 2)


def test_the_documents_that_came_nearest_most_often_are_named_first() -> None:
    one, two = document("手册"), document("清单")
    (gap,) = gaps([turn("报价", 1, near=[one, two]), turn("报价", 2, near=[two])], embed)
    assert gap.nearest == (two, one)
