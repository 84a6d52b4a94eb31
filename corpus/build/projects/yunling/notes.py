"""The minutes of the mid-term review; all metadata stand in their front matter."""

from pathlib import Path

from manifest import Entry

NAME = "云陵电力POC中期评审会议纪要_20251017.md"


def build(out: Path) -> list[Entry]:
    (out / NAME).write_text((Path(__file__).parent / NAME).read_text(encoding="utf-8"), encoding="utf-8")
    return [Entry(path=f"documents/{NAME}")]
