"""One drafted claim held against the passages shown to the model: the order of checking."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.answer import Passage
from retrieval.verify.arithmetic import derive
from retrieval.verify.binding import Held, hold, tells_of_old
from retrieval.verify.drafted import DraftClaim
from retrieval.verify.figures import Figure, plain
from retrieval.verify.locate import likeness
from retrieval.verify.places import Place, places
from retrieval.verify.projects import Projects, owner
from retrieval.verify.statement import Clause, Part, clauses
from retrieval.verify.verdict import Dropped, Fault, Support, Supported, Unverified, Verdict
from retrieval.versions import newer_of

ENOUGH_WITH_FIGURE = 0.5
ENOUGH = 0.6
"""Share of a clause's words that its place must have; a clause whose figure is found there needs fewer."""

ENOUGH_OF_QUESTION = 0.35
"""The same of the question's words, for a claim that is nothing but a name. Of either share, half must stand in the
place's own words: what stands around it says nothing by itself.
"""

HARMLESS = 0.3
"""Share of the words below which a claim has nothing to do with the sources."""

QUOTED = 0.25
"""How much the words that the model quotes speak for a place, against the share of the clause's words there."""

USED = 0.05
"""How much a place gains that another clause of the claim rests on."""


_LISTS = re.compile(r"[、/]|和|与|及|,")
_CONTRADICT = ("comparison", "negation", "scope")
BETTER = 0.1
"""By how much more of the words a place must have that contradicts a clause, to outdo one that says it."""


@dataclass(frozen=True, eq=False)
class _Candidate:
    passage: Passage
    place: Place
    quoted: float


@dataclass(frozen=True)
class _Found:
    """What a clause rests on; without `rests`, why on nothing."""

    rests: tuple[_Candidate, ...]
    coverage: float
    faults: tuple[Fault, ...]
    nearest: _Candidate | None
    shown: tuple[str, ...] = ()


def check(claim: DraftClaim, passages: Sequence[Passage], question: str) -> Verdict:
    """Whether the passages, in the order they were shown, say what the claim does.

    Each clause must rest on one sentence or table row (each figure of it on one, where it lists several), in the
    passages that the model names or, failing that, in others that were shown. Never raises for what a model may write.
    """
    said = clauses(claim.text)
    enough = ENOUGH
    if said and all(clause.is_name for clause in said):
        # A mere name answers the question, and is true or false only with it.
        enough = ENOUGH_OF_QUESTION
        said = tuple(clause.asked_by(plain(question)) for clause in said)
    if not any(clause.words or clause.figures for clause in said):
        return Dropped(text=claim.text, cause="empty", words="没有可核对的内容")
    for clause in said:
        if clause.turns_on_itself:
            return Dropped(text=claim.text, cause="scope", words=f"“{clause.text}”的升降与其数字相反")
    reader = _Reader(claim, passages, question, enough)
    cited = [passages[number - 1] for number in dict.fromkeys(claim.sources) if 0 < number <= len(passages)]
    found = reader.read(said, cited) if cited else None
    replaced = found is None or any(not one.rests for one in found)
    if replaced:
        anew = reader.read(said, passages)
        if found is None or all(one.rests for one in anew):
            found = anew
        else:
            replaced = False
    assert found is not None
    if all(one.rests for one in found):
        rests = dict.fromkeys((at.passage.rank, at.place.quote) for one in found for at in one.rests)
        at_place = {(at.passage.rank, at.place.quote): at for one in found for at in one.rests}
        return Supported(
            text=claim.text,
            supports=tuple(_support(at_place[key]) for key in rests),
            arithmetic=tuple(dict.fromkeys(line for one in found for line in one.shown)),
            replaced=replaced,
        )
    return _not_supported(claim.text, said, found)


def _not_supported(text: str, said: Sequence[Clause], found: Sequence[_Found]) -> Verdict:
    failing = [(clause, one) for clause, one in zip(said, found, strict=True) if not one.rests]
    faults = [fault for _, one in failing for fault in one.faults if fault.cause != "words"]
    if faults:
        return Dropped(text=text, cause=faults[0].cause, words=faults[0].words)
    clause, _ = min(failing, key=lambda pair: pair[1].coverage)
    if any(one.figures or one.decides or one.names for one, _ in failing) or _mean(found) < HARMLESS:
        return Dropped(text=text, cause="words", words=f"资料中没有“{clause.text}”的说法")
    return Unverified(text=text, nearest=tuple(_support(one.nearest) for one in found if one.nearest))


def _mean(found: Sequence[_Found]) -> float:
    return sum(one.coverage for one in found) / len(found)


def _goes_on(one: _Candidate, at: _Candidate) -> bool:
    """Whether a fragment at `one` goes on from what stands at `at`: the same row, paragraph or list item."""
    return one.place.span is at.place.span


def _support(at: _Candidate) -> Support:
    return Support(passage=at.passage, span=at.place.span, quote=at.place.quote)


