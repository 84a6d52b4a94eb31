"""Workbooks with tables as people make them: titles above, headers of two rows, number formats, groups, forms."""

import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from evals.fidelity.fact import MadeFile

_BOLD, _GREY = Font(bold=True), PatternFill("solid", fgColor="D9E2F3")


def _sheet(book: Workbook, title: str) -> Worksheet:
    sheet = book.active if book.active is not None and book.active.title == "Sheet" else book.create_sheet()
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    return sheet


def sizing(folder: Path) -> MadeFile:
    """A sizing sheet: a merged title, a unit line, a header of two rows, groups, totals, a note below, a second table."""
    book = Workbook()
    sheet = _sheet(book, "算力评估")
    made = MadeFile(folder / "xlsx_sizing.xlsx", "xlsx", "openpyxl")
    sheet["A1"] = made.plant("title above a table", "禾川银行算力评估表", {"sheet": "算力评估", "range": "A1"})
    sheet.merge_cells("A1:F1")
    sheet["A1"].font = Font(bold=True, size=16)
    sheet["A2"] = "单位：张、路"
    for spot, text in {"A3": "模型", "B3": "推理", "D3": "训练", "F3": "备注", "B4": "卡数", "C4": "并发", "D4": "卡数乙",
                     "E4": "时长"}.items():  # fmt: skip
        sheet[spot] = text
    for merged in ("A3:A4", "B3:C3", "D3:E3", "F3:F4"):
        sheet.merge_cells(merged)
    for row in sheet["A3:F4"]:
        for cell in row:
            cell.font, cell.fill = _BOLD, _GREY
    rows: tuple[tuple[Any, ...], ...] = (
        ("Qwen-32B", 37, 128, 24, "六周零两天", "含热备"), ("Qwen-0.6B", 3, 412, 1, "两天半", "嵌入用"),
        ("DeepSeek-V3", 64, 91, 48, "九周整", "二期"), ("重排模型", 5, 233, 2, "四天半", "共卡"),
    )  # fmt: skip
    columns = ("推理 / 卡数", "推理 / 并发", "训练 / 卡数乙", "训练 / 时长", "备注")
    for number, (key, *values) in enumerate(rows, 5):
        for at, value in enumerate((key, *values), 1):
            sheet.cell(number, at, value)
        for column, value in zip(columns, values, strict=True):
            place = {"sheet": "算力评估", "range": f"A{number}:F{number}"}
            made.plant("header of two rows", str(value), place, key=key, column=column)
    sheet["A9"], sheet["B9"] = "合计", 109
    made.plant("total row", "109", {"sheet": "算力评估"}, key="合计", column="推理 / 卡数")
    sheet["A11"] = made.plant("remark below a table", "注：并发按峰值七成折算并留两成余量", {"range": "A11"})
    for at, text in enumerate(("风险项", "应对", "责任人"), 1):
        sheet.cell(14, at, text).font = _BOLD
    for number, row in enumerate((("卡供货延期", "借调二期余卡", "闻笛"), ("机房电力不足", "分批上架", "程砚")), 15):
        for at, text in enumerate(row, 1):
            sheet.cell(number, at, text)
        made.plant("second table on a sheet", row[1], {"range": f"A{number}:C{number}"}, key=row[0], column="应对")
    book.save(made.path)
    return made


def formats(folder: Path) -> MadeFile:
    """Percent, thousands, money, dates in Chinese, durations, fractions, own formats: as shown, not as stored."""
    book = Workbook()
    sheet = _sheet(book, "格式")
    made = MadeFile(folder / "xlsx_number_formats.xlsx", "xlsx", "openpyxl")
    sheet.append(["项目", "取值"])
    rows: tuple[tuple[str, Any, str, str, str], ...] = (
        ("达成率", 0.9375, "0.00%", "93.75%", "0.9375"), ("整数占比", 0.4, "0%", "40%", "0.4"),
        ("会话总量", 5234871, "#,##0", "5,234,871", "5234871"), ("均价", 1234.5, "#,##0.00", "1,234.50", "1234.5"),
        ("合同额", 880000, '"¥"#,##0', "¥880,000", "880000"), ("上线日", datetime.date(2025, 9, 30), "yyyy-mm-dd", "2025-09-30", "2025-09-30"),
        ("验收日", datetime.date(2026, 1, 8), 'yyyy"年"m"月"d"日"', "2026年1月8日", "2026-01-08"),
        ("切换时刻", datetime.datetime(2025, 12, 13, 2, 5), "yyyy/m/d h:mm", "2025/12/13 2:05", "2025-12-13T02:05"),
        ("差额", -4567.8, "#,##0.0;(#,##0.0)", "(4,567.8)", "-4567.8"), ("台数", 76, '0"台"', "76台", "76"),
        ("工期", 21, "0天", "21天", "21"), ("编号", 42, "00000", "00042", "42"), ("千元", 1250000, "#,##0,", "1,250", "1250000"),
        ("科学计数", 1234567, "0.00E+00", "1.23E+06", "1234567"), ("耗时", datetime.time(3, 25), "h:mm", "3:25", "03:25"),
        ("普通小数", 0.1 + 0.2, "General", "0.3", "0.3"), ("启用", True, "General", "TRUE", "True"),
        ("文本编号", "007731", "@", "007731", "007731"),
    )  # fmt: skip
    for number, (key, value, form, shown, raw) in enumerate(rows, 2):
        sheet.cell(number, 1, key)
        sheet.cell(number, 2, value).number_format = form
        made.plant("number as shown", shown, {"sheet": "格式", "range": f"A{number}:B{number}"}, key=key, column="取值",
                   raw=raw)  # fmt: skip
    book.save(made.path)
    return made


