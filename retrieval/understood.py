"""What was understood of a question before anything is searched."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ingest.terms import simplified
from retrieval.answer import Guess
from retrieval.converse import completed
from retrieval.filters_from_words import Preference, preferences
from retrieval.glossary import Glossary
from retrieval.names import Mention, Names, Subject, meant, without
from retrieval.spelling import misspelt

_ALL = re.compile(r"(?:哪些|哪几个|哪个|各个?|所有|每个|几个)(?:项目|客户|银行|案子)")


@dataclass(frozen=True)
class Understood:
    """`question` is what is asked, in full and spelt right; `mentions` are the names in it and `subjects` the projects
    they mean; `topic` is the question without those names: among a project's own documents they tell nothing apart.
    `also` are the glossary's other words for it. `of_all`: it asks which of all projects. `guesses` say what was read
    out of its words.
    """

    question: str
    topic: str
    mentions: tuple[Mention, ...] = ()
    subjects: tuple[Subject, ...] = ()
    preferences: tuple[Preference, ...] = ()
    also: tuple[str, ...] = ()
    of_all: bool = False
    guesses: tuple[Guess, ...] = ()


def take_in(asked: str, history: Sequence[str], names: Names, glossary: Glossary, today: date) -> Understood:
    """What a question says, read with the names of the library and after the questions of `history`, oldest first."""
    written = simplified(asked)
    slips = misspelt(written, names.by_name)
    for slip, name in slips.items():
        written = written.replace(slip, name)
    question = completed(written, [simplified(one) for one in history], names)
    mentions = names.mentions(question)
    topic, subjects = without(question, [one.words for one in mentions]), meant(mentions)
    ids = frozenset[str]().union(*(one.documents for one in subjects))
    among = [one for one in names.documents if one.id in ids] if subjects else names.documents
    preferred = tuple(preferences(topic, among, today))
    guesses = [Guess(key="spelling", value=name, words=slip) for slip, name in slips.items()]
    if question != written:
        guesses.append(Guess(key="history", value=question, words=asked))
    guesses += [
        Guess(key="project", value=one.name, words=mention.words)
        for mention in mentions
        for one in mention.subjects
        if one in subjects
    ]
    return Understood(
        question=question,
        topic=topic,
        mentions=mentions,
        subjects=subjects,
        preferences=preferred,
        also=tuple(glossary.in_other_words(topic)),
        of_all=not subjects and bool(_ALL.search(question)),
        guesses=(*guesses, *dict.fromkeys(one.guess for one in preferred)),
    )


def as_written(asked: str) -> Understood:
    """The question with nothing read into it."""
    return Understood(asked, asked)
