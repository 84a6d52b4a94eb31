"""Whether a question set and the index fit together: every gold document is there, every gold quote stands in it."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from evals.dataset import Question
from evals.gold import holds, is_covered, same_document
from ingest.document import Value
from ingest.errors import IndexMissing
from ingest.said import Message, Said


class Misfit(Value):
    """What is wrong with the gold of a question."""

    question: str
    what: Message


def check_set(
    questions: Sequence[Question], documents: Mapping[str, str], read_document: Callable[[str], Iterable[str]]
) -> list[Misfit]:
    """Every gold place that cannot be found; `documents` gives the id of each path in the index.

    Raises `IndexMissing` when none of the documents asked about is there: scores would say nothing.
    """
    texts: dict[str, list[str]] = {}
    found: list[Misfit] = []
    asked_about = {gold.path for question in questions for gold in question.places}
    held = {path: next((one for one in documents if same_document(one, path)), None) for path in asked_about}
    if asked_about and not any(held.values()):
        raise IndexMissing("None of the documents asked about is ingested.", "Run `caselore ingest` on them first.")
    for question in questions:
        for gold in question.places:
            path = held[gold.path]
            if path is None:
                found.append(
                    Misfit(question=question.id, what=Said("not ingested, so not to be found: {path}", path=gold.path))
                )
                continue
            if path not in texts:
                texts[path] = list(read_document(documents[path]))
            if not holds("\n".join(texts[path]), gold.quote) and not is_covered(gold.quote, texts[path]):
                found.append(
                    Misfit(question=question.id, what=Said("not in {path}: {quote}", path=gold.path, quote=gold.quote))
                )
    return found
