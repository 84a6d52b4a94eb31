"""P8 广陵期货风控引擎信创改造项目 (老槐): described across documents none of which is complete."""

from pathlib import Path

import manuscript
from manifest import Entry


def build(out: Path) -> list[Entry]:
    return manuscript.build("guangling", out)
