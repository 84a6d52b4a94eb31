"""P12 鹿鸣银行AI中台与智算一体化项目：中台、智能体与算力一套架构。"""

from pathlib import Path

import manuscript
from manifest import Entry


def build(out: Path) -> list[Entry]:
    return manuscript.build("luming", out)
