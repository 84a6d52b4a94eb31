"""A claim taken apart: clauses, and in each the figures, names and words that the sources have to say."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from ingest.lexical import QUESTION_WORDS
from ingest.terms import is_known, tag, tokens
from retrieval.verify.figures import Figure, figures, plain
from retrieval.verify.measures import named_measure
from retrieval.verify.places import segments

_CLAUSE = re.compile(r"[,。;!?\n]|\((?=[^()]*\)\s*(?:[,。;!?]|$))|\)(?=\s*(?:[,。;!?]|$))")
_SMALL_WORDS = (
    "和 与 及 或 在 由 为 对于 以 按 被 把 将 从 到 并 而 且 其 该 此 这 那 "
    "个 等 中 上 下 有 是 也 都 就 会 可 要 需 其中 以及 并且 分别 进行 通过 "
    "根据 具体 主要 相关 目前 当前 现在 现行 最新 为准 包括 包含 即 则 共 达 达到 "
    "需要 可以 能够 应 应当 使 让 给 向 于 之 所 已 了 的 各 每 另 还 使用 用于 运行 "
    "因为 是因为 正因为 由于 因此 所以 因而 从而 故 属于 位于 作为 本 该项 这个 那个 "
    "它 他 她 它们 资料 文档 文中 提到 指出 显示 "
    "表明 方案 情况 方面 内容 部分 称 名 后 前 时 内 外"
)
FUNCTION_WORDS = frozenset(_SMALL_WORDS.split())
_NAMES = ("nr", "nrt", "nrfg", "nt", "nz", "ns")
_DECIDES = re.compile(
    r"决定|采用|选用|选择|选定|确定|改为|改用|批准|同意|定为|不采用|弃用|作废|废弃|替换|建议|必须|不得|禁止|负责"
)
_RISES = r"[升增涨]到|[升增涨]至|提高到|增加到|上升到"
_FALLS = r"[降减]到|[降减]至|[降减]为|缩短到|减少到|下降到"
_IN_BRACKETS = re.compile(r"\([^()]{1,30}\)(?=\s*[^\s,。;!?])")
"""A remark inside a clause, such as 单卡吞吐(4k/512, tp4)的…"""

_CONDITION = re.compile(r"[^\d]{2,10}(?:时|[以之]?后|情况下|条件下|模式下|场景下|的话|方面)")
_BEFORE_NAMES = "找问请让叫跟给"
"""Verbs that the tagger takes for the head of the name that follows: 找裴|景行."""

_PARTICLES = "为的了已未并以一每换改是与和及在由其该切各再后前至到须需应可能会被把将从向对故"
_PARTED = re.compile(r"[^已未仍须]+")
_ENDING_SO = ("认为", "作为", "成为", "因为", "行为", "华为", "人为", "改为", "称为", "视为", "分为")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_JOINS = "[和与及、/+]"


@dataclass(frozen=True)
class Word:
    """A word of a claim that means something. `is_name`: of a person, place, firm or product, or in no dictionary;
    `is_asked`: of the question that the claim answers.
    """

    text: str
    weight: float
    is_name: bool
    at: int
    is_asked: bool = False

    @property
    def is_latin(self) -> bool:
        """Whether it is written in Latin letters, as products and abbreviations are."""
        return not _HAN.match(self.text)


@dataclass(frozen=True)
class Part:
    """A figure of a clause with the words around it; without a figure, a whole clause."""

    text: str
    figure: Figure | None
    words: tuple[Word, ...]


@dataclass(frozen=True)
class Clause:
    """A clause of a claim, folded: its words, its figures, and its parts (one for each number)."""

    text: str
    words: tuple[Word, ...]
    figures: tuple[Figure, ...]
    parts: tuple[Part, ...]

    @property
    def is_fragment(self) -> bool:
        """Whether it says nothing by itself: a name, a figure or a verb that goes on from the clause beside it."""
        if any(one.kind == "code" for one in self.figures):
            return False
        return sum(word.weight for word in self.words if not word.is_name and len(word.text) > 1) <= 1

    @property
    def names(self) -> bool:
        """Whether it has a name."""
        return any(word.is_name for word in self.words)

    @property
    def is_name(self) -> bool:
        """Whether it is nothing but names."""
        return bool(self.words) and not self.figures and all(word.is_name for word in self.words)

    @property
    def turns_on_itself(self) -> bool:
        """Whether it tells of a rise to less or a fall to more."""
        ends = {part.figure.role: part.figure.value for part in self.parts if part.figure}
        first, last = ends.get("from"), ends.get("to")
        if first is None or last is None:
            return False
        rises, falls = (re.search(pattern, self.text) for pattern in (_RISES, _FALLS))
        return bool((rises and not falls and last < first) or (falls and not rises and last > first))

    def asked_by(self, question: str) -> "Clause":
        """The clause with the words of the question it answers."""
        asked = (replace(word, is_asked=True) for word in _words(question, figures(question)) if not word.is_name)
        words = (*self.words, *asked)
        return replace(self, words=words, parts=tuple(replace(part, words=words) for part in self.parts))

    @property
    def decides(self) -> bool:
        """Whether it tells of a decision."""
        return bool(_DECIDES.search(self.text))


def is_listed(name: str, folded: str) -> bool:
    """Whether a clause names something beside something else: 用了bge-m3和langfuse."""
    here = re.escape(name)
    return bool(re.search(rf"{_JOINS}\s*{here}|{here}[\u4e00-\u9fff ]{{0,4}}{_JOINS}", folded))


@lru_cache(maxsize=256)
def clauses(claim: str) -> tuple[Clause, ...]:
    """The clauses of a claim that say something, in order."""
    whole = _IN_BRACKETS.sub(lambda match: match.group().replace(",", "、"), plain(claim))
    return tuple(_clause(piece) for piece in _with_conditions(_CLAUSE.split(whole)))


def _with_conditions(pieces: Iterable[str]) -> Iterator[str]:
    """The pieces that say something; 跨站异步时, is of one clause with what holds then."""
    before = ""
    for piece in pieces:
        whole = f"{before} {piece.strip()}".strip()
        before = whole if _CONDITION.fullmatch(whole) else ""
        if re.search(r"\w", whole) and not before:
            yield whole
    if before:
        yield before


def _clause(text: str) -> Clause:
    found = [_measured(one, text) for one in figures(text) if not one.weak]
    words = _words(text, found)
    numbers = [one for one in found if one.kind == "number"]
    if len(numbers) == 1:
        return Clause(text, words, tuple(found), (Part(text, numbers[0], words),))
    if not numbers:
        return Clause(text, words, tuple(found), (Part(text, None, words),))
    parts = []
    for one, local in zip(found, segments(text, found), strict=True):
        if one.kind == "number":
            # The figure stands once in its own stretch of the clause.
            start = max(text.rfind(local, 0, one.end + len(local)), 0)
            inside = tuple(word for word in words if start <= word.at < start + len(local))
            parts.append(Part(local, one, inside or words))
    return Clause(text, words, tuple(found), tuple(parts))


def _measured(figure: Figure, text: str) -> Figure:
    """A bare number in the unit that the name before it gives it: 910B3台数为74, 合计（卡）为74."""
    if figure.kind != "number" or figure.measure is not None:
        return figure
    said = re.search(r"([^,。;、]+?)(?:为|是|:|=)\s*$", text[: figure.start])
    names = said.group(1).split("的") if said else []
    measure = next((one for name in reversed(names) if name and (one := named_measure(name))), None)
    return figure.counted_in(measure) if measure else figure


def _words(text: str, found: list[Figure]) -> tuple[Word, ...]:
    taken = [(one.start, one.end) for one in found]
    words: list[Word] = []
    for match_start, token_text, is_code in _placed(text):
        if is_code:
            for piece in re.finditer(r"[a-z][a-z0-9]*(?:[.+#-][a-z0-9]+)*", token_text):
                at = match_start + piece.start()
                if len(piece.group()) > 1 and not any(
                    start < at + len(piece.group()) and at < end for start, end in taken
                ):
                    words.append(Word(piece.group(), 1.0, is_name=True, at=at))
            continue
        for here, word, part_of_speech in _joined(match_start, tag(token_text)):
            at = here + len(word)
            if word in QUESTION_WORDS or word in FUNCTION_WORDS or any(s < at and here < e for s, e in taken):
                continue
            if len(word) == 1 and part_of_speech[0] not in "nv":
                continue
            unknown = len(word) > 1 and not is_known(word)
            weight = 0.4 if len(word) == 1 else _weight(part_of_speech, unknown=unknown)
            words.append(Word(word, weight, is_name=len(word) > 1 and (unknown or part_of_speech in _NAMES), at=here))
    return tuple(words)


def _weight(part_of_speech: str, *, unknown: bool) -> float:
    """What a word counts for: what things are called tells most, then what is done with them."""
    if unknown or part_of_speech[0] in "njil" or part_of_speech in ("vn", "an", "eng"):
        return 1.0
    return 0.8 if part_of_speech[0] in "va" else 0.6


def _joined(start: int, tagged: list[tuple[str, str]]) -> Iterator[tuple[int, str, str]]:
    """The words with their places; single characters side by side, and words in no dictionary, are a name's pieces
    (何 聿 安), but for the particles at their ends (数为).
    """
    held, at = "", start
    for word, part_of_speech in [*tagged, ("", "")]:
        is_piece = bool(word) and word not in FUNCTION_WORDS and (len(word) == 1 or not is_known(word))
        if is_piece and part_of_speech not in ("m", "q", "d", "c", "p", "u", "uj", "ul", "f"):
            held += word
        else:
            if held:
                for piece in _PARTED.finditer(held):
                    name = piece.group().rstrip(_PARTICLES)
                    # 桐川|用 is a name and a verb, 净用 none.
                    name = name.removesuffix("用") if len(name) > 2 else name
                    kept = name.lstrip(_PARTICLES + _BEFORE_NAMES)
                    if not kept:
                        continue
                    here = at - len(held) + piece.start() + len(name) - len(kept)
                    yield here, kept, "n" if len(kept) < 2 else "x"
            held = ""
            if word:
                # 数|为 is often taken for one word; 认为 and the like are.
                is_joined = len(word) > 1 and word.endswith("为") and not word.endswith(_ENDING_SO)
                yield at, word[:-1] if is_joined else word, part_of_speech
        at += len(word)


def _placed(text: str) -> list[tuple[int, str, bool]]:
    placed, at = [], 0
    for token in tokens(text):
        at = text.index(token.text, at)
        placed.append((at, token.text, token.is_code))
        at += len(token.text)
    return placed
