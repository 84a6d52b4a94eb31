"""Why no answer came from the language model. Nothing of it is an error to the user, who gets the documents' own words.

Every third-party exception of the client ends here.
"""

from typing import Literal, get_args

Failure = Literal[
    "unset", "away", "denied", "unknown", "busy", "full", "error", "silent", "slow", "cut", "context", "garbage"
]

SAID: dict[Failure, str] = {
    "unset": "没有设置大模型",
    "away": "大模型服务连接不上",
    "denied": "大模型服务拒绝了密钥",
    "unknown": "大模型服务没有这个模型或地址",
    "busy": "大模型服务限流",
    "full": "等待大模型的提问太多",
    "error": "大模型服务出错",
    "silent": "大模型在时限内没有开始回答",
    "slow": "大模型没有在时限内答完",
    "cut": "大模型的回答中途断开",
    "context": "资料超出大模型一次能读的长度",
    "garbage": "大模型的输出不合格式",
}
FAILURES: tuple[Failure, ...] = get_args(Failure)


class ModelFailed(Exception):
    """No answer came from the model; `detail` is for the log."""

    def __init__(self, failure: Failure, detail: str = "") -> None:
        super().__init__(f"{failure}: {detail}" if detail else failure)
        self.failure = failure


class FormRefused(Exception):
    """The endpoint takes the request for wrong: perhaps it does not know what it was asked for beside the chat."""


def note(failure: Failure) -> str:
    """What the user is told beside the answer that came without the model."""
    return f"{SAID[failure]}，以下为资料原文摘录"
