"""Tells titles that a program or a template left behind from those that a person gave."""

import re

_PLACEHOLDER = re.compile(
    r"(?:microsoft )?(?:word|powerpoint|excel)\s*-.*|.*\.(?:docx?|pptx?|xlsx?|pdf|wps|indd|tmp)|[(]?untitled.*|无标题.*"
    r"|(?:(?:microsoft )?(?:word|powerpoint|excel|wps) ?)?"
    r"(?:文档|文稿|演示文稿|工作簿|工作表|document|presentation|workbook)\s*\d*"
    r"|(?:ppt|幻灯片|slide)\s*\d*|标题|title|[\W\d_]*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?://\S+|(?:[a-z0-9-]+\.)+(?:com|cn|net|org|cc|vip|io)(?:/\S*)?)\W*", re.IGNORECASE)
"""Shops of templates leave theirs in the files they sell."""


def is_placeholder_title(title: str) -> bool:
    """Whether a stated title says nothing about the document: empty, a program's default, a file's name, an address."""
    return bool(_PLACEHOLDER.fullmatch(title.strip()) or _ADDRESS.fullmatch(title.strip()))
