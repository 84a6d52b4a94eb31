"""What an Office file says about itself: core properties (Dublin Core) and the custom ones that name our fields.

Templates leave their own title, author and date behind; those say nothing about the document and are ignored.
"""

import datetime as dt

from lxml import etree

from ingest.document import Properties
from ingest.parse.office.ooxml import elements
from ingest.parse.office.parts import Parts
from ingest.parse.placeholders import is_placeholder_title

_PLACEHOLDER_AUTHORS = {
    "python-docx", "python-pptx", "steve canny", "microsoft office user", "microsoft", "administrator", "admin", "user",
    "windows user", "windows 用户", "微软用户", "unknown", "作者", "apache poi", "un-named", "wps office", "openpyxl",
    "xlsxwriter",
}  # fmt: skip
_TEMPLATE_DAYS = {dt.date(2013, 1, 27), dt.date(2013, 12, 23)}
"""The days the default templates of python-pptx and python-docx were made."""
_CUSTOM = {
    "version": "version", "版本": "version", "版本号": "version", "文档版本": "version",
    "project": "project", "项目": "project", "项目名称": "project",
    "customer": "customer", "客户": "customer", "客户名称": "customer",
    "doc_type": "doc_type", "文档类型": "doc_type", "文档类别": "doc_type",
}  # fmt: skip


def package_properties(parts: Parts) -> Properties:
    """The properties worth having, without placeholders; what is missing or damaged says nothing. `date` is the day of
    the last change, else of creation.
    """
    said, found = _core(parts), _custom(parts)
    title = said.get("title", "").removeprefix("Microsoft Word - ").removeprefix("Microsoft PowerPoint - ")
    authors = (said.get(name, "") for name in ("creator", "lastModifiedBy"))
    days = (_day(said.get(name, "")) for name in ("modified", "created"))
    return Properties(
        title=None if is_placeholder_title(title) else title,
        author=next((name for name in authors if name and name.lower() not in _PLACEHOLDER_AUTHORS), None),
        date=next((day.isoformat() for day in days if day and day not in _TEMPLATE_DAYS and day.year > 1990), None),
        version=said.get("version") or found.get("version"),
        project=found.get("project"),
        customer=found.get("customer"),
        doc_type=found.get("doc_type"),
    )


def _core(parts: Parts) -> dict[str, str]:
    """The core properties (docProps/core.xml) by their names in Dublin Core and Open XML."""
    root = _root(parts, "coreproperties")
    return {} if root is None else {etree.QName(one).localname: (one.text or "").strip() for one in elements(root)}


def _custom(parts: Parts) -> dict[str, str]:
    """The custom properties (docProps/custom.xml) whose names are ours, in English or Chinese."""
    root = _root(parts, "customproperties")
    found: dict[str, str] = {}
    for entry in elements(root) if root is not None else ():
        field = _CUSTOM.get((entry.get("name") or "").strip().lower())
        text = "".join(str(piece) for piece in entry.itertext()).strip()
        if field and text:
            found.setdefault(field, text)
    return found


def _root(parts: Parts, kind: str) -> etree._Element | None:
    """The part of the package that a relationship of this kind leads to (Strict Open XML spells it without hyphen)."""
    related = (one for one in parts.related("") if one.kind.replace("-", "").lower() == kind and not one.outside)
    part = next((one.target for one in related if parts.has(one.target)), None)
    return parts.xml(part) if part else None


def _day(text: str) -> dt.date | None:
    try:
        return dt.datetime.fromisoformat(text).date()
    except ValueError:
        return None
