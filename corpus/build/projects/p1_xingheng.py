"""P1 星衡银行AICC客服平台双活项目：北京—厦门，按单元主写。"""

from pathlib import Path

from manifest import Entry
from projects.xingheng import architecture, briefing, drill, handover

PROJECT = architecture.PROJECT
CUSTOMER = "星衡银行"


def build(out: Path) -> list[Entry]:
    architecture.build(out / "星衡银行AICC双活架构设计说明书_V1.0.docx", new=False)
    architecture.build(out / "星衡银行AICC双活架构设计说明书_V1.2.docx", new=True)
    handover.build(out / "星衡AICC双活项目交接文档.docx")
    drill.build(out / "星衡银行AICC灾备演练报告_20251213.pdf")
    briefing.build(out / "星衡银行AICC双活方案汇报.pptx")

    def entry(name: str, **fields: str) -> Entry:
        return Entry(path=f"documents/{name}", project=PROJECT, customer=CUSTOMER, **fields)

    return [
        entry(
            "星衡银行AICC双活架构设计说明书_V1.0.docx",
            title=architecture.TITLE,
            doc_type="架构设计",
            author="陆知衡",
            date="2025-03-14",
            version="V1.0",
        ),
        entry(
            "星衡银行AICC双活架构设计说明书_V1.2.docx",
            title=architecture.TITLE,
            doc_type="架构设计",
            author="陆知衡",
            date="2025-07-18",
            version="V1.2",
        ),
        entry("星衡AICC双活项目交接文档.docx", title=handover.TITLE, doc_type="交接文档", date="2026-01-16"),
        entry("星衡银行AICC灾备演练报告_20251213.pdf", doc_type="演练报告", version="V1.0"),
        entry("星衡银行AICC双活方案汇报.pptx", title=briefing.TITLE, doc_type="汇报", version="V1.1"),
        # Written by hand in documents/; its front matter says the rest.
        Entry(path="documents/星衡AICC切换运维手册.md"),
    ]
