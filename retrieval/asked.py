"""What a question asks for: the terms an answer has to speak of, and the kind of thing it has to name."""

import re
from dataclasses import dataclass
from typing import Literal

from ingest.lexical import QUESTION_WORDS
from ingest.terms import cut, fold, tokens

Kind = Literal["quantity", "time", "person", "list", "other"]

_QUANTITY = re.compile(
    r"多少|几(?=[个台张天人次条万项套路轮批层种节颗卡月年小分秒])|多大|多长|多久|多高|多快|占比|百分之|\brpo\b|\brto\b"
)
_TIME = re.compile(r"什么时候|何时|哪天|哪一天|几月|几号|几点|哪年|日期|截止")
_PERSON = re.compile(r"谁|哪位|负责人|接口人|联系人|对接人")
_LIST = re.compile(r"哪些|哪几|步骤|流程|有什么|怎么|怎样|如何|咋|为什么|为何|为啥|原因|列出|清单")
_UNIT = re.compile(r"(?:多少|几)(个?[一-鿿])")

_NUMBER = re.compile(r"\d|[一二三四五六七八九十百千万亿两零]+(?=[个台张天人次条项套路轮批层种节颗卡月年秒分])")
_DATE = re.compile(r"\d{4}\s*[年/.-]|\d{1,2}\s*月|\d{1,2}[:：]\d{2}|\d{1,2}\s*日|[一二三四]季度|周[一二三四五六日]")
_ROLE = re.compile(
    r"负责|牵头|接手|接口人|联系人|责任人|承接|移交|交接给|由[一-鿿]{2,4}|经理|工程师|组长|[一-鿿]{2,3}[（(]"
)

# Words that a question is wrapped in: they carry no topic, and a passage that lacks them lacks nothing.
_WRAPPING_WORDS = """
    在 和 与 跟 及 或 把 被 给 对 从 向 到 为 以 用 要 会 能 可以 应该 需要 有 没有 还 还有 都
    也 就 才 又 再 很 最 这 这个 那 那个 它 他 她 我 我们 你 你们 咱们 想 知道 了解 问 告诉 看看
    说 说说 讲 介绍 帮 帮忙 来着 过 着 地 得 之 其 其中 里 里面 上 下 中 分别 具体 大概 一共 总共
    到底 目前 现在 当时 最后 最终 进行 做 干 弄 搞 算 叫 等 时候 情况 方面 关于 项目 方案 按 靠 多
    少 个 多长 时间 哪位 咋 咋样 依据 定 定的 设计 采用 使用 出 出来 去 来 吧 呗 嘞
"""
_WRAPPING = QUESTION_WORDS | frozenset(_WRAPPING_WORDS.split())


@dataclass(frozen=True)
class Term:
    """A word or code of the question, folded, and how much it tells apart from the rest (before rarity)."""

    text: str
    weight: float
    is_code: bool


@dataclass(frozen=True)
class Asked:
    """The question's terms in order, each once; the kind of thing asked for; for a quantity, its unit if named."""

    terms: tuple[Term, ...]
    kind: Kind
    unit: str | None = None

    def fits(self, text: str) -> bool:
        """Whether `text` names a thing of the kind asked for (always, where the kind leaves no trace in a text)."""
        match self.kind:
            case "quantity":
                return bool(_NUMBER.search(text))
            case "time":
                return bool(_DATE.search(text))
            case "person":
                return bool(_ROLE.search(text))
            case _:
                return True

    def names_unit(self, text: str) -> bool:
        """Whether `text` has a number with the very unit asked for (多少张 → 74 张)."""
        return self.unit is not None and bool(
            re.search(rf"[\d一二三四五六七八九十百千万两]\s*{re.escape(self.unit)}", text)
        )


def understand(question: str) -> Asked:
    """Take a question apart."""
    folded = fold(question)
    found: dict[str, Term] = {}
    for token in tokens(folded):
        if token.is_code:
            found.setdefault(token.text, Term(token.text, 1.5, is_code=True))
            continue
        for word in cut(token.text):
            if word not in _WRAPPING:
                found.setdefault(word, Term(word, 1.0 if len(word) > 1 else 0.4, is_code=False))
    unit = _UNIT.search(folded)
    return Asked(tuple(found.values()), _kind(folded), unit.group(1) if unit else None)


def _kind(folded: str) -> Kind:
    kinds: tuple[tuple[Kind, re.Pattern[str]], ...] = (
        ("person", _PERSON),
        ("time", _TIME),
        ("quantity", _QUANTITY),
        ("list", _LIST),
    )
    return next((kind for kind, pattern in kinds if pattern.search(folded)), "other")
