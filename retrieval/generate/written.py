"""The answer that a language model writes: each claim checked before it is shown, and what is said when none stands."""

import logging
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from time import perf_counter

from ingest import tracing
from retrieval.answer import Answer, Passage
from retrieval.finding import Event, Finding
from retrieval.folding import unfolded
from retrieval.generate.ask_model import Stop
from retrieval.generate.assemble import MISSING, Added, Assembly, left_open, not_told, without_passage_numbers
from retrieval.generate.failure import ModelFailed, note
from retrieval.generate.foreign import as_plain, kept_out
from retrieval.generate.prompt import PROMPT_VERSION
from retrieval.generate.to_the_point import is_beside, is_echo, is_piece_of_list, without_questions
from retrieval.generate.unanswered import UNANSWERED, quotes_for, unanswered
from retrieval.generate.writer import Draft, Progress, Writer
from retrieval.quoted import notes, quoted, refused
from retrieval.refuse import shortfall
from retrieval.verify.check import check
from retrieval.verify.drafted import DraftClaim
from retrieval.verify.verdict import Dropped
from retrieval.versions import newer_of

NOTHING_STANDS = "大模型写的{n}条说法都没有通过核对，以下为资料原文摘录"
BESIDE = "大模型写的都不是所问的，以下为资料原文摘录"
A_PIECE = "大模型只写了所问的一小部分，以下为资料原文摘录"
AT_ODDS = "大模型给了几个不同的数，分不清哪个对，以下为资料原文摘录"
ASKS_BACK = "只是重复了问题，没有说明什么"
MODEL_KNOWS_NOTHING = "大模型读了最接近的段落，认为其中没有答案"

_ALL_VERSIONS = frozenset({"project", "customer", "doc_type"})
"""Filters that leave every version of a document in."""

log = logging.getLogger(__name__)


def write_answer(
    writer: Writer, finding: Finding, before: Sequence[str], stop: Stop, draft: Draft | None = None
) -> Generator[Event | Answer]:
    """Events as claims stand the check, and at last the Answer; never an error of the model's.

    `token`, `citation` and `claim` come claim by claim and hold only what the answer will say; `progress` tells how far
    the model has come. `reset` takes back what was shown, when the model fails on the way. What the evidence refuses is
    refused without asking the model. `draft`, where one is given, is filled with what the model wrote before any check.
    Raises `Stopped` when `stop` says so.
    """
    if not finding.chosen:
        yield refused(finding)
        return
    draft, assembly, verify_s = draft or Draft(), Assembly(), 0.0
    failure: str | None = None
    budget = writer.opinion.budget()
    try:
        with closing(writer.write(finding, before, draft, stop)) as steps:
            for step in steps:
                if isinstance(step, Progress):
                    yield Event("progress", {"characters": step.characters, "dropped": len(assembly.dropped)})
                    continue
                started = perf_counter()
                draft.claims.append(step)
                # Beyond what it was shown, other passages found may bear a claim out whose source is wrong, and newer
                # versions tell what holds no more.
                others = [one for one in finding.read if one not in draft.passages] + _newer(finding)
                said = without_passage_numbers(as_plain(step.text))
                claim = DraftClaim(text=without_questions(said), sources=step.sources, quotes=step.quotes)
                with tracing.span("verify"):
                    verdict = check(claim, [*draft.passages, *others], finding.understood.question)
                    if said and (not claim.text or is_echo(claim.text, finding.question)):
                        verdict = Dropped(text=said, cause="aside", words=ASKS_BACK)
                    verdict = writer.opinion.on(verdict, budget)
                    tracing.note({"caselore.verdict": type(verdict).__name__.lower()})
                added = assembly.add(kept_out(verdict))
                verify_s += perf_counter() - started
                if added:
                    yield from _told(added)
    except ModelFailed as error:
        log.warning("The language model failed: %s", error)
        failure = error.failure
        answer = _instead(quoted(finding), note(error.failure))
    else:
        of_the_model = len(assembly.added)
        with tracing.span("assemble"):
            answer = _judged(finding, assembly, draft)
        if answer.answerer == "extractive":
            failure = "dropped"
        else:
            for added in assembly.added[of_the_model:]:
                yield from _told(added)
    if answer.answerer == "extractive" and assembly.added:
        yield Event("reset", {"reason": answer.notes[0]})
    timings = {"model": draft.model_ms, "verify": round(verify_s * 1000, 1)}
    if draft.first_token_ms is not None:
        timings["first_token"] = draft.first_token_ms
    yield answer.model_copy(
        update={
            "model": writer.model.name or None,
            "prompt_version": PROMPT_VERSION,
            "usage": draft.usage,
            "dropped": tuple(assembly.dropped),
            "fallback": failure,
            "timings_ms": dict(finding.timings_ms) | timings,
        }
    )


