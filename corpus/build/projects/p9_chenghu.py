"""P9 澄湖人寿智能体联合创新项目：与芯片原厂联合。"""

from pathlib import Path

import manuscript
from manifest import Entry


def build(out: Path) -> list[Entry]:
    return manuscript.build("chenghu", out)
