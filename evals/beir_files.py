"""A BEIR-style folder: `corpus.jsonl`, `queries.jsonl`, `qrels.tsv` (Thakur et al., "BEIR", 2021)."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import Field

from evals.jsonl import read_rows
from ingest.document import Value
from ingest.errors import UsageError

_HINT = "A BEIR-style folder holds corpus.jsonl, queries.jsonl and qrels.tsv (query-id, corpus-id, score)."


class Row(Value):
    """One passage of the corpus."""

    id: str = Field(alias="_id")
    title: str = ""
    text: str


class Query(Value):
    """One question; `answerable` is false when the corpus does not answer it, and it is to be refused."""

    id: str = Field(alias="_id")
    text: str
    answerable: bool = True


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


def read_qrels(folder: Path) -> dict[str, set[str]]:
    """For each question's id, the ids of the passages that answer it (score above 0). Raises `UsageError`."""
    relevant: dict[str, set[str]] = {}
    path = _file(folder, "qrels.tsv")
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


def _file(folder: Path, name: str) -> Path:
    path = folder / name
    if not path.is_file():
        raise UsageError(f"{folder} has no {name}.", _HINT)
    return path
