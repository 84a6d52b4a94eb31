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
    r"(?P<word>[\u4e00-\u9fff]{2,4}?)(?P<form>文档|报告|材料|记录|手册|方案|表|单|会)?"
    r"(?:(?P<inside>里面?(?!程)|中(?![心级间台文等期断])|上面?(?![线传级班报述月周个午下层限游海升次]))"
    r"|那次|的?时候|时(?![候间延长效区钟序段刻机期]))"
)
_ANY_DOCUMENT = ("文档", "文件", "资料", "材料", "内容", "报告", "表格", "项目", "系统", "平台", "公司", "过程")
"""Words that point at no document in particular."""
_TELLING = "[\u4e00-\u9fff]{0,4}?(?:报告|纪要|记录|总结|汇报|周报|文档|表|单|会)"
"""What the title goes on with that tells of an event: 盘点表, 压测评审会; not 上线日期的更正."""
_KINDS = {
    "交接文档": re.compile(
        r"交接|移交|接手|谁接|归谁|接任|接替|未完|没做完|还剩哪些|遗留|走了(?![几多\d一二两三四五六七八九十])|调走|离职|是谁的"
    ),
    "会议纪要": re.compile(r"纪要|(?<![机社])会上|评审会|例会|会议(?![室系软])"),
    "周报": re.compile(r"周报|本周|上周|这周"),
    "汇报": re.compile(r"(?<!向谁)(?<!跟谁)汇报(?!给谁|关系|对象)"),
    "演练报告": re.compile(r"演练"),
    "算力评估": re.compile(r"评估表|算力评估|评估时|[评估]了?多少张"),
    "人天评估": re.compile(r"净人天|估.{0,6}人天"),
    "运维手册": re.compile(r"手册|怎么处理|咋办|报错|告警"),
    "招标应答": re.compile(r"招标|投标|标书|应答"),
    "项目案例": re.compile(r"(?<!测试)(?<!事故)案例"),
}
_VERSION = re.compile(
    r"(?<![a-z0-9])v\s?(\d+(?:\.\d+)*)(?![\d.])|(?<![a-z0-9.])(\d+(?:\.\d+)+)\s?版|(终版\d*|定稿|初稿|草稿)"
)
_RELEASE = re.compile(r"\d{3,}")
"""A version that is a bare number: the release 2509."""
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
        for size in range(len(match["word"]), 1, -1):
            word = match["word"][-size:]
            if word in _ANY_DOCUMENT:
                continue
            having = frozenset(one.id for one in documents if _tells_of(_called(one.title, one.doc_type), word, match))
            if having:
                words = folded[match.end("word") - size : match.end()]
                yield Preference(Guess(key="title", value=word, words=words), having, FIRM)
                break


def _tells_of(called: str, word: str, match: re.Match[str]) -> bool:
    """Whether a document so called is pointed at: of a meeting its minutes, of an event what was written about it."""
    if match["form"] == "会":
        return word in called and bool(re.search("会|纪要", called))
    if match["inside"]:
        return word in called
    return bool(re.search(rf"{word}(?:{_TELLING}|\s|$)", called))


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
    named = [(_written(match), match[0]) for match in _VERSION.finditer(folded)]
    releases = {one.version for one in documents if one.version and _RELEASE.fullmatch(one.version)}
    # A number is a release where it says what it is of, and not how much there is: 2509 元.
    found = re.finditer(rf"(?<![a-z0-9.])({'|'.join(releases)})(?=版|资源|清单|发布|的)", folded) if releases else ()
    named += [(match[1], match[0]) for match in found]
    for version, words in named:
        having = frozenset(one.id for one in documents if (one.version or "").lower() == version.lower())
        yield Preference(Guess(key="version", value=version, words=words), having, FIRM)


def _written(match: re.Match[str]) -> str:
    number = match[1] or match[2]
    return f"V{number}" if number else match[3]


def _years(folded: str, documents: Sequence[DocumentMeta], today: date) -> Iterable[Preference]:
    for match in _YEAR.finditer(folded):
        year = match[1] or str(today.year - _BACK[match[2]])
        having = frozenset(one.id for one in documents if (one.date or "").startswith(year))
        yield Preference(Guess(key="date", value=year, words=match[0]), having, HINT)
