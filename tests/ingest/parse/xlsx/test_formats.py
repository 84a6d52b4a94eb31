"""Values are shown as Excel shows them. Expected strings were taken from Excel's documented behaviour (ECMA-376)."""

import datetime as dt

import pytest

from ingest.parse.xlsx.number_format import CellValue, is_date_code, show

ACCOUNTING = r'_ ¥* #,##0.00_ ;_ ¥* \-#,##0.00_ ;_ ¥* "-"??_ ;_ @_ '
DAY = dt.datetime(2025, 9, 1, 9, 5, 7)


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (0.125, "0.0%", "12.5%"),
        (-0.3, "0%", "-30%"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (0, "#,##0", "0"),
        (999, "#,##0", "999"),
        (1.005, "0.00", "1.01"),
        (-1234.5, "#,##0.00_);[Red](#,##0.00)", "(1,234.50)"),
        (1234.5, ACCOUNTING, "¥1,234.50"),
        (0, ACCOUNTING, "¥-"),
        (74, '0"张"', "74张"),
        (74, 'General"张"', "74张"),
        (12, "[$¥-804]#,##0", "¥12"),
        (12345678, "#,##0,", "12,346"),
        (5200000, '0.0,,"百万"', "5.2百万"),
        (8260000, '0!.0,"万"', "826.0万"),
        (5, "0!", "5!"),
        (12345.6789, "0.00E+00", "1.23E+04"),
        (13800001111, "000-0000-0000", "138-0000-1111"),
        (7, "000", "007"),
        (2.5, "0.##", "2.5"),
        (8, "#,##0.##", "8"),
        (0.5, "#.##", ".5"),
        (150, '[>=100]"高"0;[<100]"低"0', "高150"),
        (-3, '"正"0;"负"0;"零"', "负3"),
        (0, '"正"0;"负"0;"零"', "零"),
        (0.1 + 0.2, "General", "0.3"),
        (1e-7, "General", "0.0000001"),
        (1 / 3, "General", "0.3333333333"),
        (5000000, "General", "5000000"),
        (1e20, "General", "1E+20"),
        (True, "General", "TRUE"),
        ("甲", '@"公司"', "甲公司"),
        ("甲", "0.00", "甲"),
        ("甲", '0;-0;0;"客户："@', "客户：甲"),
        (0.5, "# ?/?", "1/2"),
        (1.25, "# ?/?", "1 1/4"),
        (-1.5, "# ?/?", "-1 1/2"),
        (1.25, "?/?", "5/4"),
        (3.14159265, "# ??/??", "3 1/7"),
        (0.3, "# ?/8", "2/8"),
        (2, "# ?/?", "2"),
        (10500, "[DBNum1][$-804]General", "一万〇五百"),
        (1200300, "[DBNum2][$-804]General", "壹佰贰拾万零叁佰"),
        (2025, "[DBNum1][$-804]0", "二〇二五"),
        (DAY, '[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇二五年九月一日"),
        (dt.datetime(2025, 12, 31), '[DBNum1][$-804]m"月"d"日"', "十二月三十一日"),
        (DAY, "[$-804]mmmm d dddd", "九月 1 星期一"),
        (DAY, "[$-409]mmmm d dddd", "September 1 Monday"),
        (DAY, "[$-804]h:mm AM/PM", "9:05 上午"),
        (float("inf"), "0", "inf"),
        (DAY, "mm-dd-yy", "2025/9/1"),
        (DAY, 'yyyy"年"m"月"d"日"', "2025年9月1日"),
        (DAY, r"yyyy\-mm\-dd;@", "2025-09-01"),
        (DAY, "yyyy-mm-dd hh:mm:ss", "2025-09-01 09:05:07"),
        (DAY, "m/d/yy h:mm", "2025/9/1 9:05"),
        (DAY, "[$-804]aaaa;@", "星期一"),
        (DAY, "d-mmm-yy", "1-Sep-25"),
        (DAY, r"[$-F800]dddd\,\ mmmm\ dd\,\ yyyy", "2025年9月1日"),
        (dt.time(14, 5), '上午/下午h"时"mm"分"', "下午2时05分"),
        (dt.time(0, 5), "h:mm AM/PM", "12:05 AM"),
        (dt.timedelta(hours=30, minutes=5), "[h]:mm", "30:05"),
        (dt.timedelta(minutes=-90), "[h]:mm", "-1:30"),
        (dt.timedelta(seconds=95), "[mm]:ss", "01:35"),
    ],
)
def test_shown_as_excel_shows(value: CellValue, code: str, expected: str) -> None:
    assert show(value, code) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [("yyyy-mm-dd", True), ("h:mm", True), ("[h]:mm", True), ("0.00", False), ('0"d"', False), ("General", False)],
)
def test_date_codes_are_told_apart(code: str, expected: bool) -> None:
    assert is_date_code(code) is expected
