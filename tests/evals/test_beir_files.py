"""BEIR-style folders: what is read, and what is said of a malformed one."""

from pathlib import Path

import pytest

from evals.beir_files import count_corpus, read_asked, read_corpus, read_qrels, read_queries
from ingest.errors import UsageError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "corpus.jsonl").write_text(
        '{"_id": "p1", "title": "灾备", "text": "RPO=0"}\n\n{"_id": "p2", "text": "算力"}\n', "utf-8"
    )
    (tmp_path / "queries.jsonl").write_text(
        '{"_id": "q1", "text": "RPO？", "answers": [], "reference": "x"}\n'
        '{"_id": "q2", "text": "报价？", "answerable": false}\n',
        "utf-8",
    )
    (tmp_path / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq1\tp1\t1\nq1\tp2\t0\n", "utf-8")
    return tmp_path


def test_a_folder_is_read(folder: Path) -> None:
    assert [(row.id, row.title, row.text) for row in read_corpus(folder)] == [
        ("p1", "灾备", "RPO=0"),
        ("p2", "", "算力"),
    ]
    assert count_corpus(folder) == 2
    assert [(query.id, query.answerable) for query in read_queries(folder)] == [("q1", True), ("q2", False)]
    assert [query.id for query in read_queries(folder, limit=1)] == ["q1"]
    assert read_qrels(folder) == {"q1": {"p1"}}


def test_qrels_need_no_header(folder: Path) -> None:
    (folder / "qrels.tsv").write_text("q1\tp1\t1\n", "utf-8")
    assert read_qrels(folder) == {"q1": {"p1"}}


def test_qrels_may_lie_where_the_published_sets_have_them(folder: Path) -> None:
    (folder / "qrels").mkdir()
    (folder / "qrels.tsv").rename(folder / "qrels" / "test.tsv")
    assert read_qrels(folder) == {"q1": {"p1"}}


def test_questions_of_other_splits_are_left_out(folder: Path) -> None:
    with (folder / "queries.jsonl").open("a", encoding="utf-8") as queries:
        queries.write('{"_id": "q3", "text": "另一份"}\n')
    queries_asked, relevant = read_asked(folder)
    assert [one.id for one in queries_asked] == ["q1", "q2"]
    assert relevant == {"q1": {"p1"}}
    assert [one.id for one in read_asked(folder, limit=1)[0]] == ["q1"]


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels.tsv"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(UsageError, match=name):
        (list(read_corpus(folder)), read_queries(folder), read_qrels(folder))


@pytest.mark.parametrize("line", ['{"_id": "p3"}', "{", '{"_id": 3, "text": "x"}'])
def test_a_malformed_row_is_named_by_its_line(folder: Path, line: str) -> None:
    with (folder / "corpus.jsonl").open("a", encoding="utf-8") as corpus:
        corpus.write(line + "\n")
    with pytest.raises(UsageError, match=r"corpus\.jsonl, line 4"):
        list(read_corpus(folder))


def test_malformed_qrels_are_named_by_their_line(folder: Path) -> None:
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq1 p1 1\n", "utf-8")
    with pytest.raises(UsageError, match=r"qrels\.tsv, line 2"):
        read_qrels(folder)


def test_a_file_in_another_encoding_is_named(folder: Path) -> None:
    (folder / "queries.jsonl").write_bytes('{"_id": "q1", "text": "报价"}\n'.encode("gb18030"))
    with pytest.raises(UsageError, match=r"queries\.jsonl cannot be read"):
        read_queries(folder)
