"""Whether what was found and cited is the gold, one question at a time, with the reason in words."""

from collections.abc import Sequence

from evals.dataset import Gold, Question
from evals.gold import holds, is_covered, same_document
from evals.rank_metrics import rank_scores
from evals.sample import Scores
from retrieval.answer import Answer, Passage


def document_scores(question: Question, passages: Sequence[Passage]) -> tuple[Scores, str]:
    """Rank scores of the documents, in the order their first passages come. Defined where there is gold."""
    if not question.gold:
        return {}, ""
    paths = list(dict.fromkeys(passage.document.path for passage in passages))
    hits = [_is_right(path, question) for path in paths]
    return _rank("document", hits, len({gold.path for gold in question.gold}))


def passage_scores(question: Question, passages: Sequence[Passage]) -> tuple[Scores, str]:
    """Rank scores of the passages that hold a gold quote. A quote counts once, where it is first held."""
    if not question.gold:
        return {}, ""
    left, hits, spared = list(question.places), [], 0
    for passage in passages:
        held = [one for one in left if _holds(passage, one)]
        left = [one for one in left if one not in held]
        hits.append(bool(held))
        # Two gold quotes in one passage need one place in the ideal ranking, not two.
        spared += max(sum(one in question.gold for one in held) - 1, 0)
    return _rank("passage", hits, len(question.gold) - spared)


def citation_scores(question: Question, answer: Answer) -> tuple[Scores, list[str]]:
    """`first_citation_document` and `gold_quote_cited` where the question has gold; a refusal scores 0."""
    if not question.gold:
        return {}, []
    reasons = []
    first = answer.citations[0].document.path if answer.citations else None
    right = first is not None and _is_right(first, question)
    if not right:
        reasons.append(f"cites {first} first" if first else "cites nothing")
    covered = [gold for gold in question.gold if _is_cited(gold, answer)]
    instead = [one for one in question.also if _is_cited(one, answer)]
    cited = min((len(covered) + len(instead)) / len(question.gold), 1.0)
    if cited < 1:
        reasons += [f"gold quote not cited: {gold.quote}" for gold in question.gold if gold not in covered]
    return {"first_citation_document": float(right), "gold_quote_cited": cited}, reasons


def _is_right(path: str, question: Question) -> bool:
    return any(same_document(path, one.path) for one in question.places)


def _holds(passage: Passage, gold: Gold) -> bool:
    return same_document(passage.document.path, gold.path) and holds(passage.chunk.text, gold.quote)


def _is_cited(gold: Gold, answer: Answer) -> bool:
    return is_covered(
        gold.quote, (one.quote for one in answer.citations if same_document(one.document.path, gold.path))
    )


def _rank(what: str, hits: Sequence[bool], gold: int) -> tuple[Scores, str]:
    """The scores of a ranking, of whose hits only the first `gold` count: more of them say the same again."""
    counted = [hit and sum(hits[:place]) < gold for place, hit in enumerate(hits)]
    scores: Scores = {f"{what}_{name}": score for name, score in rank_scores(counted, gold).items()}
    return scores, f"gold {what} at rank {hits.index(True) + 1}" if any(hits) else f"gold {what} not found"
