"""What all documents of the project share. The old engine went live in 2006 and is called 老槐."""

from typing import Any

from projects.guangling.messages import MESSAGES
from projects.guangling.modules import MODULES
from projects.guangling.pictures import LOGICAL

PICTURES = {"logical": LOGICAL}


def _count(fate: str) -> dict[str, Any]:
    chosen = [one for one in MODULES if one[4] == fate]
    return {"n": len(chosen), "lines": round(sum(one[3] for one in chosen) / 10, 2)}


FACTS: dict[str, Any] = {
    "project": "广陵期货风控引擎信创改造项目",
    "customer": "广陵期货",
    "code": "老槐",
    "modules": MODULES,
    "messages": MESSAGES,
    "total": len(MODULES),
    "lines": round(sum(one[3] for one in MODULES) / 10, 1),  # ten thousand lines
    "keep": _count("保留"),
    "rewrite": _count("重写"),
    "drop": _count("下线"),
    "first": "岑望舒",
    "second": "范承影",
    "manager": "季青临",
    "tester": "钟离昧",
    "it": "尉迟衡",
    "market": "慕容川",
    "risk": "戚长风",
    "settle": "公孙素",
    "nodes": [  # role, 2506, 2509, CPU, cores, memory GB
        ("事前风控", 6, 8, "海光7380", 64, 256),
        ("实时保证金", 4, 6, "海光7380", 64, 256),
        ("报单前置", 6, 6, "海光7380", 64, 128),
        ("行情", 4, 4, "海光7380", 32, 128),
        ("结算与报表", 6, 6, "鲲鹏920", 64, 256),
        ("OceanBase", 6, 9, "鲲鹏920", 64, 512),
        ("KingbaseES", 2, 2, "鲲鹏920", 64, 256),
        ("参数与管理台", 2, 2, "鲲鹏920", 32, 64),
        ("监控与日志", 2, 3, "鲲鹏920", 32, 128),
    ],
    "old_days": 90,
    "days": 60,
    "go_live": "2026-03-30",
}
