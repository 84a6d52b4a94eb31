"""A stored value as the reader sees it: its type, its number format, the workbook's calendar."""

from datetime import datetime
from functools import lru_cache

from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel, from_ISO8601

from ingest.parse.xlsx.number_format import CellValue, is_date_code, show


class Values:
    """Shows the values of one workbook. `epoch_1904`: its days count from 1904 (ECMA-376 part 1, 18.17.4.1).

    `recalculated`: the workbook tells its reader to calculate all formulas at opening. `only_noughts`: no formula has
    any other value than nought saved. Libraries that cannot calculate save a nought with each formula: XlsxWriter `0`,
    and asks for the calculation; Apache POI (EasyExcel, too) `0.0`, which no spreadsheet program writes.
    """

    def __init__(self, *, epoch_1904: bool, recalculated: bool, only_noughts: bool) -> None:
        self._epoch = CALENDAR_MAC_1904 if epoch_1904 else CALENDAR_WINDOWS_1900
        self._recalculated = recalculated
        self._only_noughts = only_noughts
        self._number = lru_cache(maxsize=65_536)(self._show_number)

    def is_doubtful(self, stored: str, kind: str | None) -> bool:
        """Whether a formula's saved value may be a nought that nobody calculated, though others were."""
        return kind in {None, "n"} and stored == "0.0"

    def is_no_result(self, stored: str, kind: str | None) -> bool:
        """Whether a formula's saved value is a nought that nobody calculated."""
        asked = self._recalculated and kind in {None, "n"} and stored == "0"
        return self._only_noughts and (asked or self.is_doubtful(stored, kind))

    def shown(self, stored: str, kind: str | None, code: str) -> str:
        """`stored`, of the cell type `kind`, as the format `code` shows it, on one line."""
        if kind is None or kind == "n":
            return self._number(stored, code)
        if kind == "b":
            return "TRUE" if stored.strip() in {"1", "true"} else "FALSE"
        if kind == "d":
            return self._moment(stored, code)
        if kind in {"e", "f"} or code in {"General", "@"}:
            return " ".join(stored.split())
        return " ".join(show(stored, code).split())

    def _show_number(self, stored: str, code: str) -> str:
        try:
            number = float(stored)
        except ValueError:
            return " ".join(stored.split())
        value = int(number) if number.is_integer() and abs(number) < 10**15 else number
        if code == "General" and isinstance(value, int):
            return str(value)
        shown: CellValue = value
        if is_date_code(code):
            try:
                shown = from_excel(value, self._epoch, timedelta="[" in code and _is_elapsed(code))
            except (OverflowError, ValueError):
                return stored
            if shown is None or (value < 0 and isinstance(shown, datetime)):  # no day: Excel shows a row of #
                return stored
        return " ".join(show(shown, code).split())

    def _moment(self, stored: str, code: str) -> str:
        try:
            moment = from_ISO8601(stored.strip())  # type: ignore[no-untyped-call]
        except (ValueError, TypeError):
            return " ".join(stored.split())
        return " ".join(show(moment, code if is_date_code(code) else "yyyy-mm-dd").split())


def _is_elapsed(code: str) -> bool:
    lowered = code.lower()
    return any(f"[{unit}" in lowered for unit in ("h]", "hh]", "m]", "mm]", "s]", "ss]"))
