"""A BEIR-style folder: `corpus.jsonl`, `queries.jsonl`, `qrels.tsv` (Thakur et al., "BEIR", 2021)."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import Field

from evals.jsonl import read_rows
from ingest.document import Value
from ingest.errors import UsageError

_HINT = (
    "A BEIR-style folder holds corpus.jsonl, queries.jsonl and qrels.tsv or qrels/test.tsv "
    "(query-id, corpus-id, score)."
)


class Row(Value):
    """One passage of the corpus."""

    id: str = Field(alias="_id")
    title: str = ""
    text: str


class Query(Value):
    """One question; `answerable` is false when the corpus does not answer it, and it is to be refused. Each of
    `answers`, which reading sets have, answers it by itself.
    """

    id: str = Field(alias="_id")
    text: str
    answerable: bool = True
    answers: tuple[str, ...] = ()


def read_corpus(folder: Path) -> Iterator[Row]:
    """The passages, one at a time: a corpus need not fit into memory. Raises `UsageError`."""
    return read_rows(_file(folder, "corpus.jsonl"), Row)


def count_corpus(folder: Path) -> int:
    """How many passages there are. Raises `UsageError`."""
    with _file(folder, "corpus.jsonl").open("rb") as lines:
        return sum(1 for line in lines if line.strip())


def read_queries(folder: Path, limit: int | None = None) -> list[Query]:
    """The questions, or the first `limit` of them. Raises `UsageError`."""
    return list(read_rows(_file(folder, "queries.jsonl"), Query))[:limit]


def read_asked(folder: Path, limit: int | None = None) -> tuple[list[Query], dict[str, set[str]]]:
    """The questions to ask, or the first `limit` of them, and the qrels. Raises `UsageError`.

    A question without a relevant passage is left out, unless it is marked as unanswerable: the published sets keep the
    questions of all their splits in one file, and the qrels are those of one.
    """
    relevant = read_qrels(folder)
    queries = [one for one in read_queries(folder) if not one.answerable or relevant.get(one.id)]
    return queries[:limit], relevant


def read_qrels(folder: Path) -> dict[str, set[str]]:
    """For each question's id, the ids of the passages that answer it (score above 0). Raises `UsageError`."""
    relevant: dict[str, set[str]] = {}
    path = _file(folder, "qrels.tsv", "qrels/test.tsv")
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        fields = line.split("\t")
        if number == 1 and fields[-1] == "score":
            continue
        try:
            query, passage, score = fields
            if float(score) > 0:
                relevant.setdefault(query, set()).add(passage)
        except ValueError as error:
            raise UsageError(f"{path}, line {number} is not query-id, corpus-id, score.", _HINT) from error
    return relevant


def _file(folder: Path, *names: str) -> Path:
    for name in names:
        if (folder / name).is_file():
            return folder / name
    raise UsageError(f"{folder} has no {' and no '.join(names)}.", _HINT)
