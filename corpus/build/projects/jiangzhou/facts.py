"""What all documents of the project share. Person-days: `stages` are the POC's, `rollout` the estimate's."""

from typing import Any

_STAGES = [("需求与样本", 6, 6), ("文档解析", 16, 21), ("问答应用", 12, 12), ("评测", 9, 9), ("汇报与移交", 5, 5)]
_ROLLOUT = [  # work item, gross person-days, reuse in V1.0, reuse in V1.1
    ("文档解析流水线", 40, 0.6, 0.6),
    ("扫描件与手写识别", 36, 0.2, 0.3),
    ("抢修问答定制", 34, 0.3, 0.3),
    ("巡检规程问答定制", 30, 0.5, 0.5),
    ("客服热线对接", 42, 0.1, 0.2),
    ("评测集", 38, 0.1, 0.1),
    ("权限与审计", 20, 0.4, 0.5),
]


def _net(reuse: int) -> float:
    return round(sum(row[1] * (1 - row[reuse]) for row in _ROLLOUT), 1)


FACTS: dict[str, Any] = {
    "project": "江州燃气知识工程项目",
    "customer": "江州燃气集团",
    "code": "燧石",
    "first": "闻人清",
    "second": "祝东篱",
    "manager": "谷雨薇",
    "nlp": "裘一鸣",
    "client": "申屠岳",
    "safety": "池鱼跃",
    "call": "廉颇云",
    "docs": "2,870",
    "pages": "41,300",
    "scans": 913,
    "questions": 240,
    "stages": _STAGES,
    "plan": sum(row[1] for row in _STAGES),
    "real": sum(row[2] for row in _STAGES),
    "rollout": _ROLLOUT,
    "gross": sum(row[1] for row in _ROLLOUT),
    "net10": _net(2),
    "net11": _net(3),
}
