"""Whose documents a question is about, when it names a customer or project."""

import re
from collections.abc import Sequence

from ingest.document import DocumentMeta
from ingest.terms import fold
from retrieval.answer import Passage
from retrieval.asked import Asked

_KIND_OF_FIRM = re.compile(
    r"(?:股份|有限|责任|公司|集团|控股|银行|证券|保险|电力|电网|基金|信托|期货|人寿|财险|农商|商行)+$"
)


def in_scope(asked: Asked, question: str, passages: Sequence[Passage]) -> list[Passage]:
    """The passages without those of other customers or projects than the ones the question names.

    Named is a project by its name or its customer's, or by a name that only its documents have (a code name). Documents
    that say neither customer nor project stay, and so do all when the question names none that was found.
    """
    folded = fold(question)
    named = {passage.document.id for passage in passages if _is_named(passage.document, folded)}
    projects = {passage.document.project for passage in passages if passage.document.id in named}
    if not named:
        projects = _by_code_name(asked, passages)
    if not named and not projects:
        return list(passages)
    kept = []
    for passage in passages:
        document = passage.document
        is_same = document.project is not None and document.project in projects
        if document.id in named or is_same or not (document.customer or document.project):
            kept.append(passage)
    return kept


def short_name(firm: str) -> str:
    """What a firm is called in speech: its name without its kind (星衡银行 → 星衡), when that leaves two characters."""
    short = _KIND_OF_FIRM.sub("", firm)
    return short if len(short) > 1 else firm


def _is_named(document: DocumentMeta, folded_question: str) -> bool:
    names = [document.project or "", document.customer or "", short_name(document.customer or "")]
    return any(name and fold(name) in folded_question for name in names)


def _by_code_name(asked: Asked, passages: Sequence[Passage]) -> set[str | None]:
    """The projects meant by names in no dictionary that stand in the documents of one project alone."""
    meant: set[str | None] = set()
    for term in asked.terms:
        if term.is_name:
            texts = ((fold(one.chunk.embedding_text(one.document.title)), one.document.project) for one in passages)
            having = {project for text, project in texts if term.text in text}
            if len(having) == 1 and None not in having:
                meant |= having
    return meant
