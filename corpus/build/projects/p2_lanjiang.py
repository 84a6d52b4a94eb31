"""P2 澜江证券IM双活与冷热分离项目：上海—成都，一写多读。词汇与 P1 相近，设计与数字不同。"""

from pathlib import Path

from manifest import Entry
from projects.lanjiang import architecture, handover, migration, resources

PROJECT = architecture.PROJECT
CUSTOMER = "澜江证券"


def build(out: Path) -> list[Entry]:
    architecture.build(out / "澜江证券IM双活架构设计说明书.docx")
    migration.build(out / "澜江IM冷热分离数据迁移方案_V2.0.docx")
    resources.build(out / "澜江IM双活资源清单_2505_2509.xlsx")
    handover.build(out / "澜江证券IM项目交接说明.docx")

    def entry(name: str, **fields: str) -> Entry:
        return Entry(path=f"documents/{name}", project=PROJECT, customer=CUSTOMER, **fields)

    return [
        entry("澜江证券IM双活架构设计说明书.docx", title=architecture.TITLE, doc_type="架构设计", date="2025-03-28"),
        entry(
            "澜江IM冷热分离数据迁移方案_V2.0.docx",
            title=migration.TITLE,
            doc_type="架构设计",
            author="谭若溪",
            date="2025-06-16",
            version="V2.0",
        ),
        # Title, author and date stand in the workbook's properties only.
        entry("澜江IM双活资源清单_2505_2509.xlsx", doc_type="算力评估", version="V2.1"),
        entry(
            "澜江证券IM项目交接说明.docx",
            title=handover.TITLE,
            doc_type="交接文档",
            author="温庭岳",
            date="2025-10-17",
            version="V1.0",
        ),
        # Written by hand in documents/, without front matter.
        entry(
            "澜江IM项目周报_2025年6月.md",
            title="澜江IM项目周报（2025年第23–25周）",
            doc_type="周报",
            author="温庭岳",
            date="2025-06-20",
        ),
    ]
