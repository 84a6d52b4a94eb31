"""What each reason of a vote is called, on the pages and in what is exported; Chinese, as everywhere, the message."""

from retrieval.conversations.turn import Reason, Turn

REASONS: dict[Reason, str] = {
    "wrong_figure": "数字不对",
    "wrong_source": "出处不对",
    "incomplete": "不完整",
    "outdated": "已过时",
    "not_answered": "没有答到点上",
    "other": "其他",
}


def wrong_source(turn: Turn) -> str:
    """The citation that a reader finds wrong, with its number and title; empty where none is named."""
    number = turn.vote.citation if turn.vote else None
    cited = next((one for one in turn.answer.citations if one.n == number), None)
    return f"[{cited.n}]《{cited.document.title}》" if cited else ""
