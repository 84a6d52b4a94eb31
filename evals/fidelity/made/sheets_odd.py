"""Workbooks with what is rare and yet occurs: deep headers, groups down the side, odd formats, pictures, protection."""

import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.styles import Font

from evals.fidelity.fact import MadeFile
from evals.fidelity.made.pictures import diagram


def deep_header(folder: Path) -> MadeFile:
    """A header of three rows, row labels merged down in two columns, subtotals, a second header half-way, notes."""
    made = MadeFile(folder / "xlsx_deep_header.xlsx", "xlsx", "xlsxwriter")
    book = xlsxwriter.Workbook(str(made.path))
    sheet = book.add_worksheet("资源清单")
    head = book.add_format({"bold": True, "bg_color": "#D9E2F3", "border": 1, "text_wrap": True})
    title = book.add_format({"bold": True, "font_size": 16})
    sheet.merge_range("A1:H1", "启衡保险信创资源清单（2509版本）", title)
    made.plant("merged title", "启衡保险信创资源清单（2509版本）", {"sheet": "资源清单"}, raw="启衡保险信创资源清单")
    for spot, text in (
        ("A2:A4", "区域"),
        ("B2:B4", "环境"),
        ("C2:F2", "资源"),
        ("C3:D3", "计算"),
        ("E3:F3", "存储"),
        ("G2:H3", "交付"),
    ):
        sheet.merge_range(spot, text, head)
    for at, text in enumerate(("CPU\n（核）", "内存\n（GB）", "系统盘", "数据盘", "批次", "日期"), 2):
        sheet.write(3, at, text, head)
    columns = ("资源 / 计算 / CPU", "资源 / 计算 / 内存", "资源 / 存储 / 系统盘", "资源 / 存储 / 数据盘", "交付 / 批次")
    number = 4
    for area, environments in (("华北", ("生产", "灾备", "测试")), ("华南", ("生产", "灾备"))):
        first = number
        for environment in environments:
            values = (
                f"{number * 48}核整",
                f"{number * 193}GB",
                f"{number * 11}块",
                f"{number * 23}块整",
                f"第{number}批次",
            )
            sheet.write(number, 1, environment)
            for at, value in enumerate(values, 2):
                sheet.write(number, at, value)
            sheet.write_datetime(
                number, 7, datetime.datetime(2025, 9, number), book.add_format({"num_format": "m/d/yyyy"})
            )
            for column, value in zip(columns, values, strict=True):
                place = {"sheet": "资源清单", "range": f"A{number + 1}:H{number + 1}"}
                made.plant("header of three rows", value, place, key=environment, column=column)
            made.plant("cells merged down", values[0], {"sheet": "资源清单"}, key=area, column="CPU")
            number += 1
        sheet.merge_range(first, 0, number - 1, 0, area)
    sheet.write(number, 0, "小计")
    sheet.write_formula(number, 2, "=SUM(1)", None, 1296)
    made.plant("subtotal", "1296", {"sheet": "资源清单"}, key="小计", column="资源 / 计算 / CPU")
    sheet.write(number + 3, 0, "编制：程砚；复核：贺川；日期以到货签收为准")
    made.plant("remark below a table", "编制：程砚；复核：贺川；日期以到货签收为准", {"sheet": "资源清单"})
    book.close()
    return made


def odd_formats(folder: Path) -> MadeFile:
    """Durations over a day, fractions, conditions in formats, Chinese numerals, text with a suffix, colours, hidden."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "口径"
    made = MadeFile(folder / "xlsx_odd_formats.xlsx", "xlsx", "openpyxl")
    sheet.append(["名目", "数值"])
    rows: tuple[tuple[str, Any, str, str, str], ...] = (
        ("累计时长", datetime.timedelta(hours=49, minutes=7), "[h]:mm", "49:07", ""),
        ("半数", 2.5, "# ?/?", "2 1/2", "2.5"), ("千分", 0.0375, '0.0"‰"', "0.0‰", "0.0375"),
        ("分段", 23500, '[>=10000]0.0,"千";0', "23.5千", "23500"), ("红字", -731, "[Red]-#,##0;[Blue]#,##0", "731", "-731"),
        ("带单位文本", "二十七", '@"人天"', "二十七人天", "二十七"), ("万元", 8260000, '0!.0,"万"', "826.0万", "8260000"),
        ("会计", 1234567.5, '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ', "1,234,567.50", "1234567.5"),
        ("星期", datetime.date(2025, 12, 13), "yyyy-mm-dd aaaa", "星期六", "2025-12-13"),
        ("上下午", datetime.time(15, 8), "h:mm AM/PM", "3:08 PM", "15:08"), ("中文数字", 27, "[DBNum1][$-804]General", "二十七", "27"),
        ("长数字", 6222020200112233, "0", "6222020200112233", "6222020200112233"), ("负百分", -0.035, "0.0%", "-3.5%", "-0.035"),
        ("年月", datetime.date(2025, 11, 1), 'yyyy"年"m"月"', "2025年11月", "2025-11-01"),
    )  # fmt: skip
    for number, (key, value, form, shown, raw) in enumerate(rows, 2):
        sheet.cell(number, 1, key)
        sheet.cell(number, 2, value).number_format = form
        made.plant("odd number format", shown, {"sheet": "口径", "range": f"A{number}:B{number}"}, key=key, column="数值",
                   raw=raw or "口径")  # fmt: skip
    book.save(made.path)
    return made


def pictured(folder: Path) -> MadeFile:
    """A diagram on a sheet, long comments in cells of a table, a table without a header, a form beside it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "拓扑"
    made = MadeFile(folder / "xlsx_pictured.xlsx", "xlsx", "openpyxl")
    for at, (name, value) in enumerate(
        (("项目名称", "澜江消息平台二期"), ("归属部门", "金融解决方案二部"), ("版本说明", "第七次修订稿")), 1
    ):
        sheet.cell(at, 1, name).font = Font(bold=True)
        sheet.cell(at, 2, value)
        made.plant("form", value, {"sheet": "拓扑"}, key=name)
    labels = ["消息网关甲", "冷存储集群", "热存储集群"]
    content, boxes = diagram(labels)
    sheet.add_image(Image(BytesIO(content)), "D6")
    for label, box in zip(labels, boxes, strict=True):
        made.plant("text in a picture", label, {"sheet": "拓扑"}, box=box)
    sheet["B3"].comment = Comment("第一行说明修订缘由\n第二行说明审批人为岳临", "程砚")
    made.plant("comment of two lines", "第二行说明审批人为岳临", {"sheet": "拓扑", "range": "B3"}, kind="note")
    book.save(made.path)
    return made
