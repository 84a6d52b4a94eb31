"""What a question's words prefer."""

from datetime import date

import pytest

from retrieval.filters_from_words import preferences
from tests.retrieval.passages import document

DOCUMENTS = [
    document("handover", title="交接文档", doc_type="交接文档", date="2026-01-16", version="V1.1"),
    document("review", title="项目复盘报告", doc_type="复盘报告", date="2025-12-19"),
    document("first", title="算力评估表", doc_type="算力评估", date="2025-08-22", version="V1.0"),
    document("final", title="算力评估表", doc_type="算力评估", date="2025-10-15", version="终版"),
]


@pytest.mark.parametrize(
    ("question", "preferred"),
    [
        ("复盘里抽样差了几个", {"review"}),
        ("他走了谁接手", {"handover"}),
        ("V1.0 里评了多少", {"first"}),
        ("终版是多少张", {"final"}),
        ("去年的结论", {"review", "first", "final"}),
        ("2026年的安排", {"handover"}),
        ("RPO 是多少", set()),
        ("生产上用的哪个", set()),
    ],
)
def test_preferences(question: str, preferred: set[str]) -> None:
    found = preferences(question, DOCUMENTS, date(2026, 3, 1))
    assert set().union(*(one.documents for one in found)) == preferred
