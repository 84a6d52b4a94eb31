"""What an Office file says about itself: core properties (Dublin Core) and the custom ones that name our fields.

Templates leave their own title, author and date behind; those say nothing about the document and are ignored.
"""

import datetime as dt
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Protocol

from lxml import etree

from ingest.document import Properties
from ingest.parse.office.ooxml import elements, parse_xml
from ingest.parse.office.parts import Parts

_PLACEHOLDER_TITLES = {
    "word document", "powerpoint presentation", "powerpoint 演示文稿", "presentation", "untitled", "演示文稿", "文档",
    "幻灯片 1", "title", "标题", "无标题",
}  # fmt: skip
_PLACEHOLDER_AUTHORS = {
    "python-docx", "python-pptx", "steve canny", "microsoft office user", "microsoft", "administrator", "admin", "user",
    "windows user", "windows 用户", "微软用户", "unknown", "作者", "apache poi", "un-named", "wps office", "openpyxl", "xlsxwriter",
}  # fmt: skip
_CUSTOM_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_TEMPLATE_DAYS = {dt.date(2013, 1, 27), dt.date(2013, 12, 23)}
"""The days the default templates of python-pptx and python-docx were made."""
_CUSTOM = {
    "version": "version", "版本": "version", "版本号": "version", "文档版本": "version",
    "project": "project", "项目": "project", "项目名称": "project",
    "customer": "customer", "客户": "customer", "客户名称": "customer",
    "doc_type": "doc_type", "文档类型": "doc_type", "文档类别": "doc_type",
}  # fmt: skip


class CoreProperties(Protocol):
    """What python-docx and python-pptx both offer."""

    title: str
    author: str
    last_modified_by: str
    version: str
    created: dt.datetime | None
    modified: dt.datetime | None


class Package(Protocol):
    """A package opened by python-docx or python-pptx."""

    def part_related_by(self, reltype: str) -> Any:
        """The part that a relationship of this type leads to. Raises KeyError where there is none."""


def read_properties(core: CoreProperties, package: Package) -> Properties:
    """The properties worth having, without placeholders. `date` is the day of the last change, else of creation."""
    found = _custom(package)
    title = core.title.strip().removeprefix("Microsoft Word - ").removeprefix("Microsoft PowerPoint - ")
    authors = (name.strip() for name in (core.author, core.last_modified_by))
    days = (moment.date() for moment in (core.modified, core.created) if moment)
    return Properties(
        title=title if title and title.lower() not in _PLACEHOLDER_TITLES else None,
        author=next((name for name in authors if name and name.lower() not in _PLACEHOLDER_AUTHORS), None),
        date=next((day.isoformat() for day in days if day not in _TEMPLATE_DAYS and day.year > 1990), None),
        version=core.version.strip() or found.get("version"),
        project=found.get("project"),
        customer=found.get("customer"),
        doc_type=found.get("doc_type"),
    )


@dataclass
class _Core:
    title: str = ""
    author: str = ""
    last_modified_by: str = ""
    version: str = ""
    created: dt.datetime | None = None
    modified: dt.datetime | None = None


class _Opened:
    """The one part that `read_properties` asks a package for."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def part_related_by(self, reltype: str) -> SimpleNamespace:
        kind = reltype.rpartition("/")[2].replace("-", "")
        found = (one for one in self._parts.related("") if one.kind.replace("-", "").lower() == kind)
        blob = next((self._parts.blob(one.target) for one in found if self._parts.has(one.target)), None)
        if blob is None:
            raise KeyError(reltype)
        return SimpleNamespace(blob=blob)


def package_properties(parts: Parts) -> Properties:
    """As `read_properties`, of a package opened part by part; what is missing or damaged says nothing."""
    part = next((one for one in parts.by_kind("", "core-properties") if parts.has(one)), None)
    root = parts.xml(part) if part else None
    said = {} if root is None else {etree.QName(one).localname: (one.text or "").strip() for one in elements(root)}
    core = _Core(
        title=said.get("title", ""),
        author=said.get("creator", ""),
        last_modified_by=said.get("lastModifiedBy", ""),
        version=said.get("version", ""),
        created=_moment(said.get("created", "")),
        modified=_moment(said.get("modified", "")),
    )
    return read_properties(core, _Opened(parts))


def _moment(text: str) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        return None


def _custom(package: Package) -> dict[str, str]:
    """The custom properties (docProps/custom.xml) whose names are ours, in English or Chinese."""
    try:
        root = parse_xml(package.part_related_by(_CUSTOM_PROPERTIES).blob)
    except (KeyError, etree.XMLSyntaxError):
        return {}
    found: dict[str, str] = {}
    for entry in elements(root):
        field = _CUSTOM.get((entry.get("name") or "").strip().lower())
        text = "".join(str(piece) for piece in entry.itertext()).strip()
        if field and text:
            found.setdefault(field, text)
    return found
