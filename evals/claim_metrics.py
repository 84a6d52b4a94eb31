"""Whether each claim of an answer stands where its citations point.

Citation precision and recall after Gao et al., "Enabling Large Language Models to Generate Text with Citations" (ALCE,
2023), with the rule in `support.py` in the place of their entailment model.
"""

from collections.abc import Callable, Iterable

from evals.sample import Scores
from evals.support import supports
from retrieval.answer import Answer, Citation

ReadDocument = Callable[[str], Iterable[str]]
"""A document's id to the texts of its chunks."""


def claim_scores(answer: Answer, read_document: ReadDocument) -> tuple[Scores, list[str]]:
    """`citation_precision`: the share of a claim's citations whose place alone says what the claim does, or that are
    needed with the claim's others to say it. `citation_recall`: the share of claims that their citations together say.
    `quotes_verbatim`: the share of quotes that stand so in their document. Each None without anything to count.
    """
    places = {one.n: _place(one, read_document) for one in answer.citations}
    scores: Scores = {"quotes_verbatim": _share([place is not None for place in places.values()])}
    reasons = [f"the quote of [{n}] does not stand in its document" for n, place in places.items() if place is None]
    useful, said = [], []
    for claim in answer.claims:
        cited = {n: places.get(n) or "" for n in claim.citations}
        together = bool(cited) and supports("\n".join(cited.values()), claim.text)
        said.append(together)
        if not together:
            reasons.append(f"not in the cited places: {claim.text}")
        for n, place in cited.items():
            rest = "\n".join(other for m, other in cited.items() if m != n)
            useful.append(together and (supports(place, claim.text) or not supports(rest, claim.text)))
    return scores | {"citation_precision": _share(useful), "citation_recall": _share(said)}, reasons


def _place(citation: Citation, read_document: ReadDocument) -> str | None:
    """What a reader who opens the citation sees: the chunk around the quote with its headings; None when it is not
    there.
    """
    around = [text for text in read_document(citation.document.id) if citation.quote in text]
    if not around:
        return None
    return "\n".join((citation.document.title, *citation.locator.headings, around[0]))


def _share(marks: list[bool]) -> float | None:
    return sum(marks) / len(marks) if marks else None
