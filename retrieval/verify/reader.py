"""Finds what a claim's clauses rest on: the place among those shown that says each, or what is wrong at the nearest."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.document import DocumentMeta
from retrieval.answer import Passage
from retrieval.verify.arithmetic import derive
from retrieval.verify.binding import Held, hold, lacks, tells_of_old
from retrieval.verify.drafted import DraftClaim
from retrieval.verify.echoed import repeats
from retrieval.verify.enumerated import enumerated, heads, item_not_there
from retrieval.verify.figures import Figure, plain
from retrieval.verify.locate import likeness
from retrieval.verify.people import People
from retrieval.verify.places import Place, places
from retrieval.verify.projects import Projects, owner
from retrieval.verify.statement import Clause, Part
from retrieval.verify.verdict import Fault
from retrieval.verify.words import coverage, stands_in
from retrieval.versions import newer_of

ENOUGH_WITH_FIGURE = 0.5
ENOUGH = 0.6
"""Share of a clause's words that its place must have; a clause whose figure is found there needs fewer."""

ENOUGH_OF_QUESTION = 0.35
"""The same of the question's words, for a claim that is nothing but a name. Of either share, half must stand in the
place's own words: what stands around it says nothing by itself.
"""

QUOTED = 0.25
"""How much the words that the model quotes speak for a place, against the share of the clause's words there."""

USED = 0.05
"""How much a place gains that another clause of the claim rests on."""


_LISTS = re.compile(r"[、/]|和|与|及|,")
_LEFT_OVER = re.compile("剩|余")
_BECOMES = re.compile("(?:降|减|升|增|改|变|调整|扩|缩)(?:为|到|至|成)")
_CONTRADICT = ("comparison", "negation", "scope")
SPEAKS_OF_IT = 0.3
"""Share of a part's words, in a place's own words, from which that place is about the same."""

NEAREST = 8
"""Places that are looked at, when none has all figures of a clause, for what comes nearest to it."""

BETTER = 0.1
"""By how much more of the words a place must have that contradicts a clause, to outdo one that says it."""


@dataclass(frozen=True, eq=False)
class Candidate:
    """A place that a clause may rest on, and how much it is like the words that the model quotes."""

    passage: Passage
    place: Place
    quoted: float


@dataclass(frozen=True)
class Found:
    """What a clause rests on; without `rests`, why on nothing. `coverage` of its words there, `shown` arithmetic."""

    rests: tuple[Candidate, ...]
    coverage: float
    faults: tuple[Fault, ...]
    nearest: Candidate | None
    shown: tuple[str, ...] = ()


_OF_THE_OTHERS = Found((), 1.0, (), None)


