"""What a file's name and folder say about it: version, date, kind of document, project, customer."""

import re
from pathlib import PurePosixPath

from ingest.dates import find_date
from ingest.document import Properties

_NUMBERED = re.compile(r"(?<![A-Za-z0-9])[Vv]\s?(\d+(?:\.\d+){0,3})(?![\d.]*\d)")
_NAMED = re.compile(
    r"(?:最终|终|定)(?:版|稿)\d*|(?:初|草|送审|评审|征求意见|讨论|修订|发布)(?:稿|版)|第[一二三四五六七八九十\d]+版"
    r"|(?<![A-Za-z])final\d*(?![A-Za-z])",
    re.IGNORECASE,
)
_KINDS = {
    "交接文档": "交接|移交|handover",
    "算力评估": "算力评估|算力测算|算力规划|sizing",
    "人天评估": "人天|工作量评估|工作量估算",
    "资源清单": "资源清单|设备清单|配置清单",
    "演练报告": "演练",
    "会议纪要": "纪要|会议记录",
    "周报": "周报|双周报|月报|日报",
    "运维手册": "运维手册|操作手册|维护手册|部署手册|切换手册|应急手册|运维指南",
    "招标应答": "招标|投标|应答|标书",
    "项目案例": "案例",
    "汇报": "汇报|总结报告|述职",
    "架构设计": "架构|设计说明|概要设计|详细设计|总体设计|建设方案|技术方案|方案",
}
_CUSTOMER = re.compile(r"(?:银行|农信|证券|基金|保险|人寿|财险|信托|期货|电力|电网|燃气|水务|集团|公司|交易所)$")
_UNTELLING = re.compile(
    r"documents?|docs?|files?|uploads?|data|corpus|文档|资料|附件|归档|备份|新建文件夹.*|项目资料|项目文档|\W*",
    re.IGNORECASE,
)
_ORDER = re.compile(r"^\d{1,2}\s*[-_.、\s]\s*")
_EDGES = " _-—·.（）()【】[]"


def told_by_path(path: PurePosixPath) -> Properties:
    """What `path` (relative to the folder ingested) tells. The words at the end of a name tell its kind:
    `双活方案汇报` is a 汇报. A folder named like a company is the customer, else the project.
    """
    name = path.stem
    project, customer = _told_by_folders([_ORDER.sub("", _folder(part)).strip() for part in path.parts[:-1]])
    return Properties(
        doc_type=doc_type(name), date=find_date(name), version=find_version(name), project=project, customer=customer
    )


def find_version(text: str) -> str | None:
    """The version `text` names, e.g. `V1.2`, `终版2` or both; None when it names none."""
    number, word = _NUMBERED.search(text), _NAMED.search(text)
    return (f"V{number[1]}" if number else "") + (word[0] if word else "") or None


def without_version(name: str) -> str:
    """A file name without the version in it, fit for a title."""
    bare = _NAMED.sub("", _NUMBERED.sub("", name))
    return re.sub(r"[_\s-]{2,}|[（(【\[]\s*[）)】\]]", "_", bare).strip(_EDGES) or name


def doc_type(text: str) -> str | None:
    """The kind of document that the last telling word in `text` names."""
    found = [(match.end(), match.start(), kind) for kind, words in _KINDS.items() for match in re.finditer(words, text)]
    return max(found, key=lambda one: (one[0], -one[1]))[2] if found else None


def _folder(part: str) -> str:
    """The name of a folder, or of an archive, which is one to its reader."""
    return part[: -len(".zip")] if part.lower().endswith(".zip") else part


def _told_by_folders(folders: list[str]) -> tuple[str | None, str | None]:
    telling = [folder for folder in folders if not _UNTELLING.fullmatch(folder)]
    customer = telling.pop(0) if telling and _CUSTOMER.search(telling[0]) else None
    return (telling[0] if telling else None), customer
