"""The formulas of one worksheet as their author sees them."""

import re
from collections.abc import Iterator

from lxml import etree
from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.formula.translate import Translator, TranslatorError
from openpyxl.utils import get_column_letter

_PREFIXES = re.compile(r"_xl(?:fn|ws|pm|udf)\.(?:_xlws\.)?")
"""What Excel puts before the names of functions that older versions did not have."""
_NOT_STORED = "（未存结果）"
"""Stands behind a formula whose result the file does not hold, so that nobody takes the formula for a figure."""
_UNKNOWN = "=?"


class Formulas:
    """Reads formulas cell by cell; those that cells share are written out in one of them, not always the first."""

    def __init__(self) -> None:
        self._shared: dict[str, tuple[str, str]] = {}
        self._awaited: list[tuple[int, int, str]] = []

    def read(self, element: etree._Element, row: int, column: int) -> str:
        """The formula with its `=`; one that is shared with other cells is moved here from where it is written out.
        Empty where it is written nowhere so far.
        """
        text, kind, group = element.text or "", element.get("t"), element.get("si")
        if kind == "dataTable":
            return f"=TABLE({','.join(one for key in ('r1', 'r2') if (one := element.get(key)))})"
        if kind == "shared" and group is not None:
            if text:
                self._shared[group] = (text, f"{get_column_letter(column)}{row}")
            else:
                return self._moved(group, row, column)
        return f"={_PREFIXES.sub('', text)}" if text else ""

    def without_result(self, element: etree._Element, said: str, row: int, column: int) -> str:
        """What stands in a cell whose result is not saved; `said` is what `read` gave."""
        if not said and element.get("si") is not None:
            self._awaited.append((row, column, str(element.get("si"))))
        return f"{said or _UNKNOWN}{_NOT_STORED}"

    def awaited(self) -> Iterator[tuple[int, int, str]]:
        """Row, column and text of the cells whose formula was written out further down only."""
        for row, column, group in self._awaited:
            yield row, column, f"{self._moved(group, row, column) or _UNKNOWN}{_NOT_STORED}"

    def _moved(self, group: str, row: int, column: int) -> str:
        if group not in self._shared:
            return ""
        text, origin = self._shared[group]
        try:
            moved = Translator(f"={text}", origin).translate_formula(f"{get_column_letter(column)}{row}")
        except (TokenizerError, TranslatorError, ValueError, IndexError):
            moved = f"={text}"
        return _PREFIXES.sub("", moved)
