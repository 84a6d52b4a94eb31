"""Workbooks with what openpyxl cannot write: charts, text boxes, saved results of formulas, rich text, odd packages."""

import datetime
from pathlib import Path

import xlsxwriter

from evals.fidelity.fact import Fact, MadeFile
from evals.fidelity.made.package import NAMESPACES, Package, core_properties

_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def formulas(folder: Path) -> MadeFile:
    """Formulas with their saved results: sums, percentages, texts, dates, errors; array and cross-sheet ones."""
    made = MadeFile(folder / "xlsx_formulas.xlsx", "xlsx", "xlsxwriter")
    book = xlsxwriter.Workbook(str(made.path))
    sheet, other = book.add_worksheet("预算"), book.add_worksheet("汇总")
    bold, percent = book.add_format({"bold": True}), book.add_format({"num_format": "0.0%"})
    money, day = book.add_format({"num_format": "#,##0.00"}), book.add_format({"num_format": "yyyy-mm-dd"})
    for at, text in enumerate(("科目", "单价", "数量", "小计", "占比")):
        sheet.write(0, at, text, bold)
    rows = (
        ("推理一体机", 1375.5, 37, 50893.5, 0.618),
        ("存储扩容", 880.25, 24, 21126.0, 0.257),
        ("驻场服务", 1030.0, 10, 10300.0, 0.125),
    )
    for at, (key, price, amount, total, share) in enumerate(rows, 1):
        number = at + 1
        sheet.write(at, 0, key)
        sheet.write(at, 1, price, money)
        sheet.write(at, 2, amount)
        sheet.write_formula(at, 3, f"=B{number}*C{number}", money, total)
        sheet.write_formula(at, 4, f"=D{number}/SUM(D2:D4)", percent, share)
        place = {"sheet": "预算", "range": f"A{number}:E{number}"}
        made.plant("formula's value", f"{total:,.2f}", place, key=key, column="小计", raw=f"{total:g}")
        made.plant("formula's value", f"{share:.1%}", place, key=key, column="占比", raw=str(share))
    other.write_row(0, 0, ("指标", "结果"), bold)
    cases = (
        ("总额", "=SUM(预算!D2:D4)", money, 82319.5, "82,319.50", "82319.5"),
        ("评语", '=IF(B2>80000,"超出预算线","在预算内")', None, "超出预算线", "超出预算线", ""),
        ("截止日", "=DATE(2025,12,31)", day, 46022, "2025-12-31", "2025-12-31"),
        ("取错列", "=VLOOKUP(1,A1:A2,5)", None, "#REF!", "#REF!", ""),
    )
    for at, (key, formula, form, value, shown, raw) in enumerate(cases, 1):
        other.write(at, 0, key)
        other.write_formula(at, 1, formula, form, value)
        made.plant("formula's value", shown, {"sheet": "汇总", "range": f"A{at + 1}:B{at + 1}"}, key=key, column="结果",
                   raw=raw)  # fmt: skip
    book.close()
    return made


def asked_formulas(folder: Path) -> MadeFile:
    """The same workbook, read with its formulas beside the values."""
    made = formulas(folder)
    made.path = made.path.rename(folder / "xlsx_asked_formulas.xlsx")
    made.formulas = True
    made.facts = [
        Fact("formula on request", f"=B{at}*C{at}", {"sheet": "预算", "range": f"A{at}:E{at}"}, key=key, column="小计",
             raw=value)
        for at, key, value in ((2, "推理一体机", "50893.5"), (3, "存储扩容", "21126"), (4, "驻场服务", "10300"))
    ]  # fmt: skip
    made.facts.append(Fact("formula on request", "=SUM(预算!D2:D4)", {"sheet": "汇总"}, key="总额", raw="82319.5"))
    return made


