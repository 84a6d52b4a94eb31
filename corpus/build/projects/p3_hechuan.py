"""禾川银行智算平台项目 (code name 青禾)."""

from pathlib import Path

from manifest import Entry
from projects.hechuan import sizing


def build(out: Path) -> list[Entry]:
    return [*sizing.build(out)]
