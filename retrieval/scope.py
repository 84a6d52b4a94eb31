"""Whose documents a question is about, when it names a customer or project."""

import re
from collections.abc import Sequence

from ingest.document import DocumentMeta
from ingest.terms import fold
from retrieval.answer import Passage

_KIND_OF_FIRM = re.compile(
    r"(?:股份|有限|责任|公司|集团|控股|银行|证券|保险|电力|电网|基金|信托|期货|人寿|财险|农商|商行)+$"
)


def in_scope(question: str, passages: Sequence[Passage]) -> list[Passage]:
    """The passages without those of other customers or projects than the ones the question names.

    Documents that say neither stay, and so do all when the question names none that was found.
    """
    asked = fold(question)
    named = {passage.document.id for passage in passages if _is_named(passage.document, asked)}
    if not named:
        return list(passages)
    kept = []
    for passage in passages:
        document = passage.document
        if document.id in named or not (document.customer or document.project):
            kept.append(passage)
    return kept


def short_name(firm: str) -> str:
    """What a firm is called in speech: its name without its kind (星衡银行 → 星衡), when that leaves two characters."""
    short = _KIND_OF_FIRM.sub("", firm)
    return short if len(short) > 1 else firm


def _is_named(document: DocumentMeta, folded_question: str) -> bool:
    names = [document.project or "", document.customer or "", short_name(document.customer or "")]
    return any(name and fold(name) in folded_question for name in names)
