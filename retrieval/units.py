"""The units an answer can be made of: single sentences, list items and table rows of the passages found."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.chunk import Span
from ingest.sentences import sentences
from retrieval.answer import Passage

MIN_CHARS = 6
"""Shorter sentences (`见下表`, `如下：`, `V1.2`) say nothing by themselves."""


@dataclass(frozen=True)
class Unit:
    """One quotable piece of a passage.

    `quote` stands verbatim in the chunk; `text` is the quote as a reader takes it in (a row with its columns named);
    `context` is what the reader knows by being there (title, headings, the line that introduces a list). `order` is
    its place among all units: passage rank, span, sentence.
    """

    passage: Passage
    span: Span
    quote: str
    text: str
    context: str
    order: tuple[int, int, int]


def units(passages: Sequence[Passage]) -> Iterator[Unit]:
    """Every unit of the passages, by rank and place."""
    for passage in passages:
        chunk = passage.chunk
        above = " ".join((passage.document.title, *chunk.headings))
        title, lead = "", ""
        for at, span in enumerate(chunk.spans):
            context = " ".join(part for part in (above, title, lead) if part)
            if span.kind == "heading":
                title, lead = span.text, ""
            elif span.kind == "caption":
                lead = span.text
            elif span.kind == "row" and len(set(span.cells)) == 1:
                lead = span.cells[0]
            elif span.kind == "code":
                yield Unit(passage, span, span.text, span.text, context, (passage.rank, at, 0))
            elif span.kind == "row":
                yield Unit(passage, span, span.text, chunk.readable(span), context, (passage.rank, at, 0))
            else:
                for number, sentence in enumerate(_sentences(span.text)):
                    if len(sentence) >= MIN_CHARS and sentence not in passage.document.title:
                        yield Unit(passage, span, sentence, sentence, context, (passage.rank, at, number))
                if span.kind == "text":
                    lead = span.text if span.text.rstrip().endswith(("：", ":")) else ""


@lru_cache(maxsize=2048)
def _sentences(text: str) -> tuple[str, ...]:
    """A question's parts and projects share passages: each paragraph is cut once. At most some 5 MB."""
    return tuple(sentences(text))
