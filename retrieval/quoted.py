"""The answer in the documents' own words, or the refusal: what anybody gets for whom no language model writes."""

from collections.abc import Sequence

from retrieval.answer import Answer, Citation, Claim
from retrieval.extract import compose
from retrieval.finding import Finding
from retrieval.folding import unfolded
from retrieval.recognised import recognised
from retrieval.refuse import refusal, shortfall
from retrieval.shallow import by_words_only
from retrieval.silent import silent
from retrieval.units import Unit
from retrieval.versions import disagreements


def quoted(finding: Finding) -> Answer:
    """An answer of the units chosen, each cited; a refusal when there are none."""
    if not finding.chosen:
        return refused(finding)
    missing = shortfall(finding.evidence.missing)
    several = finding.understood.of_all or len(finding.understood.subjects) > 1
    return Answer(
        question=finding.question,
        understood=finding.understood.guesses,
        searched=finding.understood.searched,
        status="partial" if missing else "answered",
        text=compose(finding.chosen, name_projects=several) + (f"\n{missing}。" if missing else ""),
        claims=tuple(
            Claim(text=unit.text, citations=(n,), verified=True, quoted=True)
            for n, unit in enumerate(finding.chosen, start=1)
        ),
        citations=citations(finding.chosen),
        missing=missing,
        notes=notes(finding, finding.chosen),
        confidence=round(finding.confidence, 4),
        timings_ms=dict(finding.timings_ms),
    )


def refused(finding: Finding) -> Answer:
    """What is missing, what was looked for, and which documents come nearest."""
    text, lacking = refusal(finding.asked, finding.evidence.missing, finding.passages, finding.filters)
    return Answer(
        question=finding.question,
        understood=finding.understood.guesses,
        searched=finding.understood.searched,
        status="refused",
        text=text,
        missing=lacking,
        notes=tuple(by_words_only(finding.shallow)),
        confidence=round(finding.confidence, 4),
        timings_ms=dict(finding.timings_ms),
    )


def citations(units: Sequence[Unit]) -> tuple[Citation, ...]:
    """The units as citations, numbered from 1."""
    return tuple(
        Citation(
            n=n,
            quote=unit.quote,
            document=unit.passage.document,
            locator=unit.span.locator,
            confidence=unit.span.confidence,
        )
        for n, unit in enumerate(units, start=1)
    )


def notes(finding: Finding, units: Sequence[Unit]) -> tuple[str, ...]:
    """Which projects said nothing, what other versions say, what was read in pictures or searched by words only."""
    return (
        *([] if finding.filters else silent(finding.understood, units)),
        *disagreements(units, [*unfolded(finding.passages), *finding.newer]),
        *recognised(units),
        *by_words_only(finding.shallow),
    )
