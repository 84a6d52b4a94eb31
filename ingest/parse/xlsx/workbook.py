"""What a workbook's package says of itself: its sheets in order, its calendar, its names, its properties."""

import re
import zlib
from dataclasses import dataclass
from zipfile import BadZipFile

from lxml import etree

from ingest.document import Locator, Unread
from ingest.parse.office.ooxml import integer
from ingest.parse.office.parts import Parts, Related
from ingest.parse.xlsx.ranges import rects
from ingest.parse.xlsx.sheet import ListObject
from ingest.said import Said

X = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RESULT = re.compile(rb"(?:</f>|<f[^<>]{0,200}/>)<v>(?!0(?:\.0)?<)[^<]")
_BLOCK, _OVERLAP = 1 << 20, 256
_SHEETS = {"worksheet", "chartsheet", "dialogsheet"}


@dataclass(frozen=True)
class SheetPart:
    """A sheet: its name, its state (`visible`, `hidden`, `veryHidden`), its part, and whether it has cells."""

    name: str
    state: str
    part: str
    has_cells: bool


@dataclass(frozen=True)
class Name:
    """A defined name and what it stands for: a place, a constant or a formula."""

    name: str
    refers_to: str


@dataclass(frozen=True)
class Workbook:
    """The workbook part (`part`) and what it states; `recalculated`, `only_noughts`: see `Values`."""

    part: str
    sheets: tuple[SheetPart, ...]
    names: tuple[Name, ...]
    epoch_1904: bool
    recalculated: bool
    only_noughts: bool


def read_workbook(parts: Parts) -> Workbook:
    """The workbook. Raises KeyError where it has no workbook part, or none of its sheets is there."""
    part = next(iter(parts.by_kind("", "officeDocument")), "xl/workbook.xml")
    root = parts.xml(part)
    if root is None:
        raise KeyError(part)
    stated, calculation = root.find(f"{X}workbookPr"), root.find(f"{X}calcPr")
    sheets = tuple(_sheets(parts, part, root))
    if not any(parts.has(one.part) for one in sheets):
        raise KeyError(sheets[0].part if sheets else "xl/worksheets")
    names = tuple(
        Name(one.get("name") or "", (one.text or "").strip())
        for one in root.iterfind(f"{X}definedNames/{X}definedName")
        if one.get("hidden") not in {"1", "true"}
    )
    return Workbook(
        part,
        sheets,
        names,
        epoch_1904=_is_on(stated, "date1904"),
        recalculated=_is_on(calculation, "fullCalcOnLoad"),
        only_noughts=not any(_has_results(parts, one.part) for one in sheets),
    )


def _has_results(parts: Parts, part: str) -> bool:
    """Whether some formula of the sheet has a saved value other than nought: its writer knew the results."""
    if not parts.has(part):
        return False
    before = b""
    try:
        with parts.open(part) as source:
            while block := source.read(_BLOCK):
                if _RESULT.search(before + block):
                    return True
                before = block[-_OVERLAP:]
    except (BadZipFile, zlib.error, EOFError, NotImplementedError):
        return False  # told when the sheet is read
    return False


def _sheets(parts: Parts, part: str, root: etree._Element) -> list[SheetPart]:
    found = []
    stated = root.findall(f"{X}sheets/{X}sheet")
    named = {one.get(RELATION) for one in stated}
    # Some writers name no relationship: the sheets' parts are then taken in order.
    others = iter([one for one in parts.related(part) if one.kind in _SHEETS and one.id not in named])
    for one in stated:
        relation = parts.by_id(part, one.get(RELATION)) or next(others, None)
        if relation and relation.kind in _SHEETS and not relation.outside:
            state, has_cells = one.get("state") or "visible", relation.kind == "worksheet"
            found.append(SheetPart(one.get("name") or "", state, relation.target, has_cells))
        else:
            parts.unread.append(_passed_over(one.get("name") or "", relation))
    return found


def _passed_over(name: str, relation: Related | None) -> Unread:
    if relation and relation.kind.lower().endswith("macrosheet"):
        message, hint = (
            Said("Sheet {name} holds macros and was not read.", name=name),
            "Copy its data, if any, to another sheet.",
        )
    else:
        message = Said("Sheet {name} is named in the workbook but is not in it.", name=name)
        hint = "Open the workbook in Excel or WPS, save it anew, and compare."
    return Unread(message=message, hint=hint, locator=Locator(kind="sheet", sheet=name))


def _is_on(element: etree._Element | None, name: str) -> bool:
    return element is not None and element.get(name) in {"1", "true", "on"}


def read_lists(parts: Parts, part: str) -> list[ListObject]:
    """The list objects (`Ctrl+T` tables) of the worksheet at `part`."""
    found = []
    for target in parts.by_kind(part, "table"):
        root = parts.xml(target)
        places = rects(root.get("ref") or "") if root is not None else []
        if root is not None and places:
            header = integer(root.get("headerRowCount"))
            found.append(ListObject(root.get("displayName") or "", places[0], 1 if header is None else header))
    return found
