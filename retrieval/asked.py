"""What a question asks for: the terms an answer has to speak of, and the kind of thing it has to name."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from ingest.lexical import QUESTION_WORDS
from ingest.terms import fold, is_known, tag, tokens
from retrieval.glossary import Glossary

NO_GLOSSARY = Glossary()

Kind = Literal["quantity", "time", "person", "list", "other"]

_QUANTITY = re.compile(
    r"多少|几(?=[个台张天人次条万项套路轮批层种节颗卡月年小分秒])|多大|多长|多久|多高|多快|占比|百分之|\brpo\b|\brto\b"
)
_TIME = re.compile(r"什么时候|何时|哪天|哪一天|几月|几号|几点|哪年|日期|截止")
_PERSON = re.compile(r"谁|哪位|负责人|接口人|联系人|对接人")
_LIST = re.compile(r"哪些|哪几|步骤|流程|有什么(?![不区差])|怎么|怎样|如何|咋|为什么|为何|为啥|原因|列出|清单")
_FIRM = re.compile(r"(?!(?:[哪几两各多每这那我你他][一-鿿]))[一-鿿]{2}(?<![些个家种的们])(?:银行|证券|保险|集团|公司)")
_UNIT = re.compile(r"(?:多少|几)([个台张天人次条项套路轮批层种节颗卡月年秒分万元]|小时|分钟|人天|个月)")

_NUMBER = re.compile(r"\d|[一二三四五六七八九十百千万亿两零]+(?=[个台张天人次条项套路轮批层种节颗卡月年秒分])")
_DATE = re.compile(r"\d{4}\s*[年/.-]|\d{1,2}\s*月|\d{1,2}[:：]\d{2}|\d{1,2}\s*日|[一二三四]季度|周[一二三四五六日]")
_ROLE = re.compile(
    r"负责|牵头|接手|接口人|联系人|责任人|承接|移交|交接给|由[一-鿿]{2,4}|经理|工程师|组长|[一-鿿]{2,3}[（(]"
)

# Words that a question is wrapped in: they carry no topic, and a passage that lacks them lacks nothing.
_WRAPPING_WORDS = """
    哪天 哪一天 何时 几月 几号 几点 哪年 什么时候 负责 负责人
    在 和 与 跟 及 或 把 被 给 对 从 向 到 为 以 用 要 会 能 可以 应该 需要 有 没有 还 还有 都
    也 就 才 又 再 很 最 这 这个 那 那个 它 他 她 我 我们 你 你们 咱们 想 知道 了解 问 告诉 看看
    说 说说 讲 介绍 帮 帮忙 来着 过 着 地 得 之 其 其中 里 里面 上 下 中 分别 具体 大概 一共 总共
    到底 目前 现在 当时 最后 最终 进行 做 干 弄 搞 算 叫 等 时候 情况 方面 关于 项目 方案 按 靠 多
    少 个 多长 时 时间 哪位 咋 咋样 依据 定 定的 设计 采用 使用 出 出来 去 来 吧 呗 嘞
"""
# Nouns that ask for a side of a thing; a document states that side without the word (触发：CPU 超过 80%).
_SIDES_ASKED = """
    ip url id ppt excel word pdf ok
    意思 含义 多长时间 时限 措施 条件 原因 内容 结果 要求 方式 办法 方法 作用 目的 定义 概念 说明 做法
"""
_SIDES = frozenset(_SIDES_ASKED.split())
_WRAPPING = QUESTION_WORDS | frozenset(_WRAPPING_WORDS.split())


_NAMES = ("nr", "ns", "nt", "nz")
"""Parts of speech of persons, places, firms and other proper names."""

NAME_WEIGHT = 1.0
CODE_WEIGHT = 1.5
SINGLE_CHARACTER = 0.4
"""A single character stands in half of all texts, in other words' company."""


