"""What all documents of the project share. The sizing's V1.0 asked for 24 cards, 终版 for 32."""

from typing import Any

from projects.chenghu.pictures import FLOW

PICTURES = {"flow": FLOW}
FACTS: dict[str, Any] = {
    "project": "澄湖人寿智能体联合创新项目",
    "customer": "澄湖人寿",
    "code": "星槎",
    "first": "俞怀瑾",
    "second": "封听雨",
    "manager": "叶沉舟",
    "speech": "水映川",
    "agent": "高行简",
    "client": "梅若虚",
    "ops": "狄青原",
    "vendor": "司马青",
    "old": {"cards": 24, "servers": 3},
    "new": {"cards": 32, "servers": 4},
    "agents": [  # name, users or volume, launched, planned person-days, real person-days
        ("理赔纪要", "日均1,150份", "2025-11-17", 26, 31),
        ("保全外呼", "日均3,600通", "2025-12-22", 48, 63),
        ("公文写作", "月活940人", "2025-11-03", 14, 12),
        ("培训出题", "月均210套", "2026-01-12", 16, 15),
    ],
}
