"""A question set against the index: missing documents and quotes that are not there are named."""

import pytest

from evals.dataset import Gold, Question
from evals.set_check import check_set
from ingest.errors import IndexMissing


def question(name: str, path: str, quote: str) -> Question:
    return Question(id=name, question="？", kind="fact", answerable=True, gold=(Gold(path=path, quote=quote),))


DOCUMENTS = {"corpus/a.docx": "1"}
TEXTS = {"1": ["评估 | 74 张", "双活 RPO 为 0，RTO 为 10 分钟"]}


def test_what_fits_is_not_named() -> None:
    fitting = [question("q1", "a.docx", "评估 74 张"), question("q2", "corpus/a.docx", "RTO 为 10 分钟")]
    assert check_set(fitting, DOCUMENTS, TEXTS.__getitem__) == []


def test_what_does_not_fit_is_named() -> None:
    questions = [
        question("q1", "a.docx", "评估 68 张共计九台整机"),
        question("q2", "b.docx", "x"),
        question("q3", "a.docx", "74"),
    ]
    found = [(one.question, one.what) for one in check_set(questions, DOCUMENTS, TEXTS.__getitem__)]
    assert found == [
        ("q1", "not in a.docx: 评估 68 张共计九台整机"),
        ("q2", "not ingested, so not to be found: b.docx"),
    ]


def test_an_index_of_other_documents_is_told() -> None:
    with pytest.raises(IndexMissing):
        check_set([question("q", "b.docx", "x")], DOCUMENTS, TEXTS.__getitem__)
