"""What was understood of a question before anything is searched."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from retrieval.converse import completed
from retrieval.filters_from_words import Preference, preferences
from retrieval.glossary import Glossary
from retrieval.names import Mention, Names, Subject, meant, without


@dataclass(frozen=True)
class Understood:
    """`question` is what is asked, in full; `mentions` are the names in it and `subjects` the projects they mean;
    `topic` is the question without those names: among a project's own documents they tell nothing apart.
    """

    question: str
    topic: str
    mentions: tuple[Mention, ...] = ()
    subjects: tuple[Subject, ...] = ()
    preferences: tuple[Preference, ...] = ()
    also: tuple[str, ...] = ()


def take_in(asked: str, history: Sequence[str], names: Names, glossary: Glossary, today: date) -> Understood:
    """What a question says, read with the names of the library."""
    question = completed(asked, history, names)
    mentions = names.mentions(question)
    topic, subjects = without(question, [one.words for one in mentions]), meant(mentions)
    ids = frozenset[str]().union(*(one.documents for one in subjects))
    among = [one for one in names.documents if one.id in ids] if subjects else names.documents
    return Understood(question, topic, mentions, subjects, tuple(preferences(topic, among, today)), tuple(glossary.in_other_words(topic)))
