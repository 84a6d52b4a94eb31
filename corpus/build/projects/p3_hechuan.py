"""禾川银行智算平台项目 (code name 青禾)."""

from pathlib import Path

from manifest import Entry
from projects.hechuan import handover, notes, plan, sizing, slides


def build(out: Path) -> list[Entry]:
    return [entry for part in (sizing, plan, slides, handover, notes) for entry in part.build(out)]
