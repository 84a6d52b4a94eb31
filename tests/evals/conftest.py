"""A BEIR-style folder, small enough to score by hand."""

import json
from pathlib import Path

import pytest

CORPUS = {
    "p1": "昇腾 910B3 共评估 74 张。",
    "p2": "MySQL 采用半同步复制，ES 采用跨集群复制。",
    "p3": "春节高峰前完成灾备演练。",
    "p4": "未完事项由李工接手。",
}
QUERIES = [
    {"_id": "q1", "text": "910B3 评了多少张？", "answerable": True},
    {"_id": "q2", "text": "跨集群复制", "answerable": True},
    {"_id": "q3", "text": "报价是多少？", "answerable": False},
    {"_id": "q4", "text": "食堂菜单", "answerable": False},
]
# q2's gold is a passage that shares nothing with it, so a mode that reads only words cannot find it.
QRELS = "query-id\tcorpus-id\tscore\nq1\tp1\t1\nq2\tp4\t1\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder, malformed in nothing."""
    rows = [{"_id": name, "title": "", "text": text} for name, text in CORPUS.items()]
    for name, lines in (("corpus.jsonl", rows), ("queries.jsonl", QUERIES)):
        (tmp_path / name).write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    (tmp_path / "qrels.tsv").write_text(QRELS, "utf-8")
    return tmp_path
