"""Versions of one document: which is the newest, and where an older one says otherwise."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from ingest.document import DocumentMeta
from retrieval.answer import Passage
from retrieval.units import Unit, units

_MARK = re.compile(
    r"[-_ （(【]*(?:[vV]\s*\d+(?:\.\d+)*|第?[一二三四五六七八九十\d]+版"
    r"|最?终版\d*|定稿|初稿|草稿|修订版?)[)）】]*"
)
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*%?")
_SAME_SENTENCE = 0.6


def family(document: DocumentMeta) -> tuple[str, ...]:
    """What all versions of one document share: project, type, and the title without its version marks.

    Dates are no version marks: weekly reports and minutes that differ in the date stand beside one another.
    """
    return (document.project or "", document.doc_type or "", _MARK.sub("", document.title).strip())


def newer_of(documents: Iterable[DocumentMeta]) -> dict[str, DocumentMeta]:
    """For each document that has a newer version among these: its id and the newest one."""
    families: dict[tuple[str, ...], list[DocumentMeta]] = {}
    for document in {one.id: one for one in documents if one.version}.values():
        families.setdefault(family(document), []).append(document)
    newer: dict[str, DocumentMeta] = {}
    for members in families.values():
        newest = max(members, key=_age_key)
        newer |= {one.id: newest for one in members if _age_key(one) < _age_key(newest)}
    return newer


def without_superseded(question: str, passages: Sequence[Passage]) -> list[Passage]:
    """The passages without those of versions that have a newer one among them, unless the question names a version."""
    documents = {passage.document.id: passage.document for passage in passages}
    newer = newer_of(documents.values())
    named = {key for key, document in documents.items() if _names_version(question, document)}
    if named:
        # V1.0 of what? Of a document that has other versions, if there is one: every first draft is a V1.0.
        versioned = {*newer, *(newest.id for newest in newer.values())}
        wanted = named & versioned or named
        return [passage for passage in passages if passage.document.id in wanted]
    return [passage for passage in passages if passage.document.id not in newer]


def disagreements(chosen: Sequence[Unit], passages: Sequence[Passage]) -> list[str]:
    """For each chosen unit that another version states with other figures: a note that says so."""
    newer = newer_of(passage.document for passage in passages)
    notes = []
    for unit in chosen:
        own = unit.passage.document
        others = [one for one in passages if family(one.document) == family(own) and one.document.id != own.id]
        other = _same_with_other_figures(unit, units(others))
        if other:
            document = other.passage.document
            age = "旧版" if document.id in newer else "新版"
            notes.append(f"{age}《{document.title}》（{_mark(document)}）此处为：{other.text}")
        elif own.id in newer:
            notes.append(
                f"《{own.title}》（{_mark(own)}）有更新的版本：《{newer[own.id].title}》（{_mark(newer[own.id])}）"
            )
    return list(dict.fromkeys(notes))


def _mark(document: DocumentMeta) -> str:
    return "，".join(part for part in (document.version, document.date) if part) or document.path


def _names_version(question: str, document: DocumentMeta) -> bool:
    return bool(document.version) and str(document.version).lower() in question.lower()


def _same_with_other_figures(chosen: Unit, others: Iterable[Unit]) -> Unit | None:
    figures, plain = set(_FIGURE.findall(chosen.text)), _FIGURE.sub("#", chosen.text)
    matcher = SequenceMatcher(None, "", plain, autojunk=False)
    for other in others:
        if other.span.kind == chosen.span.kind and set(_FIGURE.findall(other.text)) != figures:
            matcher.set_seq1(_FIGURE.sub("#", other.text))
            if matcher.quick_ratio() >= _SAME_SENTENCE and matcher.ratio() >= _SAME_SENTENCE:
                return other
    return None


def _age_key(document: DocumentMeta) -> tuple[str, int, tuple[int, ...]]:
    version = document.version or ""
    final = 1 if "终" in version or "定稿" in version else 0
    return (document.date or "", final, tuple(int(number) for number in re.findall(r"\d+", version)))
