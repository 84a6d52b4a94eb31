"""P10 江州燃气知识工程项目：像云陵电力，题数与人天不同。"""

from pathlib import Path

import manuscript
from manifest import Entry


def build(out: Path) -> list[Entry]:
    return manuscript.build("jiangzhou", out)