@dataclass(frozen=True, order=True)
class Term:
    """A word or code of the question, folded, and how much it tells apart from the rest (before rarity).

    `names`: it names a thing (a noun or code), so that documents which never say it can hardly answer; a verb they may
    put in other words. `guessed`: no dictionary has it and it is no name of a person, place or firm; where no document
    has it either, it is a wrong cut (同样的|卡能|多跑). `is_firm`: it is the name of a bank, an insurer, a company…
    `is_name`: it seems the name of a person, place or project, in Chinese and in no dictionary.
    `alike`: what else it is called (folded).
    """

    text: str
    weight: float
    names: bool
    guessed: bool = False
    is_firm: bool = False
    is_name: bool = False
    written: str = ""
    alike: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The term as it was written in the question."""
        return self.written or self.text

    @property
    def is_code(self) -> bool:
        """Whether it is a code such as RTO or 910B3; an English word in lower case is none."""
        return self.names and any(char.isupper() or char.isdigit() for char in self.shown)


@dataclass(frozen=True)
class Asked:
    """The question's terms in order, each once; the kind of thing asked for; the unit, where a quantity's is named."""

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


def understand(question: str, glossary: Glossary = NO_GLOSSARY) -> Asked:
    """Take a question apart. Its terms are `alike` what the glossary calls them, too."""
    folded = fold(question)
    found: dict[str, Term] = {}
    # Without the asking words and their measure, which the tagger would join to what follows (多少 | 张卡).
    for firm in _FIRM.findall(folded):
        found[firm] = Term(firm, CODE_WEIGHT, names=True, is_firm=True)
    for token in tokens(_UNIT.sub(" ", folded)):
        if token.is_code:
            # RPO/RTO asks for two things.
            for code in filter(None, token.text.split("/")):
                names = code not in _SIDES
                weight = CODE_WEIGHT if names else 0.5
                found.setdefault(code, Term(code, weight, names, written=_as_written(code, question)))
            continue
        rest = token.text
        for phrase in glossary.words_in(rest):
            # What the glossary knows as one is not cut up: 没 | 做 | 完 stand everywhere.
            if len(tag(phrase)) > 1:
                found.setdefault(phrase, Term(phrase, NAME_WEIGHT, names=False))
                rest = rest.replace(phrase, " ")
        for word, part_of_speech in (pair for run in rest.split() for pair in tag(run)):
            weight = _weight(word, part_of_speech)
            if weight and word not in _WRAPPING:
                names = weight == NAME_WEIGHT and len(word) > 1 and word not in _SIDES
                unknown = not is_known(word)
                guessed = unknown and part_of_speech not in ("nr", "ns", "nt")
                size = 1 if len(word) > 1 else SINGLE_CHARACTER
                found.setdefault(
                    word, Term(word, weight * size, names, guessed, is_name=unknown and part_of_speech in _NAMES)
                )
    unit = _UNIT.search(folded)
    terms = tuple(replace(term, alike=glossary.alike(term.text)) for term in found.values())
    return Asked(terms, _kind(folded), unit.group(1) if unit else None)


def _as_written(folded: str, question: str) -> str:
    at = question.lower().find(folded)
    return question[at : at + len(folded)] if at >= 0 else folded


def _weight(word: str, part_of_speech: str) -> float:
    if part_of_speech[0] in "njil" or part_of_speech in ("vn", "an", "eng"):
        return NAME_WEIGHT
    if part_of_speech[0] in "vatsfbz":
        return 0.5 * NAME_WEIGHT
    # Adverbs, pronouns, numerals, particles. Of unknown words the tagger makes numerals, too.
    return 0.3 * NAME_WEIGHT if len(word) > 1 and part_of_speech[0] in "md" else 0.0


def _kind(folded: str) -> Kind:
    kinds: tuple[tuple[Kind, re.Pattern[str]], ...] = (
        ("person", _PERSON),
        ("time", _TIME),
        ("quantity", _QUANTITY),
        ("list", _LIST),
    )
    return next((kind for kind, pattern in kinds if pattern.search(folded)), "other")
