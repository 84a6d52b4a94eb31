"""What all documents of the project share. The sizing went from 96 cards (V1.0) to 88 (终版); 双活 means two gateways."""

import math
from typing import Any

from projects.luming.annexes import ANNEXES
from projects.luming.pictures import STACK
from projects.luming.registers import PROMPTS, SERVICES, TOOLS

PICTURES = {"stack": STACK}


def _sizing(version: str, date: str, office_streams: int) -> dict[str, Any]:
    scenes = [
        ("手机银行助手", "零售部", 120, 20),
        ("信贷审查", "授信部", 60, 25),
        ("办公写作", "办公室", office_streams, 25),
    ]
    need = sum(row[2] * row[3] for row in scenes)
    big = math.ceil(need * 1.2 / (145 * 4)) * 4
    cards = big + 12 + 4 + 16 + 8
    return {"version": version, "date": date, "scenes": scenes, "need": f"{need:,}", "big": big, "cards": cards}


FACTS: dict[str, Any] = {
    "project": "鹿鸣银行AI中台与智算一体化项目",
    "customer": "鹿鸣银行",
    "code": "百川",
    "first": "顾云岫",
    "second": "季鹤鸣",
    "manager": "温如言",
    "platform": "郎思远",
    "algo": "晏清欢",
    "ops": "容止水",
    "client": "宗伯言",
    "dc": "甘棠",
    "security": "阮知秋",
    "v1": _sizing("V1.0", "2025-08-08", 100),
    "v2": _sizing("终版", "2025-09-19", 68),
    "tools": TOOLS,
    "prompts": PROMPTS,
    "services": SERVICES,
    **ANNEXES,
    "servers": 12,
    "spare": 8,
}
