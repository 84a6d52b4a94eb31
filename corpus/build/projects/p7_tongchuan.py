"""P7 桐川农商银行智算底座项目 (code name 墨竹): 910B3 again, with other figures than P3."""

from pathlib import Path

import manuscript
from manifest import Entry


def build(out: Path) -> list[Entry]:
    return manuscript.build("tongchuan", out)
