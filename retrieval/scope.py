"""Whose documents a question is about, when it names a customer or project."""

from collections.abc import Sequence

from ingest.terms import fold
from retrieval.answer import Passage
from retrieval.asked import Asked, understand
from retrieval.understood import Understood


def in_scope(understood: Understood, passages: Sequence[Passage]) -> list[Passage]:
    """The passages without those of other projects than the ones the question names.

    Named is a project by a name that it goes by, or by a name that only its documents among these have. Documents that
    say neither customer nor project stay, and so do passages that say the name themselves, and all of them when the
    question names no project that was found.
    """
    if understood.subjects:
        ids = frozenset[str]().union(*(subject.documents for subject in understood.subjects))
        names = [mention.words for mention in understood.mentions]
        return [
            one
            for one in passages
            if one.document.id in ids
            or not (one.document.customer or one.document.project)
            or any(name in fold(one.chunk.text) for name in names)
        ]
    projects = _by_code_name(understand(understood.topic), passages)
    if not projects:
        return list(passages)
    return [
        one
        for one in passages
        if one.document.project in projects or not (one.document.customer or one.document.project)
    ]


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