def hidden(folder: Path) -> MadeFile:
    """Hidden and very hidden sheets, hidden rows and columns, comments, a filter: all there, and marked."""
    book = Workbook()
    made = MadeFile(folder / "xlsx_hidden.xlsx", "xlsx", "openpyxl")
    for title, state in (("现网", "visible"), ("底稿", "hidden"), ("参数", "veryHidden")):
        sheet = _sheet(book, title)
        sheet.sheet_state = state  # type: ignore[assignment]
        sheet.append(["节点", "内存", "状态", "成本价"])
        for number in range(2, 8):
            key, value = f"{title}节点{number}", f"{number * 96 + len(state)}GB"
            sheet.append([key, value, "运行", number * 1000 + len(state)])
            place = {"sheet": title, "range": f"A{number}:D{number}"}
            topic = "hidden row" if number == 4 else f"{state} sheet"
            made.plant(topic, value, place, key=key, column="内存")
        sheet.row_dimensions[4].hidden = True
        sheet.column_dimensions["D"].hidden = True
        made.plant("hidden column", str(5000 + len(state)), {"sheet": title, "range": "A5:D5"}, key=f"{title}节点5",
                   column="成本价（隐藏）")  # fmt: skip
    made.plant("hidden sheet marked", "底稿（隐藏）", {"sheet": "底稿"}, kind="heading", raw="底稿")
    made.plant("hidden sheet marked", "参数（深度隐藏）", {"sheet": "参数"}, kind="heading", raw="参数")
    text = "批注称该节点计划于年底下线"
    book["现网"]["A3"].comment = Comment(text, "岳临")
    made.plant("comment", text, {"sheet": "现网", "range": "A3"}, kind="note")
    book.save(made.path)
    return made


def wide(folder: Path) -> MadeFile:
    """180 columns of weeks, of which a question asks for one cell; frozen panes; blank columns between blocks."""
    book = Workbook()
    sheet = _sheet(book, "排期")
    made = MadeFile(folder / "xlsx_wide.xlsx", "xlsx", "openpyxl")
    weeks = [f"W{number:03d}" for number in range(1, 181)]
    sheet.append(["人员", *weeks])
    sheet.freeze_panes = "B2"
    for name in ("沈知白", "岳临", "闻笛", "程砚", "贺川"):
        sheet.append([name, *(f"{name}{'投入驻场支持'[week % 6]}{week}" for week in range(1, 181))])
        for week in (1, 60, 119, 180):
            text = f"{name}{'投入驻场支持'[week % 6]}{week}"
            made.plant("wide table", text, {"sheet": "排期"}, key=name, column=weeks[week - 1])
    book.save(made.path)
    return made


def far_apart(folder: Path) -> MadeFile:
    """Tables side by side, a table that starts far from A1, and a used range of a million empty cells."""
    book = Workbook()
    sheet = _sheet(book, "总览")
    made = MadeFile(folder / "xlsx_far_apart.xlsx", "xlsx", "openpyxl")
    for left, top, names, rows in (
        (2, 3, ("链路", "带宽"), (("京厦专线", "10Gbps"), ("同城裸纤", "40Gbps"))),
        (6, 3, ("机房", "电力"), (("酒仙桥", "620kVA"), ("软件园", "480kVA"))),
        (30, 900, ("备件", "余量"), (("光模块", "118只"), ("内存条", "64根"))),
    ):
        for at, text in enumerate(names):
            sheet.cell(top, left + at, text).font = _BOLD
        for number, (key, value) in enumerate(rows, top + 1):
            sheet.cell(number, left, key)
            sheet.cell(number, left + 1, value)
            made.plant("tables apart on a sheet", value, {"sheet": "总览"}, key=key, column=names[1])
    sheet["AZ20000"].fill = _GREY
    book.save(made.path)
    return made