def _told(added: Added) -> Iterator[Event]:
    yield Event("token", added.line + "\n")
    yield from (Event("citation", one.model_dump()) for one in added.citations)
    yield Event("claim", added.claim.model_dump())


def _newer(finding: Finding) -> list[Passage]:
    """What newer versions say than those read; none where whoever asks has chosen the documents."""
    if not finding.filters.keys() <= _ALL_VERSIONS:
        return []
    read = {one.chunk.id for one in finding.read}
    found = [one for one in unfolded(finding.passages) if one.chunk.id not in read]
    newest = newer_of(one.document for one in [*finding.read, *found]).values()
    ids = {one.id for one in newest}
    return [*(one for one in found if one.document.id in ids), *finding.newer]


def _judged(finding: Finding, assembly: Assembly, draft: Draft) -> Answer:
    """Answered, partial or refused: what stood the check, what the model misses, and what the passages never say."""
    texts = [one.chunk.text for one in draft.passages]
    open_parts = left_open(draft.missing, finding.understood.question, texts)
    if assembly.supported:
        told = [one.claim.text for one in assembly.added if one.claim.verified]
        if not_told(finding.asked, told) and shortfall(finding.evidence.missing):
            # Neither what is asked about is in the passages, nor what is asked for in the claims.
            return _by_the_model(refused(finding))
        if not open_parts and is_beside(finding.understood.topic, told, assembly.units):
            return _instead(quoted(finding), BESIDE)
        if assembly.is_at_odds:
            return _instead(quoted(finding), AT_ODDS)
        if is_piece_of_list(finding.understood.topic, finding.chosen, assembly.units):
            return _instead(quoted(finding), A_PIECE)
        return _answer(finding, assembly, open_parts, told)
    if assembly.dropped or assembly.added:
        if open_parts:
            return _by_the_model(refused(finding))
        return _instead(quoted(finding), NOTHING_STANDS.format(n=len(assembly.dropped) + len(assembly.added)))
    return _by_the_model(refused(finding))


def _answer(finding: Finding, assembly: Assembly, open_parts: Sequence[str], told: Sequence[str]) -> Answer:
    not_there = not_told(finding.asked, told)
    # What the documents may well say, but this answer does not, is told in their own words.
    passed_over = [] if open_parts else unanswered(finding.understood.topic, told)
    passed_over = [part for part in passed_over if not _quote(part, finding, assembly)]
    told = [one.claim.text for one in assembly.added if one.claim.verified]
    if not_there and not open_parts and not_told(finding.asked, told):
        open_parts = [not_there]
    said = [f"{MISSING}：{'；'.join(open_parts)}"] if open_parts else []
    if passed_over and not said:
        said = [f"{UNANSWERED}：{'；'.join(passed_over)}"]
    lacking = shortfall(finding.evidence.missing)
    missing = "。".join(said + ([lacking] if lacking else [])) or None
    lines = [one.line for one in assembly.added] + ([f"{missing}。"] if missing else [])
    return Answer(
        question=finding.question,
        understood=finding.understood.guesses,
        searched=finding.understood.searched,
        status="partial" if missing else "answered",
        text="\n".join(lines),
        claims=tuple(one.claim for one in assembly.added),
        citations=tuple(citation for one in assembly.added for citation in one.citations),
        missing=missing,
        notes=notes(finding, assembly.units),
        confidence=round(finding.confidence, 4),
        answerer="llm",
    )


def _quote(part: str, finding: Finding, assembly: Assembly) -> bool:
    """Whether the documents' own words on a part of the question stand in the answer now."""
    old = newer_of(one.document for one in [*finding.read, *finding.newer])
    current = [one for one in finding.chosen if one.passage.document.id not in old]
    found = quotes_for(part, finding.understood.topic, current)
    for unit in found:
        assembly.quote(unit)
    return bool(found)


def _by_the_model(answer: Answer) -> Answer:
    return answer.model_copy(update={"answerer": "llm", "notes": (MODEL_KNOWS_NOTHING,)})


def _instead(answer: Answer, why: str) -> Answer:
    return answer.model_copy(update={"notes": (why, *answer.notes)})