def graphics(folder: Path) -> MadeFile:
    """A chart on a sheet and one on its own sheet, a text box, rich text, a hyperlink, a table object with totals."""
    made = MadeFile(folder / "xlsx_graphics.xlsx", "xlsx", "xlsxwriter")
    book = xlsxwriter.Workbook(str(made.path))
    sheet = book.add_worksheet("话务")
    sheet.add_table(
        0,
        0,
        3,
        1,
        {
            "columns": [{"header": "月份"}, {"header": "来话"}],
            "data": [["七月", 41213], ["八月", 43957], ["九月", 47819]],
        },
    )
    for number, (month, value) in enumerate((("七月", "41213"), ("八月", "43957"), ("九月", "47819")), 2):
        made.plant("table object", value, {"sheet": "话务", "range": f"A{number}:B{number}"}, key=month, column="来话")
    chart = book.add_chart({"type": "column"})
    chart.set_title({"name": "来话趋势图解"})
    chart.add_series({"name": "来话系列", "categories": "=话务!$A$2:$A$4", "values": "=话务!$B$2:$B$4"})
    sheet.insert_chart("D2", chart)
    made.facts.append(_unopened("chart on a sheet", "来话趋势图解", "话务"))
    text = "文本框写明数据取自排队系统日报"
    sheet.insert_textbox("D20", text)
    made.facts.append(_unopened("text box", text, "话务"))
    note = book.add_worksheet("说明")
    note.write_rich_string("A1", "口径", book.add_format({"bold": True}), "不含", "夜间转人工量")
    made.plant("rich text in a cell", "口径不含夜间转人工量", {"sheet": "说明", "range": "A1"})
    note.write_url("A3", "https://wiki.example.com/acd/daily", string="排队日报入口说明页")
    made.plant("hyperlink", "排队日报入口说明页", {"sheet": "说明", "range": "A3"})
    note.write("A5", "首行写版本二五零九\n次行写责任人贺川")
    made.plant("line break in a cell", "次行写责任人贺川", {"sheet": "说明", "range": "A5"})
    note.write_datetime("A7", datetime.datetime(2025, 9, 28, 21, 30), book.add_format({"num_format": "m月d日 hh:mm"}))
    made.plant("date in a cell", "9月28日 21:30", {"sheet": "说明", "range": "A7"}, raw="2025-09-28T21:30")
    book.close()
    return made


def _unopened(topic: str, text: str, sheet: str) -> Fact:
    return Fact(topic, text, {"sheet": sheet}, raw=sheet)


def bare_package(folder: Path) -> MadeFile:
    """What other programs write: inline strings, no dimension, no references on cells, phonetic hints, 1904 dates."""
    made = MadeFile(folder / "xlsx_bare.xlsx", "xlsx", "raw OOXML as report generators write it")
    package = Package()
    package.relate("", "officeDocument", "xl/workbook.xml")
    book = f'<workbook xmlns="{_SHEET}" {NAMESPACES}><workbookPr date1904="1"/><sheets><sheet name="导出" sheetId="7" r:id="rId1"/></sheets></workbook>'
    package.add("xl/workbook.xml", book, "workbook")
    package.relate("xl/workbook.xml", "worksheet", "worksheets/sheet9.xml")
    package.relate("xl/workbook.xml", "sharedStrings", "sharedStrings.xml")
    package.relate("xl/workbook.xml", "styles", "styles.xml")
    styles = (
        f'<styleSheet xmlns="{_SHEET}"><numFmts count="1"><numFmt numFmtId="190" formatCode="yyyy/mm/dd"/></numFmts><fonts count="1"><font/></fonts>'
        '<fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="190" applyNumberFormat="1"/><xf numFmtId="10" applyNumberFormat="1"/></cellXfs></styleSheet>'
    )
    package.add("xl/styles.xml", styles, "sheetStyles")
    strings = (
        "<si><t>链路编号</t></si><si><r><t>端到端</t></r><r><t>时延</t></r><rPh sb='0' eb='3'><t>ダンドウ</t></rPh></si>"
        "<si><t>启用日</t></si><si><t>丢包率</t></si>"
    )
    package.add("xl/sharedStrings.xml", f'<sst xmlns="{_SHEET}">{strings}</sst>', "sharedStrings")
    head = "".join(f'<c t="s"><v>{at}</v></c>' for at in range(4))
    rows = ""
    for number, (key, delay, days, day, loss, percent) in enumerate(
        (("BJ-XM-01", "17.25毫秒", 44468, "2025/09/30", 0.0013, "0.13%"), ("BJ-XM-02", "23.75毫秒", 44501, "2025/11/02", 0.0208, "2.08%")), 2,
    ):  # fmt: skip
        rows += (
            f'<row><c t="inlineStr"><is><t>{key}</t></is></c><c t="str"><f>"x"</f><v>{delay}</v></c><c s="1"><v>{days}</v></c>'
            f'<c s="2"><v>{loss}</v></c></row>'
        )
        place = {"sheet": "导出", "range": f"A{number}:D{number}"}
        made.plant("inline strings", delay, place, key=key, column="端到端时延")
        made.plant("dates from 1904", day, place, key=key, column="启用日", raw=day.replace("/", "-"))
        made.plant("number as shown", percent, place, key=key, column="丢包率", raw=str(loss))
    package.add(
        "xl/worksheets/sheet9.xml",
        f'<worksheet xmlns="{_SHEET}"><sheetData><row>{head}</row>{rows}</sheetData></worksheet>',
        "worksheet",
    )
    package.add("docProps/core.xml", core_properties("链路导出", "监控平台", "2025-11-02T00:00:00Z"), "core")
    uri = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    package.relate("", uri, "docProps/core.xml")
    package.save(made.path)
    return made
