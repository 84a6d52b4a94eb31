"""Which property of a document a label names: `版本号`, `Author`, `编制人`; as people write at the head of a text."""

import re
from collections.abc import Iterable
from datetime import date

from ingest.document import Properties

_LABELS = {
    "title": "title 标题 题目 主题 文档名称 文档标题 文件名称",
    "project": "project 项目 项目名称 所属项目 项目名",
    "customer": "customer client 客户 客户名称 客户单位 甲方 建设单位",
    "doc_type": "doc_type doctype type 类型 文档类型 文档类别 文件类型",
    "author": "author authors 作者 编写 编写人 编制 编制人 拟制 拟制人 撰写 撰写人 撰稿人 起草人 交接人 移交人 报告人 "
    "汇报人 记录人",
    "date": "date 日期 编写日期 编制日期 创建日期 更新日期 发布日期 修订日期 报告日期 交接日期 会议日期 会议时间 "
    "创建时间 更新时间 最后更新",
    "version": "version 版本 版本号 文档版本 当前版本 文件版本",
}
_PROPERTY = {label: name for name, labels in _LABELS.items() for label in labels.split()}
_LONGEST_VALUE = 80


def properties(pairs: Iterable[tuple[str, object]]) -> Properties:
    """The properties that `(label, value)` pairs state; the first value given for a property stands.

    Labels that name no property, and empty or over-long values, are passed over.
    """
    found: dict[str, str] = {}
    for label, value in pairs:
        name = _PROPERTY.get(re.sub(r"\s+", "", label).strip("*_").lower())
        text = "、".join(filter(None, map(_scalar, value))) if isinstance(value, list) else _scalar(value)
        if name and 0 < len(text) <= _LONGEST_VALUE:
            found.setdefault(name, text)
    return Properties(**found)


def _scalar(value: object) -> str:
    # Nothing nested: a few lines of YAML aliases can stand for gigabytes of text.
    return str(value).strip().strip("*_`").strip() if isinstance(value, (str, int, float, date)) else ""
