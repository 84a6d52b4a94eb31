"""云陵电力知识工程POC项目."""

from pathlib import Path

from manifest import Entry
from projects.yunling import effort, handover, notes, plan, slides


def build(out: Path) -> list[Entry]:
    return [entry for part in (plan, effort, slides, notes, handover) for entry in part.build(out)]
