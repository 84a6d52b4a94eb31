"""What is known about a question before an answer is made of it, and the steps in which one comes about."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from retrieval.answer import Passage
from retrieval.asked import Asked
from retrieval.evidence import Evidence
from retrieval.understood import Understood
from retrieval.units import Unit
from retrieval.weigh import Weighed


@dataclass(frozen=True)
class Event:
    """One step of an answer that comes about, and the JSON it carries.

    `passages`, `progress`, `token`, `citation`, `claim`, `reset`, or `done`, which carries the whole Answer.
    """

    name: str
    data: Any


@dataclass(frozen=True)
class Finding:
    """All that is known about a question. `read` are the passages of its scope, best first, without older versions;
    `parts` is the evidence for each part of the question, `confidence` how probable it is that the
    documents answer it, `newer` passages of newest versions that were not found themselves, of documents that were;
    `shallow` how many documents were searched by their words only.
    """

    question: str
    understood: Understood
    filters: Mapping[str, tuple[str, ...]]
    asked: Asked
    passages: tuple[Passage, ...]
    read: tuple[Passage, ...]
    weighed: tuple[Weighed, ...]
    evidence: Evidence
    parts: tuple[Evidence, ...]
    confidence: float
    chosen: tuple[Unit, ...]
    newer: tuple[Passage, ...]
    shallow: int
    timings_ms: Mapping[str, float]
