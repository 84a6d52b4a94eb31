"""启衡保险智能体平台项目 (in a domestic-technology environment, 信创)."""

from pathlib import Path

from manifest import Entry
from projects.qiheng import bid, case, handover, resources, slides


def build(out: Path) -> list[Entry]:
    return [entry for part in (bid, resources, slides, handover, case) for entry in part.build(out)]
