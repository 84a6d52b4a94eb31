"""What the judge is asked, in Chinese, and how its replies are read.

LlamaIndex's own prompts are English and show English examples; these ask the same of Chinese answers, in as few words,
since reading them takes most of a small model's time.
"""

import re

from llama_index.core.prompts import ChatMessage, ChatPromptTemplate, MessageRole, PromptTemplate

BEST = 5
"""Answers are scored from 1 to this."""

FAITHFUL = PromptTemplate(
    "判断“结论”是否全部有“资料”支持。资料中有同样的事实和数字，回答 YES；"
    "只要有一处资料没有，或者资料说的是别的事，回答 NO。\n"
    "只回答 YES 或 NO。\n\n"
    "资料：MySQL 采用半同步复制，切换时间不超过 30 秒。\n结论：MySQL 用的是半同步复制。\n回答：YES\n\n"
    "资料：MySQL 采用半同步复制，切换时间不超过 30 秒。\n结论：切换时间不超过 10 秒。\n回答：NO\n\n"
    "资料：{context_str}\n结论：{query_str}\n回答："
)

FAITHFUL_REFINED = PromptTemplate(
    "结论：{query_str}\n已有的判断：{existing_answer}\n又有资料：{context_msg}\n"
    "加上这些资料，结论是否全部有支持？已有的判断是 YES 就仍答 YES。只回答 YES 或 NO。\n回答："
)

CORRECT = ChatPromptTemplate(
    message_templates=[
        ChatMessage(
            role=MessageRole.SYSTEM,
            content=(
                "你为问答系统的回答打分。对照参考答案，看回答是否答了问题、要点和数字是否正确。多出来的内容只要不错，不扣分。\n"
                "1 分：没有回答问题。2 分：答了，但主要内容错误。3 分：缺少一半以上的要点，或有错误的数字。"
                "4 分：基本正确，缺少次要内容。5 分：完全正确。\n"
                "第一行只写分数（1 到 5），第二行用一句话说明理由。"
            ),
        ),
        ChatMessage(
            role=MessageRole.USER,
            content="问题：{query}\n\n参考答案：\n{reference_answer}\n\n回答：\n{generated_answer}",
        ),
    ]
)

_THOUGHT = re.compile(r"^.*</think>", re.DOTALL)
_YES = re.compile(r"\b(YES|NO)\b|(不支持|没有支持|不是|否|是|支持)", re.IGNORECASE)
_SCORE = re.compile(r"(?<![\d.])([1-5](?:\.\d+)?)(?![\d.]*\d)")


def read_verdict(reply: str) -> float | None:
    """1 for yes and 0 for no, by the first such word after any thinking aloud; None when there is none."""
    found = _YES.search(_THOUGHT.sub("", reply))
    return None if not found else float(found.group().upper() in {"YES", "是", "支持"})


def read_score(reply: str) -> tuple[float | None, str]:
    """The first number from 1 to 5 after any thinking aloud, and what follows it; None when there is none."""
    said = _THOUGHT.sub("", reply).strip()
    found = _SCORE.search(said)
    if not found or float(found.group(1)) > BEST:
        return None, said
    return float(found.group(1)), said[found.end() :].strip(" 分。：:\n")
