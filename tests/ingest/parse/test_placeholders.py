"""Titles that say nothing, and those that do."""

import pytest

from ingest.parse.placeholders import is_placeholder_title


@pytest.mark.parametrize(
    "title",
    [
        "", "  ", "PowerPoint 演示文稿", "PowerPoint Presentation", "Word 文档", "演示文稿1", "工作簿1", "幻灯片 1",
        "Microsoft Word - 方案.doc", "方案.docx", "www.1ppt.com", "https://www.example.cn/ppt/", "example.com",
        "2025-03", "Untitled", "标题",
    ],
)  # fmt: skip
def test_what_programs_and_shops_of_templates_leave(title: str) -> None:
    assert is_placeholder_title(title)


@pytest.mark.parametrize(
    "title",
    ["双活方案", "演示文稿评审规范", "Presentation layer design", "www 网关改造方案", "Node.js 选型", "TiDB 文档说明"],
)
def test_what_people_write(title: str) -> None:
    assert not is_placeholder_title(title)
