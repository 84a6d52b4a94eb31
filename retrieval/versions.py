"""Versions of one document: which is the newest, and where an older one says otherwise."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import cmp_to_key

from ingest.document import DocumentMeta
from retrieval.answer import Passage
from retrieval.units import Unit, units

_MARK = re.compile(
    r"[-_ （(【]*(?:(?<![A-Za-z])[vV]\s*\d+(?:\.\d+)*|第?[一二三四五六七八九十\d]+版"
    r"|最?终版\d*|定稿|初稿|草稿|修订版?)[)）】]*"
)
_ASKS_FOR_OLDER = re.compile(
    r"原来|原先|原方案|当初|初稿|草稿|旧版|老版|[上前]一?[版稿]|第[一二三]版|初版|最早|最初|一开始|改(?:[了成为过前]|动)|变更|修订|[两各几]个?版"
    r"|怎么变|变化|[前旧老]版本|版本(?:之间|历史|记录|变|差)|对比.{0,6}版"
)
_COLUMN = re.compile(r"(?<![A-Za-z])[vV]\s*\d+(?:\.\d+)*|终版\d*|初稿|定稿|原(?:值|方案)|现(?:值|行)|本版")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*%?")
_SAME_SENTENCE = 0.6
_HAN_NUMBERS = "一二三四五六七八九"


def family(document: DocumentMeta) -> tuple[str, ...]:
    """What all versions of one document share: project, type, and the title without its version marks.

    Dates are no version marks: weekly reports and minutes that differ in the date stand beside one another.
    """
    return (document.project or "", document.doc_type or "", _MARK.sub("", document.title).strip())


def asks_for_older(question: str) -> bool:
    """Whether the question asks what was before, or what has changed: then an older version answers, too."""
    return bool(_ASKS_FOR_OLDER.search(question))


def sets_versions_side_by_side(header: Sequence[str]) -> bool:
    """Whether a table with this header has a column for each of several versions."""
    return len({found.group() for name in header if (found := _COLUMN.search(name))}) > 1


def versions_named(question: str, documents: Iterable[DocumentMeta]) -> set[str]:
    """The ids of those documents whose version the question names."""
    return {one.id for one in documents if _names_version(question, one)}


def newer_of(documents: Iterable[DocumentMeta]) -> dict[str, DocumentMeta]:
    """For each document that has a newer version among these: its id and the newest one."""
    families: dict[tuple[str, ...], list[DocumentMeta]] = {}
    for document in {one.id: one for one in documents if one.version}.values():
        families.setdefault(family(document), []).append(document)
    newer: dict[str, DocumentMeta] = {}
    for members in families.values():
        newest = max(members, key=cmp_to_key(_compare_age))
        newer |= {one.id: newest for one in members if one.version != newest.version and _compare_age(one, newest) < 0}
    return newer


def without_superseded(question: str, passages: Sequence[Passage]) -> list[Passage]:
    """The passages without those of versions that have a newer one among them.

    Of a question that names a version, only that one's; of one that asks what was before, all.
    """
    documents = {passage.document.id: passage.document for passage in passages}
    newer = newer_of(documents.values())
    named = versions_named(question, documents.values())
    if named:
        # V1.0 of what? Of a document that has other versions, if there is one: every first draft is a V1.0.
        versioned = {*newer, *(newest.id for newest in newer.values())}
        wanted = named & versioned or named
        return [passage for passage in passages if passage.document.id in wanted]
    if asks_for_older(question):
        return list(passages)
    return [passage for passage in passages if passage.document.id not in newer]


def disagreements(chosen: Sequence[Unit], passages: Sequence[Passage]) -> list[str]:
    """For each chosen unit that an older or newer version states with other figures: a note that says so."""
    newer = newer_of(passage.document for passage in passages)
    notes = []
    for unit in chosen:
        own = unit.passage.document
        newest = newer.get(own.id)
        if newest:
            others, age = [one for one in passages if one.document.id == newest.id], "新版"
        else:
            older = {key for key, its_newest in newer.items() if its_newest.id == own.id}
            others, age = [one for one in passages if one.document.id in older], "旧版"
        other = _same_with_other_figures(unit, units(others))
        if other:
            document = other.passage.document
            notes.append(f"{age}《{document.title}》（{_mark(document)}）此处为：{other.text}")
        elif newest:
            notes.append(f"《{own.title}》（{_mark(own)}）有更新的版本：《{newest.title}》（{_mark(newest)}）")
    return list(dict.fromkeys(notes))


def _mark(document: DocumentMeta) -> str:
    return "，".join(part for part in (document.version, document.date) if part) or document.path


def _names_version(question: str, document: DocumentMeta) -> bool:
    if not document.version:
        return False
    version = re.escape(document.version.lower())
    # 1.2版 is V1.2.
    bare = rf"|(?<![a-z0-9.]){version[1:]}\s?版" if re.match(r"v\d+\\?\.\d", version) else ""
    return bool(re.search(rf"(?<![a-z0-9]){version}(?!\.?\d){bare}", question.lower()))


def _same_with_other_figures(chosen: Unit, others: Iterable[Unit]) -> Unit | None:
    figures, plain = set(_FIGURE.findall(chosen.text)), _FIGURE.sub("#", chosen.text)
    matcher = SequenceMatcher(None, "", plain, autojunk=False)
    for other in others:
        same_row = other.span.cells[:1] == chosen.span.cells[:1]
        if other.span.kind == chosen.span.kind and same_row and set(_FIGURE.findall(other.text)) != figures:
            matcher.set_seq1(_FIGURE.sub("#", other.text))
            if matcher.quick_ratio() >= _SAME_SENTENCE and matcher.ratio() >= _SAME_SENTENCE:
                return other
    return None


def _compare_age(one: DocumentMeta, other: DocumentMeta) -> int:
    """Negative when `one` is older: by date where both have one, else by version (终版 after all numbers)."""
    if one.date and other.date and one.date != other.date:
        return -1 if one.date < other.date else 1
    mine, theirs = _version_key(one.version or ""), _version_key(other.version or "")
    return (mine > theirs) - (mine < theirs)


def _version_key(version: str) -> tuple[bool, tuple[int, ...]]:
    found = re.findall(rf"\d+|[{_HAN_NUMBERS}]", version)
    numbers = tuple(_HAN_NUMBERS.find(one) + 1 or int(one) for one in found)
    return ("终" in version or "定稿" in version, numbers)
