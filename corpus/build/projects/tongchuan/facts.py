"""What all documents of the project share. The sizing was made three times; 终版2 holds, 终版 does not."""

import math
from typing import Any

from projects.tongchuan.pictures import LAYERS, RACKS

PICTURES = {"layers": LAYERS, "racks": RACKS}
REDUNDANCY = 1.25
SCENES = [  # name, department, streams, tokens/s a stream
    ("柜面助手", "运营管理部", 64, 20),
    ("信贷报告", "公司业务部", 36, 25),
    ("客服质检", "客户服务部", 50, 25),
    ("合规问答", "合规部", 23, 20),
]


def _sizing(
    version: str, date: str, card: int, qa_streams: int, qa_rate: int, embed: int, **more: Any
) -> dict[str, Any]:
    """The sizing of one version, calculated as the workbook's formulas do."""
    scenes = [
        (name, who, *((qa_streams, qa_rate) if name == "客服质检" else (n, rate))) for name, who, n, rate in SCENES
    ]
    need = sum(n * rate for _, _, n, rate in scenes)
    instances = math.ceil(need * REDUNDANCY / (card * 4))
    cards = instances * 4 + embed + 8 + 8
    servers = math.ceil(cards / 8)
    return {
        "version": version,
        "date": date,
        "card": card,
        "scenes": scenes,
        "streams": sum(n for _, _, n, _ in scenes),
        "need": f"{need:,}",
        "instances": instances,
        "infer": instances * 4,
        "embed": embed,
        "cards": cards,
        "servers": servers,
        "spare": servers * 8 - cards,
        **more,
    }


FACTS: dict[str, Any] = {
    "project": "桐川农商银行智算底座项目",
    "customer": "桐川农商银行",
    "code": "墨竹",
    "first": "纪沐阳",
    "second": "楚云归",
    "ops": "柯以恒",
    "algo": "宁致远",
    "manager": "白若芷",
    "client": "耿书言",
    "dc": "邹北辰",
    "v1": _sizing("V1.0", "2025-09-05", 160, 38, 20, 4, storage=160, source="原厂参考值"),
    "v2": _sizing("终版", "2025-10-24", 140, 50, 25, 4, storage=200, source="10月15—17日现场压测"),
    "v3": _sizing("终版2", "2025-11-07", 152, 50, 25, 4, storage=200, source="11月3日开启前缀缓存后复测"),
    "arrival": "2025-12-16",
    "slices": 32,
}
