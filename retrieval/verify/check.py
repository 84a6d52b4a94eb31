"""One drafted claim held against the passages shown to the model: the order of checking."""

from collections.abc import Sequence

from retrieval.answer import Passage
from retrieval.verify.drafted import DraftClaim
from retrieval.verify.figures import plain
from retrieval.verify.reader import ENOUGH, ENOUGH_OF_QUESTION, Candidate, Found, Reader
from retrieval.verify.statement import Clause, clauses
from retrieval.verify.verdict import Dropped, Support, Supported, Unverified, Verdict

HARMLESS = 0.3
"""Share of the words below which a claim has nothing to do with the sources."""


def check(claim: DraftClaim, passages: Sequence[Passage], question: str) -> Verdict:
    """Whether the passages, in the order they were shown, say what the claim does.

    Each clause must rest on one sentence or table row (each figure of it on one, where it lists several), in the
    passages that the model names or, failing that, in others. What a newer version among the passages tells otherwise
    is not supported by an older one; what it tells alike rests on the newer. Never raises for what a model may write.
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
    reader = Reader(claim, passages, question, enough)
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
            older=reader.older(at.passage.document for at in at_place.values()),
        )
    return _not_supported(claim.text, said, found)


def _not_supported(text: str, said: Sequence[Clause], found: Sequence[Found]) -> Verdict:
    failing = [(clause, one) for clause, one in zip(said, found, strict=True) if not one.rests]
    faults = [fault for _, one in failing for fault in one.faults if fault.cause != "words"]
    if faults:
        return Dropped(text=text, cause=faults[0].cause, words=faults[0].words)
    clause, _ = min(failing, key=lambda pair: pair[1].coverage)
    if any(one.figures or one.decides or one.names for one, _ in failing) or _mean(found) < HARMLESS:
        return Dropped(text=text, cause="words", words=f"资料中没有“{clause.text}”的说法")
    return Unverified(text=text, nearest=tuple(_support(one.nearest) for one in found if one.nearest))


def _mean(found: Sequence[Found]) -> float:
    return sum(one.coverage for one in found) / len(found)


def _support(at: Candidate) -> Support:
    return Support(passage=at.passage, span=at.place.span, quote=at.place.quote)
