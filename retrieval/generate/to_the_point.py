"""Whether claims tell what was asked: a question said back, or true words about something else, answer nothing."""

from collections.abc import Sequence

from ingest.sentences import sentence_spans
from ingest.terms import fold, tokens
from retrieval.expected import expect
from retrieval.generate.unanswered import unanswered
from retrieval.subquestions import parts
from retrieval.units import Unit
from retrieval.verify.words import alike, stands_in

LIST = 3
"""Units of which an answer in the documents' own words has to have as many, to be a list."""

_MARKS = "。，、；：！？,.;:!? "
_ASKS = ("？", "?")
_GOES_ON = ("，", ",", "、")
_CLOSING = "”」』\"' "


def without_questions(text: str) -> str:
    """The statement without the sentences that ask: a model likes to copy the question, or a heading that asks it."""
    told = [text[start:end] for start, end in sentence_spans(text)]
    # A question that somebody is told to have asked goes on: 问“能借吗？”，未批。
    goes_on = [*(one.startswith(_GOES_ON) for one in told[1:]), False]
    asks = (one.rstrip(_CLOSING).endswith(_ASKS) for one in told)
    return "".join(one for one, ask, on in zip(told, asks, goes_on, strict=True) if on or not ask).strip()


def is_echo(text: str, question: str) -> bool:
    """Whether a statement is a piece of the question, word for word."""
    said = fold(text).strip(_MARKS)
    return bool(said) and said in fold(question)


def is_piece_of_list(topic: str, listed: Sequence[Unit], cited: Sequence[Unit]) -> bool:
    """Whether all of a list is asked for and the claims rest on less than half of what stands there: a small model is
    content with one item.
    """
    if len(listed) < LIST or not (expect(topic).in_full or expect(topic).are_steps):
        return False
    rests = {(one.passage.chunk.id, one.span) for one in cited}
    told = sum((one.passage.chunk.id, one.span) in rests for one in listed)
    return told < len(listed) / 2


def is_beside(topic: str, claims: Sequence[str], cited: Sequence[Unit] = ()) -> bool:
    """Whether the claims speak of none of the several parts of a question, or neither they nor the places that they
    cite, with their headings, have any of its abbreviations and codes: true, perhaps, and no answer.
    """
    if len(unanswered(topic, claims)) == len(set(parts(topic))) > 1:
        return True
    codes = [one.text for one in tokens(fold(topic)) if one.is_code and one.text[0].isalpha()]
    if not codes or not cited:
        return False
    places = (f"{one.text} {one.passage.document.title} {' '.join(one.passage.chunk.headings)}" for one in cited)
    said = fold("\n".join((*claims, *places)))
    return not any(stands_in(other, said) for code in codes for other in (code, *alike(code)))