class _Reader:
    """Finds for each clause of one claim the place that it rests on."""

    def __init__(self, claim: DraftClaim, passages: Sequence[Passage], question: str, enough: float) -> None:
        self._enough = enough
        self._quotes = claim.quotes
        self._question = plain(question)
        self._claim = plain(claim.text)
        self._asks_old = tells_of_old(self._claim) or tells_of_old(self._question)
        self._newer = newer_of(passage.document for passage in passages)
        self._projects = Projects(passages)

    def read(self, said: Sequence[Clause], passages: Sequence[Passage]) -> list[_Found]:
        """For each clause what it rests on among these passages."""
        candidates = self._candidates(passages)
        found: list[_Found] = []
        used: set[int] = set()
        meant = self._projects.named(self._claim) or self._projects.named(self._question)
        for clause in said:
            named = self._projects.named(clause.text)
            meant = named or meant
            near = candidates
            rests = [place for other in found for place in other.rests] if clause.is_fragment else []
            one = self._clause(clause, rests or candidates, used, meant, found)
            if rests and not one.rests and not any(fault.cause in _CONTRADICT for fault in one.faults):
                near = [place for place in candidates if any(_goes_on(place, other) for other in rests)]
                one = self._clause(clause, near, used, meant, found)
            used |= {id(at.place) for at in one.rests}
            found.append(one)
        return found

    def _candidates(self, passages: Sequence[Passage]) -> list[_Candidate]:
        pairs = [(passage, place) for passage in passages for place in places(passage.chunk, passage.document)]
        quoted = likeness(self._quotes, [place for _, place in pairs])
        return [_Candidate(passage, place, like) for (passage, place), like in zip(pairs, quoted, strict=True)]

    def _clause(
        self,
        clause: Clause,
        candidates: Sequence[_Candidate],
        used: set[int],
        meant: set[str],
        before: Sequence[_Found],
    ) -> _Found:
        alone = tuple(one for one in clause.figures if one.kind != "number")
        whole = self._best(clause.parts, alone, candidates, used, meant)
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
            return _Found(rests, min(one.coverage for one in each), (), whole.nearest)
        return self._derived(clause, whole, [*before, *each], candidates)

    def _is_lead(self, one: Figure, clause: Clause) -> bool:
        return not any(one.text in part.text for part in clause.parts)

    def _best(
        self,
        parts: Sequence[Part],
        alone: Sequence[Figure],
        candidates: Sequence[_Candidate],
        used: set[int],
        meant: set[str],
    ) -> _Found:
        """The place that says all parts, or the one that comes nearest with what is wrong there."""
        best: tuple[tuple[float, ...], _Candidate, tuple[Fault, ...], float] | None = None
        against: tuple[float, _Candidate, tuple[Fault, ...]] | None = None
        for one in candidates:
            held = [hold(part, alone, one.place, one.passage.document, asks_old=self._asks_old) for part in parts]
            coverage = sum(each.coverage for each in held) / len(held)
            own = sum(each.own for each in held) / len(held)
            faults = (*self._of_document(one.passage, one.place, meant), *self._faults(held, one))
            numbers = any(part.figure for part in parts)
            enough = coverage >= ENOUGH_WITH_FIGURE if numbers else coverage >= self._enough and own >= self._enough / 2
            worth = (coverage + own) / 2 + QUOTED * one.quoted + USED * (id(one.place) in used)
            key = (float(not faults and enough), -float(len(faults)), worth)
            if best is None or key > best[0]:
                best = (key, one, faults, coverage)
            if faults and all(fault.cause in _CONTRADICT for fault in faults) and (not against or worth > against[0]):
                against = (worth, one, faults)
        if best is None:
            return _Found((), 0.0, (Fault("words", "没有给出可核对的资料"),), None)
        (supported, _, worth), at, faults, coverage = best
        if supported and against and against[0] > worth + BETTER:
            return _Found((), coverage, against[2], against[1])
        return _Found((at,) if supported else (), coverage, faults, at)

    def _faults(self, held: Sequence[Held], at: _Candidate) -> list[Fault]:
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

    def _of_document(self, passage: Passage, place: Place, meant: set[str]) -> list[Fault]:
        faults = []
        document = passage.document
        if document.id in self._newer and not self._asks_old:
            faults.append(Fault("superseded", f"《{document.title}》有更新的版本，新版没有这样说"))
        whose = owner(document)
        if meant and whose and whose not in meant and not self._projects.named(place.own) & meant:
            faults.append(Fault("name", f"说的是{'、'.join(sorted(meant))}，资料是{whose}的"))
        return faults

    def _derived(
        self, clause: Clause, whole: _Found, before: Sequence[_Found], candidates: Sequence[_Candidate]
    ) -> _Found:
        """The clause with the one figure that no place has shown to follow from figures that the claim rests on."""
        lacking = [fault for fault in whole.faults if fault.cause == "figure"]
        if whole.nearest is None or len(lacking) != len(whole.faults) or not lacking:
            return whole
        sources = [at for one in before for at in one.rests] + [whole.nearest]
        sources += sorted((one for one in candidates if one.quoted), key=lambda one: -one.quoted)[:2]
        sources = list(dict.fromkeys(sources))
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
        return _Found(tuple(sources), whole.coverage, (), whole.nearest, tuple(shown))
