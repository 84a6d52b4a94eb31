"""Statements for the checker of claims, true and false, made of a question's points, gold quotes and gold rows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evals.dataset import Question
from evals.gold import holds, same_document
from evals.perturb import made_false, said_otherwise
from ingest.chunk import Chunk, Span
from ingest.index.store import StoredChunk
from ingest.sentences import sentences
from retrieval.answer import Passage
from retrieval.glossary import SHIPPED, Glossary, read_glossary
from retrieval.verify.figures import figures, plain
from retrieval.versions import newer_of

SHOWN = 10
"""Passages shown with a question, as many as an answer is made of."""

ROWS = 2
"""Cells of a gold row that become statements."""

_VALUE = re.compile(r"\d")
_STRANGER = "岑知远"
"""Somebody whom no document names."""

_NUMBERS_ROWS = re.compile(r"序号|编号|步骤")
_ROW_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z]{2}")


@dataclass(frozen=True)
class Case:
    """A statement with what is shown beside it, from a question. `sources` are places in `shown`, from 1."""

    question: Question
    kind: str
    is_true: bool
    text: str
    shown: tuple[Passage, ...]
    sources: tuple[int, ...]


def cases(
    question: Question,
    stored: Sequence[StoredChunk],
    found: Sequence[Passage],
    superseded: Sequence[tuple[str, StoredChunk, StoredChunk]] = (),
) -> Iterator[Case]:
    """The statements made of one question."""
    shown, gold = _with_gold(question, stored, found)
    sources = tuple(at for at, one in enumerate(shown, start=1) if one.chunk.id in gold)
    other = tuple(at for at in range(1, len(shown) + 1) if at not in sources)[:1]
    source = "\n".join(one.document.title + one.chunk.text for one in shown if one.chunk.id in gold)
    rows = list(_row_facts(question, shown, gold))
    quotes = [piece for place in question.gold for piece in sentences(place.quote) if " | " not in place.quote]
    base = [("point", text) for text in question.points] + [("quote", text) for text in quotes]
    base += [("row", text) for text, _ in rows]

    true = {fact for one in shown for span in one.chunk.spans for fact, _ in _facts(one.chunk, span, most=99)}

    def case(kind: str, text: str, *, is_true: bool, of: tuple[int, ...] = sources) -> Case:
        return Case(question, kind, is_true, text, shown, of)

    for kind, text in base:
        yield case(kind, text, is_true=True)
        if other:
            yield case("wrong source", text, is_true=True, of=other)
        for changed, words in said_otherwise(text):
            yield case(changed, words, is_true=True)
        for changed, words in made_false(text, source):
            if words in true:
                continue
            yield case(changed, words, is_true=False)
        for whose, words in _of_other_project(text, shown, gold):
            yield case(whose, words, is_true=False)
        for changed, words in _with_other_name(text, shown, source):
            yield case(changed, words, is_true=False)
    for _, neighbour in rows:
        if neighbour and neighbour not in true:
            yield case("neighbouring cell", neighbour, is_true=False)
    ids = {one.document.id for one in shown if one.chunk.id in gold}
    for text, old, new in superseded:
        if new.document.id in ids:
            extra = tuple(
                Passage(rank=len(shown) + at, score=0.0, chunk=one.chunk, document=one.document)
                for at, one in enumerate((old, new), start=1)
            )
            # Asked without a word of versions: a question about the change would make the old value right.
            asked = question.model_copy(update={"question": f"{text.partition('为')[0]}是多少？", "history": ()})
            yield Case(asked, "older version", False, text, (*shown, *extra), (len(shown) + 1,))


def _with_gold(
    question: Question, stored: Sequence[StoredChunk], found: Sequence[Passage]
) -> tuple[tuple[Passage, ...], set[str]]:
    shown, gold = list(found[:SHOWN]), set()
    for place in question.gold:
        for one in stored:
            if same_document(one.document.path, place.path) and holds(one.chunk.text, place.quote):
                gold.add(one.chunk.id)
                if all(other.chunk.id != one.chunk.id for other in shown):
                    shown.append(Passage(rank=len(shown) + 1, score=0.0, chunk=one.chunk, document=one.document))
                break
    return tuple(shown), gold


def _row_facts(question: Question, shown: Sequence[Passage], gold: set[str]) -> Iterator[tuple[str, str | None]]:
    """What a gold row's cells say, as a sentence, and the same with the value of a neighbouring cell."""
    for place in question.gold:
        for passage in shown:
            if passage.chunk.id not in gold or not passage.chunk.header:
                continue
            for span in passage.chunk.spans:
                if span.kind == "row" and holds(span.text, place.quote):
                    yield from _facts(passage.chunk, span)


