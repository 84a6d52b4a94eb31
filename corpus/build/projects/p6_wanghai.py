"""P6 望海银行智能客服双活项目：杭州—武汉；与 P1 用词几乎相同，城市与数字不同。"""

from pathlib import Path

import manuscript
from manifest import Entry


def build(out: Path) -> list[Entry]:
    return manuscript.build("wanghai", out)