class Reader:
    """Finds for each clause of one claim the place that it rests on."""

    def __init__(
        self,
        claim: DraftClaim,
        passages: Sequence[Passage],
        question: str,
        enough: float,
    ) -> None:
        self._enough = enough
        self._quotes = claim.quotes
        self._question = plain(question)
        self._claim = plain(claim.text)
        self._asks_old = tells_of_old(self._claim) or tells_of_old(self._question)
        self._every = passages
        self._newer = newer_of(passage.document for passage in passages)
        self._projects = Projects(passages)
        self._people = People(passages)

    def read(self, said: Sequence[Clause], passages: Sequence[Passage]) -> list[Found]:
        """For each clause what it rests on among these passages."""
        candidates = self._candidates(passages)
        found: list[Found] = []
        used: set[int] = set()
        meant = self._projects.named(self._claim) or self._projects.named(self._question)
        for at, clause in enumerate(said):
            named = self._projects.named(clause.text)
            meant = named or meant
            # What a fragment goes on from has to stand where the fragment does: 补偿程序，何聿安.
            leads = repeats(clause, self._question) and not any(one.is_fragment for one in said[at + 1 : at + 2])
            if len(said) > 1 and (self._projects.is_name(clause.text) or leads):
                # 禾川，剩5张: it says of what the others are, and rests on what they rest on.
                found.append(_OF_THE_OTHERS)
                continue
            rests = [place for other in found for place in other.rests] if clause.is_fragment else []
            one = self._clause(clause, rests or candidates, used, meant, found)
            if rests and not one.rests and not any(fault.cause in _CONTRADICT for fault in one.faults):
                near = [place for place in candidates if any(_goes_on(place, other) for other in rests)]
                one = self._clause(clause, near, used, meant, found)
            used |= {id(at.place) for at in one.rests}
            found.append(one)
        return [
            self._of_the_others(clause, candidates, meant, found) if one is _OF_THE_OTHERS else one
            for clause, one in zip(said, found, strict=True)
        ]

    def _of_the_others(
        self, clause: Clause, candidates: Sequence[Candidate], meant: set[str], found: Sequence[Found]
    ) -> Found:
        """What the others rest on, where its names stand and nothing tells the contrary; else a place of its own."""
        others = [one for one in found if one.rests]
        if others and self._projects.is_name(clause.text):
            return others[0]
        own = self._clause(clause, candidates, set(), meant, others)
        names = [word.text for word in clause.words if word.is_name]
        told = all(any(stands_in(name, at.place.said) for one in others for at in one.rests) for name in names)
        if not others or not told or any(fault.cause in _CONTRADICT for fault in own.faults):
            return own
        return others[0]

    def older(self, rested_on: Iterable[DocumentMeta]) -> tuple[str, ...]:
        """Of the documents that a claim rests on those that have a newer version, as a reader is told of them."""
        old = {one.id: (one, self._newer[one.id]) for one in rested_on if one.id in self._newer}
        return tuple(f"《{one.title}》{one.version}（最新为{newest.version}）" for one, newest in old.values())

    def _candidates(self, passages: Sequence[Passage]) -> list[Candidate]:
        pairs = [(passage, place) for passage in passages for place in places(passage.chunk, passage.document)]
        quoted = likeness(self._quotes, [place for _, place in pairs])
        return [Candidate(passage, place, like) for (passage, place), like in zip(pairs, quoted, strict=True)]

    def _clause(
        self,
        clause: Clause,
        candidates: Sequence[Candidate],
        used: set[int],
        meant: set[str],
        before: Sequence[Found],
    ) -> Found:
        alone = tuple(one for one in clause.figures if one.kind != "number")
        whole = self._best(clause.parts, alone, candidates, used, meant)
        split = enumerated(clause.text) if not clause.figures else None
        if split:
            lacking = item_not_there(split[1], clause.words, [at.place for at in whole.rests])
            if lacking and whole.rests:
                whole = Found((), whole.coverage, (Fault("words", f"资料中没有“{lacking}”的说法"),), whole.nearest)
            whole = self._listed(*split, clause, candidates, meant) or whole
        if whole.rests or len(clause.parts) == 1:
            return whole if whole.rests else self._derived(clause, whole, before, candidates)
        if not _LISTS.search(clause.text) or any(part.figure and part.figure.role for part in clause.parts):
            return self._derived(clause, whole, before, candidates)
        each = []
        for at, part in enumerate(clause.parts):
            inside = tuple(one for one in alone if one.text in part.text or (at == 0 and self._is_lead(one, clause)))
            each.append(self._best((part,), inside, candidates, used, meant))
        if all(one.rests for one in each):
            rests = tuple(dict.fromkeys(at for one in each for at in one.rests))
            return Found(rests, min(one.coverage for one in each), (), whole.nearest)
        return self._derived(clause, whole, [*before, *each], candidates)

    def _listed(
        self, frame: str, items: Sequence[str], clause: Clause, candidates: Sequence[Candidate], meant: set[str]
    ) -> Found | None:
        """The items of one passage that a clause lists, where the question or the words around them say of what."""
        about = [word for word in clause.words if word.at < len(frame)]
        for passage in dict.fromkeys(one.passage for one in candidates):
            here = {one.place: one for one in candidates if one.passage is passage}
            at = heads(items, here)
            if at is None or self._of_document(passage, at[0], meant, clause.parts):
                continue
            if frame in self._question or coverage(about, at[0])[0] >= self._enough:
                return Found(tuple(here[one] for one in at), 1.0, (), here[at[0]])
        return None

    def _is_lead(self, one: Figure, clause: Clause) -> bool:
        return not any(one.text in part.text for part in clause.parts)

    def _best(
        self,
        parts: Sequence[Part],
        alone: Sequence[Figure],
        candidates: Sequence[Candidate],
        used: set[int],
        meant: set[str],
    ) -> Found:
        """The place that says all parts, or the one that comes nearest with what is wrong there."""
        best: tuple[tuple[float, ...], Candidate, tuple[Fault, ...], float] | None = None
        against: tuple[float, Candidate, tuple[Fault, ...]] | None = None
        likely = [one for one in candidates if not any(lacks(part, alone, one.place) for part in parts)]
        for index, one in enumerate([*likely, *_nearest(parts, candidates, likely)]):
            if index >= len(likely) and best and best[0][0]:
                break
            held = [hold(part, alone, one.place, one.passage.document, asks_old=self._asks_old) for part in parts]
            coverage = sum(each.coverage for each in held) / len(held)
            own = sum(each.own for each in held) / len(held)
            faults = (*self._of_document(one.passage, one.place, meant, parts), *self._faults(held, one))
            people = (self._people.fault(part.text, self._claim, self._question, one.place) for part in parts)
            faults += tuple(fault for fault in dict.fromkeys(people) if fault)
            numbers = any(part.figure for part in parts)
            enough = coverage >= ENOUGH_WITH_FIGURE if numbers else coverage >= self._enough and own >= self._enough / 2
            worth = (coverage + own) / 2 + QUOTED * one.quoted + USED * (id(one.place) in used)
            key = (float(not faults and enough), -float(len(faults)), worth)
            if best is None or key > best[0]:
                best = (key, one, faults, coverage)
            if faults and all(fault.cause in _CONTRADICT for fault in faults) and (not against or worth > against[0]):
                against = (worth, one, faults)
        if best is None:
            return Found((), 0.0, (Fault("words", "没有给出可核对的资料"),), None)
        (supported, _, worth), at, faults, coverage = best
        if supported and against and against[0] > worth + BETTER:
            return Found((), coverage, against[2], against[1])
        return Found((at,) if supported else (), coverage, faults, at)

    def _faults(self, held: Sequence[Held], at: Candidate) -> list[Fault]:
        """The faults of the parts, without names that only the question gave and that are another name of the same."""
        whose = owner(at.passage.document)
        faults = []
        for fault in dict.fromkeys(fault for one in held for fault in one.faults):
            name = fault.words[fault.words.find("“") + 1 : fault.words.find("”")]
            if fault.cause == "name" and name in self._question:
                having = self._projects.known_by(name)
                if not having or whose in having:
                    continue
            faults.append(fault)
        return faults

    def _of_document(self, passage: Passage, place: Place, meant: set[str], parts: Sequence[Part]) -> list[Fault]:
        faults = []
        document = passage.document
        newest = self._newer.get(document.id)
        if newest and not self._asks_old and self._speaks(newest.id, parts):
            faults.append(Fault("superseded", f"《{document.title}》有更新的版本，新版没有这样说"))
        whose = owner(document)
        if meant and whose and whose not in meant and not self._projects.named(place.own) & meant:
            faults.append(Fault("name", f"说的是{'、'.join(sorted(meant))}，资料是{whose}的"))
        return faults

    def _speaks(self, document_id: str, parts: Sequence[Part]) -> bool:
        """Whether a document speaks of what the parts are about: then otherwise, or they would rest on it."""
        about = [
            place for one in self._every if one.document.id == document_id for place in places(one.chunk, one.document)
        ]
        return any(coverage(part.words, place)[1] >= SPEAKS_OF_IT for part in parts for place in about)

    def _derived(self, clause: Clause, whole: Found, before: Sequence[Found], candidates: Sequence[Candidate]) -> Found:
        """The clause with the one figure that no place has shown to follow from figures that the claim rests on."""
        lacking = [fault for fault in whole.faults if fault.cause == "figure"]
        if whole.nearest is None or len(lacking) != len(whole.faults) or not lacking:
            return whole
        sources = [at for one in before for at in one.rests] + [whole.nearest]
        sources += sorted((one for one in candidates if one.quoted), key=lambda one: -one.quoted)[:2]
        sources = list(dict.fromkeys(sources))
        if _LEFT_OVER.search(clause.text):
            # From 6 cards to 5: 1 is what has gone, not what is left.
            sources = [at for at in sources if not _BECOMES.search(at.place.own)]
        known = [spot.figure for at in sources for spot in at.place.spots]
        stated = {one.value for one in clause.figures if one.kind == "number"}
        known.sort(key=lambda one: one.value not in stated)
        shown = []
        for part in clause.parts:
            if part.figure is None or any(one.value == part.figure.value for one in known):
                continue
            equation = derive(part.figure, clause.text, known)
            if equation is None:
                return whole
            shown.append(equation)
        if not shown:
            return whole
        return Found(tuple(sources), whole.coverage, (), whole.nearest, tuple(shown))


def _goes_on(one: Candidate, at: Candidate) -> bool:
    """Whether a fragment at `one` goes on from what stands at `at`: the same row, paragraph or list item."""
    return one.place.span is at.place.span


def _nearest(parts: Sequence[Part], candidates: Sequence[Candidate], but: Sequence[Candidate]) -> list[Candidate]:
    """The `NEAREST` places that have most of the parts' words, but for those already looked at."""
    skip = {id(one) for one in but}
    words = {word.text for part in parts for word in part.words}
    others = [one for one in candidates if id(one) not in skip]
    return sorted(others, key=lambda one: -one.quoted - sum(word in one.place.said for word in words))[:NEAREST]
