"""An answer put together from claims as they are checked: numbered sources, text line by line, what was left out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.terms import bigrams, fold, tag, tokens
from retrieval.answer import Citation, Claim, DroppedClaim
from retrieval.asked import Asked
from retrieval.generate.foreign import as_plain, foreign
from retrieval.quoted import citations
from retrieval.units import Unit
from retrieval.verify.figures import figures, plain
from retrieval.verify.verdict import Dropped, Support, Supported, Verdict

UNVERIFIED = "（未核实）"
MISSING = "资料没有提到"
OPEN_PART = "问到的一部分"
OLDER = "据旧版"
QUOTED = "资料原文"

_END = "。；;.!！：: "
_BLANK = frozenset(
    {"无", "没有", "空", "缺失", "缺少", "未提及", "未提到", "none", "null", "n/a", "missing", "…", "..."}
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LONGEST_MISSING = 80
_BY_NUMBER = re.compile(
    r"^(?:根据|依据|按照|据)?资料\s*\d+(?:[、和,，]\s*(?:资料)?\s*\d+)*(?:中|里|\s)*(?:(?:提到|显示|指出|说明|所述|所写|列出)的?|的)?[，,：:]?\s*"
)
_MARK = re.compile(r"^\s*(?:[-•●·*]\s*|\d{1,2}[.、)）](?!\d)\s*|第[\d一二三四五六七八九十]{1,2}[项条点个][：:]\s*)")
_KINDS = {"quantity": "问到的数量", "time": "问到的时间", "person": "问到的人"}


@dataclass(frozen=True)
class Added:
    """What a claim brought: its line of the text, the citations that are new with it, and the claim."""

    line: str
    citations: tuple[Citation, ...]
    claim: Claim


class Assembly:
    """Takes verdicts in the order of the claims. `units` are the sources, as numbered."""

    def __init__(self) -> None:
        self.added: list[Added] = []
        self.dropped: list[DroppedClaim] = []
        self.units: list[Unit] = []
        self.supported = 0
        self._said: set[str] = set()

    def add(self, verdict: Verdict) -> Added | None:
        """The claim's part of the answer; None for one that is dropped or says what another has said."""
        if isinstance(verdict, Dropped):
            self.dropped.append(DroppedClaim(text=verdict.text, reason=verdict.words))
            return None
        # One claim, one line: whoever streams counts lines.
        text = " ".join(verdict.text.split()).rstrip(_END)
        if fold(text) in self._said:
            return None
        self._said.add(fold(text))
        before = len(self.units)
        is_supported = isinstance(verdict, Supported)
        numbers = tuple(dict.fromkeys(map(self._number, verdict.supports))) if isinstance(verdict, Supported) else ()
        shown = text
        if isinstance(verdict, Supported) and verdict.arithmetic:
            shown += f"（{'；'.join(verdict.arithmetic)}）"
        # Beside the claim, not in it: what it says is what its sources say.
        old = f"（{OLDER}：{'；'.join(verdict.older)}）" if isinstance(verdict, Supported) and verdict.older else ""
        marks = "".join(f"[{n}]" for n in numbers)
        line = f"{shown}{old}。 {marks}" if is_supported else f"{shown}{UNVERIFIED}。"
        self.supported += is_supported
        one = Added(
            line=line,
            citations=citations(self.units)[before:],
            claim=Claim(text=shown, citations=numbers, verified=is_supported),
        )
        self.added.append(one)
        return one

    def quote(self, unit: Unit) -> Added | None:
        """The documents' own words where the claims say nothing; None when they are cited already."""
        before = len(self.units)
        n = self._number(Support(passage=unit.passage, span=unit.span, quote=unit.quote))
        if n <= before:
            return None
        one = Added(
            line=f"{QUOTED}：{unit.text} [{n}]",
            citations=citations(self.units)[before:],
            claim=Claim(text=unit.text, citations=(n,), verified=True, quoted=True),
        )
        self.added.append(one)
        return one

    @property
    def is_at_odds(self) -> bool:
        """Whether two claims say the same but for their numbers, out of one document: each may stand there, of another
        thing, and a reader could not tell which holds.
        """
        said: dict[tuple[str, str], set[str]] = {}
        for one in self.added:
            text = plain(one.claim.text)
            numbers = [figure for figure in figures(text) if figure.kind == "number"]
            frame = text
            for figure in reversed(numbers):
                frame = f"{frame[: figure.start]}#{frame[figure.end :]}"
            values = " ".join(figure.text for figure in numbers)
            for n in one.claim.citations if numbers else ():
                said.setdefault((frame, self.units[n - 1].passage.document.id), set()).add(values)
        return any(len(values) > 1 for values in said.values())

    def _number(self, support: Support) -> int:
        for n, unit in enumerate(self.units, start=1):
            if unit.passage.chunk.id == support.passage.chunk.id and unit.quote == support.quote:
                return n
        chunk, span = support.passage.chunk, support.span
        text = chunk.readable(span) if span.kind == "row" else support.quote
        at = chunk.spans.index(span) if span in chunk.spans else 0
        self.units.append(Unit(support.passage, span, support.quote, text, "", (support.passage.rank, at, 0)))
        return len(self.units)


def without_passage_numbers(text: str) -> str:
    """The statement without “according to passage 2” and the mark of a list: a reader has not seen how the passages
    were numbered, and of a line copied out of a list the number says nothing.
    """
    return _MARK.sub("", _BY_NUMBER.sub("", text))


def not_told(asked: Asked, claims: Sequence[str]) -> str | None:
    """The kind of thing that the question asks for, where no claim names one; None where one does."""
    if asked.kind not in _KINDS:
        return None
    after = [asked.unit, *(term.text for term in asked.terms)] if asked.unit and asked.kind == "quantity" else []
    measured = re.compile(
        r"[\d一二三四五六七八九十百千万两]\s*(?:" + "|".join(map(re.escape, filter(None, after))) + ")", re.I
    )
    fits = (
        (asked.fits(one) or (asked.kind == "person" and _names_person(one))) and (not after or measured.search(one))
        for one in claims
    )
    return None if any(fits) else _KINDS[asked.kind]


def _names_person(claim: str) -> bool:
    return any(part_of_speech.startswith("nr") for _, part_of_speech in tag(claim))


def left_open(missing: Sequence[str], question: str, read: Sequence[str] = ()) -> list[str]:
    """What the model says is missing, without what says nothing or brings figures in that nobody asked about.

    Nobody can check these words. Those that share none with the question or the texts read are not repeated: it is
    only said that a part is missing.
    """
    numbers, known = set(_NUMBER.findall(question)), set().union(*map(_terms, (question, *read)))
    found = (as_plain(one).strip().strip(_END).removeprefix(MISSING) for one in missing)
    kept = (
        one
        for one in found
        if one and fold(one) not in _BLANK and len(one) <= _LONGEST_MISSING and set(_NUMBER.findall(one)) <= numbers
    )
    shown = (one if known & _terms(one) and not foreign(one, ()) else OPEN_PART for one in kept)
    return list(dict.fromkeys(shown))


def _terms(text: str) -> set[str]:
    return {one for token in tokens(fold(text)) for one in ([token.text] if token.is_code else bigrams(token.text))}
