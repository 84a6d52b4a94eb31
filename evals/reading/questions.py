"""A BEIR-style folder whose queries carry `answers`, as a question set."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from evals.beir_files import Query, read_asked, read_corpus
from evals.chosen import Chosen
from evals.dataset import Gold, Question, ReadingQuestion
from evals.figures import figures, names_figure
from evals.gold import holds
from evals.judging import drawn
from ingest.errors import UsageError

SPLIT = "reading"
"""What runs over public reading sets are told by."""


def read_reading_set(folder: Path, limit: int | None = None) -> Chosen:
    """The questions of the folder, or `limit` of them: each kind in its share, always the same ones.

    Asked are those that carry an answer, and those marked as unanswerable. Raises `UsageError` for a malformed folder
    and for one whose questions carry no answers.
    """
    queries, relevant = read_asked(folder)
    asked = [one for one in queries if one.answers or not one.answerable]
    if not any(one.answers for one in asked):
        raise UsageError(
            f"The questions of {folder} carry no answers.",
            "`caselore eval beir` scores what is found; this needs `answers` in queries.jsonl.",
        )
    named = {passage for one in asked for passage in relevant.get(one.id, ())}
    texts = {row.id: row.text for row in read_corpus(folder) if row.id in named}
    questions: list[Question] = [_question(one, sorted(relevant.get(one.id, ())), texts) for one in asked]
    return Chosen(folder.resolve().name, SPLIT, drawn(questions, limit))


def _question(query: Query, passages: Sequence[str], texts: Mapping[str, str]) -> ReadingQuestion:
    if not query.answerable:
        return ReadingQuestion(id=query.id, question=query.text, kind="unanswerable", answerable=False)
    places = [
        Gold(path=passage, quote=answer)
        for passage in passages
        for answer in query.answers
        if holds(texts.get(passage, ""), answer)
    ]
    # An answer that is not copied from its passage leaves the passage itself to be found.
    places = places or [Gold(path=passage, quote=texts.get(passage, "")) for passage in passages]
    # The shortest says a figure with the least around it: 74, where another has 74 张.
    shortest = min(query.answers, key=len)
    sure = [one for one in figures(shortest) if all(names_figure(other, one) for other in query.answers)]
    return ReadingQuestion(
        id=query.id,
        question=query.text,
        kind="figure" if sure else "words",
        answerable=True,
        gold=tuple(places[:1]),
        also=tuple(places[1:]),
        figures=tuple(sure),
        answers=query.answers,
    )
