"""P11 玉衡证券客服IM冷热分离项目：像澜江证券，行数与边界不同。"""

from pathlib import Path

import manuscript
from manifest import Entry


def build(out: Path) -> list[Entry]:
    return manuscript.build("yuheng", out)
