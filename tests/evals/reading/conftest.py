"""A reading set of a few passages, in the shape of the published ones."""

import json
from pathlib import Path

import pytest

CORPUS = {
    "p1": ("昇腾 910B3", "昇腾 910B3 共评估 74 张，按 32B 模型 200 路并发计算。"),
    "p2": ("同步方案", "MySQL 采用半同步复制，ES 采用跨集群复制，RPO 不超过 30 秒。"),
    "p3": ("灾备演练", "春节高峰前完成灾备演练，切换步骤共十二步。"),
}
QUERIES = [
    {
        "_id": "r1",
        "text": "昇腾 910B3 共评估多少张？",
        "answers": ["74 张", "74"],
        "answerable": True,
        "expected": "answer",
    },
    {"_id": "r2", "text": "ES 采用什么复制？", "answers": ["跨集群复制"], "answerable": True, "expected": "answer"},
    {
        "_id": "r3",
        "text": "食堂菜单里有什么？",
        "answers": [],
        "answerable": False,
        "expected": "refuse",
        "near_doc": "p3",
    },
    {"_id": "r4", "text": "复制的原理是什么？", "answers": [], "reference": "长文", "answerable": True},
]
QRELS = "query-id\tcorpus-id\tscore\nr1\tp1\t1\nr2\tp2\t1\nr4\tp2\t1\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder, malformed in nothing."""
    made = tmp_path / "tiny_dev"
    made.mkdir()
    rows = [{"_id": name, "title": title, "text": text} for name, (title, text) in CORPUS.items()]
    for name, lines in (("corpus.jsonl", rows), ("queries.jsonl", QUERIES)):
        (made / name).write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    (made / "qrels.tsv").write_text(QRELS, "utf-8")
    return made
