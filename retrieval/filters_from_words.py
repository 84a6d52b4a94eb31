"""Filters that a question's own words set: a kind of document, a version, a time. All are soft: they prefer."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from ingest.document import DocumentMeta
from ingest.terms import fold
from retrieval.answer import Guess

FIRM = 1.0
"""What it adds to a passage's fused score (in standard deviations) to be of the document that the words point at
(复盘里, 终版). On dev, .5, 1 and 2 rank alike.
"""

HINT = 0.5
"""The same for a kind of document in which such things stand as a rule (谁接手 in a handover)."""

_POINTS_AT = re.compile(
    r"([\u4e00-\u9fff]{2,4}?)(?:文档|报告|材料|记录|手册|方案|表|单|会)?(?:里面?|中|上|那次|的?时候?)(?![\u4e00-\u9fff]*(?:面|班|级))"
)
_KINDS = {
    "交接文档": re.compile(r"交接|移交|接手|谁接|归谁|接任|接替|未完|没做完|还剩哪些|遗留|走了|调走|离职|是谁的"),
    "会议纪要": re.compile(r"纪要|会上|评审会|例会|会议"),
    "周报": re.compile(r"周报|本周|上周|这周"),
    "汇报": re.compile(r"汇报"),
    "演练报告": re.compile(r"演练"),
    "算力评估": re.compile(r"评估表|算力评估|评估时|[评估]了?多少张"),
    "人天评估": re.compile(r"净人天|估.{0,6}人天"),
    "运维手册": re.compile(r"手册|怎么处理|咋办|报错|告警"),
    "招标应答": re.compile(r"招标|投标|标书|应答"),
    "项目案例": re.compile(r"案例"),
}
_VERSION = re.compile(r"(?<![a-z0-9])v\s?(\d+(?:\.\d+)*)(?![\d.])|(终版\d*|定稿|初稿|草稿)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)年的?(?=[^\d月])|(前年|去年|今年)的?")
_BACK = {"今年": 0, "去年": 1, "前年": 2}


@dataclass(frozen=True)
class Preference:
    """Documents that a question's words prefer, and what it adds to a passage's fused score to be of one of them."""

    guess: Guess
    documents: frozenset[str]
    bonus: float


def preferences(question: str, documents: Sequence[DocumentMeta], today: date) -> list[Preference]:
    """What the words of a question prefer among these documents; nothing that none of them has."""
    folded = fold(question)
    found = [*_pointed_at(folded, documents), *_kinds(folded, documents)]
    found += [*_versions(folded, documents), *_years(folded, documents, today)]
    return [one for one in found if 0 < len(one.documents) < len(documents)]


def _pointed_at(folded: str, documents: Sequence[DocumentMeta]) -> Iterable[Preference]:
    for match in _POINTS_AT.finditer(folded):
        for size in range(len(match[1]), 1, -1):
            word = match[1][-size:]
            having = frozenset(one.id for one in documents if word in _called(one.title, one.doc_type))
            if having:
                yield Preference(Guess(key="title", value=word, words=match[0]), having, FIRM)
                break


# A library has as many titles as documents, and every question asks for all of them.
@lru_cache(maxsize=50_000)
def _called(title: str, doc_type: str | None) -> str:
    return fold(f"{title} {doc_type or ''}")


def _kinds(folded: str, documents: Sequence[DocumentMeta]) -> Iterable[Preference]:
    for kind, words in _KINDS.items():
        if match := words.search(folded):
            having = frozenset(one.id for one in documents if one.doc_type == kind)
            yield Preference(Guess(key="doc_type", value=kind, words=match[0]), having, HINT)


def _versions(folded: str, documents: Sequence[DocumentMeta]) -> Iterable[Preference]:
    for match in _VERSION.finditer(folded):
        version = f"V{match[1]}" if match[1] else match[2]
        having = frozenset(one.id for one in documents if (one.version or "").lower() == version.lower())
        yield Preference(Guess(key="version", value=version, words=match[0]), having, FIRM)


def _years(folded: str, documents: Sequence[DocumentMeta], today: date) -> Iterable[Preference]:
    for match in _YEAR.finditer(folded):
        year = match[1] or str(today.year - _BACK[match[2]])
        having = frozenset(one.id for one in documents if (one.date or "").startswith(year))
        yield Preference(Guess(key="date", value=year, words=match[0]), having, HINT)
