"""The Markdown documents: the operations manual (front matter in Chinese keys) and the load test's meeting minutes."""

from pathlib import Path

from manifest import Entry
from projects.hechuan import facts

FILES = Path(__file__).parent


def build(out: Path) -> list[Entry]:
    for name in ("禾川智算平台部署运维手册_V1.1.md", "20250929_青禾压测评审会议纪要.md"):
        (out / name).write_text((FILES / name).read_text(encoding="utf-8"), encoding="utf-8")
    return [
        Entry(path="documents/禾川智算平台部署运维手册_V1.1.md", project=facts.PROJECT, customer=facts.CUSTOMER),
        Entry(
            path="documents/20250929_青禾压测评审会议纪要.md",
            doc_type="会议纪要",
            project=facts.PROJECT,
            customer=facts.CUSTOMER,
        ),
    ]
