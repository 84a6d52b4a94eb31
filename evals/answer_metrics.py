"""How right an answer and what was found for it are, one question at a time, with the reason in words."""

from collections.abc import Callable, Iterable, Sequence

from evals.dataset import Question
from evals.gold import holds, is_covered, names_figure, same_document
from evals.rank_metrics import rank_scores
from retrieval.answer import Answer, Passage

Scores = dict[str, float | None]
ReadDocument = Callable[[str], Iterable[str]]
"""A document's id to the texts of its chunks."""


def document_scores(question: Question, passages: Sequence[Passage]) -> tuple[Scores, str]:
    """Rank scores of the documents, in the order their first passages come. Defined where there is gold."""
    wanted = {gold.path for gold in question.gold}
    if not wanted:
        return {}, ""
    paths = list(dict.fromkeys(passage.document.path for passage in passages))
    hits = [any(same_document(path, gold) for gold in wanted) for path in paths]
    return _named("document", rank_scores(hits, len(wanted))), _place("gold document", hits)


def passage_scores(question: Question, passages: Sequence[Passage]) -> tuple[Scores, str]:
    """Rank scores of the passages that hold a gold quote. A quote counts once, where it is first held."""
    if not question.gold:
        return {}, ""
    left, hits, spared = list(question.gold), [], 0
    for passage in passages:
        held = [
            gold
            for gold in left
            if same_document(passage.document.path, gold.path) and holds(passage.chunk.text, gold.quote)
        ]
        left = [gold for gold in left if gold not in held]
        hits.append(bool(held))
        # Two quotes in one passage need one place in the ideal ranking, not two.
        spared += max(len(held) - 1, 0)
    return _named("passage", rank_scores(hits, len(question.gold) - spared)), _place("gold quote", hits)


def citation_scores(question: Question, answer: Answer, read_document: ReadDocument) -> tuple[Scores, list[str]]:
    """`first_citation_document`, `gold_quote_cited` and `figures_named` where the question has an answer (a refusal
    scores 0), and `quotes_verbatim`, the share of citations whose quote stands so in its document, where there are any.
    """
    scores: Scores = {"quotes_verbatim": _share(_verbatim(answer, read_document))}
    reasons = ["a quote does not stand in its document"] if scores["quotes_verbatim"] not in (None, 1.0) else []
    if not question.answerable:
        return scores, reasons
    first = answer.citations[0].document.path if answer.citations else None
    if question.gold:
        right = first is not None and any(same_document(first, gold.path) for gold in question.gold)
        scores["first_citation_document"] = float(right)
        if not right:
            reasons.append(f"cites {first} first" if first else "cites nothing")
        covered = [_is_cited(gold.path, gold.quote, answer) for gold in question.gold]
        scores["gold_quote_cited"] = _share(covered)
        reasons += [
            f"gold quote not cited: {gold.quote}"
            for gold, is_in in zip(question.gold, covered, strict=True)
            if not is_in
        ]
    if question.figures:
        text = "" if answer.status == "refused" else answer.text
        named = [names_figure(text, figure) for figure in question.figures]
        scores["figures_named"] = _share(named)
        reasons += [
            f"figure not named: {figure}" for figure, is_in in zip(question.figures, named, strict=True) if not is_in
        ]
    return scores, reasons


def _is_cited(path: str, quote: str, answer: Answer) -> bool:
    return is_covered(quote, (one.quote for one in answer.citations if same_document(one.document.path, path)))


def _verbatim(answer: Answer, read_document: ReadDocument) -> list[bool]:
    return [any(one.quote in text for text in read_document(one.document.id)) for one in answer.citations]


def _share(marks: Sequence[bool]) -> float | None:
    return sum(marks) / len(marks) if marks else None


def _named(of: str, scores: dict[str, float]) -> Scores:
    return {f"{of}_{name}": score for name, score in scores.items()}


def _place(what: str, hits: Sequence[bool]) -> str:
    return f"{what} at rank {hits.index(True) + 1}" if any(hits) else f"{what} not found"