def _facts(chunk: Chunk, span: Span, most: int = ROWS) -> Iterator[tuple[str, str | None]]:
    label = next((cell for cell in span.cells if _ROW_NAME.search(cell)), "")
    told = 0
    for at, cell in enumerate(span.cells):
        name = chunk.header[at] if at < len(chunk.header) else ""
        if (
            not name
            or _NUMBERS_ROWS.search(name)
            or cell == label
            or not _VALUE.search(cell)
            or len(cell) > 20
            or told == most
        ):
            continue
        told += 1
        names = name.replace(" / ", "")
        yield f"{label}的{names}为{cell}", _neighbour(chunk, span, at, f"{label}的{names}为")


def _neighbour(chunk: Chunk, span: Span, at: int, head: str) -> str | None:
    others = [one.cells[at] for one in chunk.spans if one.kind == "row" and one is not span and len(one.cells) > at]
    others += [cell for column, cell in enumerate(span.cells) if column != at]
    figure = re.sub(r"\W", "", span.cells[at])
    for cell in others:
        is_other = (
            re.sub(r"\W", "", cell) not in figure and figure not in cell and not _says_as_much(cell, span.cells[at])
        )
        # The row's own name is nobody's value.
        if _VALUE.search(cell) and len(cell) <= 20 and is_other and not head.startswith(cell):
            return head + cell
    return None


def _says_as_much(cell: str, other: str) -> bool:
    """Whether two cells have the same figures in other units: 3天 and 72小时."""
    mine, theirs = (
        {(one.value, one.text if one.value is None else "") for one in figures(plain(text))} for text in (cell, other)
    )
    return mine == theirs


def _of_other_project(text: str, shown: Sequence[Passage], gold: set[str]) -> Iterator[tuple[str, str]]:
    whose = {one.document.customer for one in shown if one.chunk.id in gold}
    others = sorted({one.document.customer for one in shown if one.document.customer} - whose)
    if others and None not in whose and not any(name and name[:2] in text for name in whose):
        yield "other project", f"{others[0]}的{text}"


_PERSON_COLUMN = re.compile(r"人$|负责|责任|姓名|联系人|接收|移交")
_PRODUCT = re.compile(r"(?<![A-Za-z0-9-])[A-Z][A-Za-z]{3,}(?![A-Za-z0-9-])")


def _with_other_name(text: str, shown: Sequence[Passage], source: str) -> Iterator[tuple[str, str]]:
    persons = sorted({cell for one in shown for cell in _persons(one.chunk)})
    mine = next((name for name in persons if name in text), None)
    other = next((name for name in persons if name not in text and name != mine and mine), None)
    if mine and other:
        yield "person", text.replace(mine, other)
        yield from (("another person", text.replace(mine, one)) for one in persons if one not in text + other)
        yield "stranger", text.replace(mine, _STRANGER)
    products = sorted({name for one in shown for name in _PRODUCT.findall(one.chunk.text)})
    used = _PRODUCT.search(text)
    called = " ".join([source, *Glossary(read_glossary(SHIPPED)).in_other_words(source)]).lower()
    strange = next((name for name in products if name.lower() not in called and name not in text), None)
    if used and strange:
        yield "product", text.replace(used.group(), strange)


def _persons(chunk: Chunk) -> Iterator[str]:
    columns = [at for at, name in enumerate(chunk.header) if _PERSON_COLUMN.search(name)]
    for span in chunk.spans:
        if span.kind == "row":
            yield from (
                span.cells[at]
                for at in columns
                if at < len(span.cells) and re.fullmatch(r"[\u4e00-\u9fff]{2,3}", span.cells[at])
            )


def superseded_facts(stored: Sequence[StoredChunk]) -> list[tuple[str, StoredChunk, StoredChunk]]:
    """Facts of an older version's rows that the same row of the newest tells otherwise, as if they held today."""
    newer = newer_of(one.document for one in stored)
    facts = []
    by_document: dict[str, list[StoredChunk]] = {}
    for one in stored:
        by_document.setdefault(one.document.id, []).append(one)
    for old_id, newest in newer.items():
        for old in by_document[old_id]:
            for new in by_document[newest.id]:
                if old.chunk.header and old.chunk.header == new.chunk.header:
                    facts += [(text, old, new) for text in _changed(old.chunk, new.chunk)]
    return facts


def _changed(old: Chunk, new: Chunk) -> Iterator[str]:
    for span in old.spans:
        # Of two rows with one name, the other may say the old value today.
        same = _only_row(new, span.cells[0]) if span.kind == "row" and span.cells else None
        if same is None or _only_row(old, span.cells[0]) is None:
            continue
        if len(same.cells) != len(span.cells) or not _ROW_NAME.search(span.cells[0]):
            continue
        for name, cell, now in zip(old.header, span.cells, same.cells, strict=False):
            if name and cell != now and _VALUE.search(cell) and len(cell) <= 20 and cell not in same.text:
                yield f"{span.cells[0]}的{name}为{cell}"
                break


def _only_row(chunk: Chunk, name: str) -> Span | None:
    rows = [span for span in chunk.spans if span.kind == "row" and span.cells[:1] == (name,)]
    return rows[0] if len(rows) == 1 else None
