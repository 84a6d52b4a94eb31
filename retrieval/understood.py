"""What was understood of a question before anything is searched."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ingest.terms import simplified
from retrieval.answer import Guess
from retrieval.converse import completed
from retrieval.filters_from_words import Preference, preferences
from retrieval.glossary import Glossary
from retrieval.names import Mention, Names, Subject, meant, without
from retrieval.spelling import misspelt

_ALL = re.compile(r"(?:哪些|哪几个|哪个|各个?|所有|每个|几个)(?:项目|客户|银行|案子)")
_EACH = re.compile(r"(?:各个?|所有|每个)(?:项目|客户|银行|案子)")

_LIST_THEM = re.compile(
    r"[\s,，、。]*(?:请|麻烦|帮我)?(?:(?:逐[个一]|一一|都|全部)?列(?:出来?|全|举|一下|个表)|逐[个一](?:说明)?|一一)"
)
_JOINING = re.compile(r"^(?:[\s,，、]|和|跟|与|同|及|以及|都)+")
"""What is left of two names in a row, when they are taken out of a question."""


@dataclass(frozen=True)
class Understood:
    """`question` is what is asked, in full and spelt right; `mentions` are the names in it and `subjects` the projects
    they mean; `topic` is the question without those names: among a project's own documents they tell nothing apart.
    `also` are the glossary's other words for it. `of_all`: it asks about all projects; `of_each`: what each of them
    has, and not which of them. `guesses` say what was read out of its words, `dropped` what was not to be (keys, or
    `key=value`).
    """

    question: str
    topic: str
    mentions: tuple[Mention, ...] = ()
    subjects: tuple[Subject, ...] = ()
    preferences: tuple[Preference, ...] = ()
    also: tuple[str, ...] = ()
    of_all: bool = False
    of_each: bool = False
    all_subjects: tuple[Subject, ...] = ()
    guesses: tuple[Guess, ...] = ()
    dropped: frozenset[str] = frozenset()

    @property
    def searched(self) -> tuple[str, ...]:
        """What is looked for: the topic, then the glossary's other words for it."""
        return self.topic, *self.also

    @property
    def on_versions(self) -> str:
        """What of the question may name a version, or ask for older ones."""
        if "version" in self.dropped:
            return ""
        told = self.question
        for key, _, value in (one.partition("=") for one in self.dropped):
            if key == "version":
                # V1.2 may be written 1.2版.
                told = re.sub(rf"v?\s?{re.escape(value.lstrip('Vv'))}", " ", told, flags=re.IGNORECASE)
        return told


def take_in(
    asked: str,
    history: Sequence[str],
    names: Names,
    glossary: Glossary,
    today: date,
    dropped: Collection[str] = (),
) -> Understood:
    """What a question says, read with the names of the library and after the questions of `history`, oldest first.

    Nothing is read into it that `dropped` names (see `Guess.is_among`).
    """
    written = simplified(asked)
    guesses = []
    for slip, name in misspelt(written, names.by_name).items():
        guess = Guess(key="spelling", value=name, words=slip)
        if not guess.is_among(dropped):
            written = written.replace(slip, name)
            guesses.append(guess)
    question = completed(written, [simplified(one) for one in history], names)
    if question != written:
        guess = Guess(key="history", value=question, words=asked)
        if guess.is_among(dropped):
            question = written
        else:
            guesses.append(guess)
    mentions = _mentions(question, names, dropped)
    topic, subjects = without(question, [one.words for one in mentions]), meant(mentions)
    of_all = not subjects and bool(_ALL.search(question))
    if of_all:
        topic = _said(_LIST_THEM.sub("", _ALL.sub(" ", topic))) or topic
    elif mentions:
        topic = _said(_JOINING.sub("", topic)) or topic
    ids = frozenset[str]().union(*(one.documents for one in subjects))
    among = [one for one in names.documents if one.id in ids] if subjects else names.documents
    preferred = tuple(one for one in preferences(topic, among, today) if not one.guess.is_among(dropped))
    guesses += [_project(mention, one) for mention in mentions for one in mention.subjects if one in subjects]
    return Understood(
        question=question,
        topic=topic,
        mentions=mentions,
        subjects=subjects,
        preferences=preferred,
        also=tuple(glossary.in_other_words(topic)),
        of_all=of_all,
        of_each=of_all and bool(_EACH.search(question)),
        all_subjects=names.subjects if of_all else (),
        guesses=(*guesses, *dict.fromkeys(one.guess for one in preferred)),
        dropped=frozenset(dropped),
    )


def _said(text: str) -> str:
    return " ".join(text.split()) if re.search(r"[^\W_]", text) else ""


def _mentions(question: str, names: Names, dropped: Collection[str]) -> tuple[Mention, ...]:
    """The names in the question with the subjects they may mean; none whose subjects are all dropped."""
    left = []
    for mention in names.mentions(question):
        subjects = tuple(one for one in mention.subjects if not _project(mention, one).is_among(dropped))
        if subjects:
            left.append(replace(mention, subjects=subjects))
    return tuple(left)


def _project(mention: Mention, subject: Subject) -> Guess:
    return Guess(key="project", value=subject.name, words=mention.words)


def as_written(asked: str) -> Understood:
    """The question with nothing read into it."""
    return Understood(asked, asked)
