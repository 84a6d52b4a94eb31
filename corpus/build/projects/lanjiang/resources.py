"""资源清单（Excel）：2505 与 2509 两个版本，差异与存储测算由公式得出。"""

import datetime
from pathlib import Path

from kit_xlsx import Book, Sheet, write_book

TITLE = "澜江证券IM双活资源清单"
# use, model, cores, memory GB, data disk GB, then (外高桥, 金桥, 成都) for 2505 and for 2509, remark
MACHINES = (
    ("长连接网关", "虚拟机", 16, 64, 200, (8, 0, 6), (8, 0, 8), "单台3万连接"),
    ("IM逻辑服务", "虚拟机", 16, 32, 200, (12, 4, 8), (12, 4, 10), "金桥4台仅作应急，平时停机"),
    ("投顾工作台", "虚拟机", 8, 16, 100, (10, 0, 6), (10, 0, 6), ""),
    ("MySQL热库", "物理机 海光7285", 64, 512, 7680, (3, 2, 2), (3, 2, 2), "NVMe；金桥为半同步从库"),
    ("MySQL冷库", "物理机 海光7285", 32, 256, 15360, (2, 0, 1), (3, 0, 2), "SATA SSD"),
    ("ES数据节点", "物理机 海光7285", 32, 128, 7680, (5, 0, 5), (7, 0, 7), "7.17.18"),
    ("ES主节点", "虚拟机", 8, 32, 100, (3, 0, 3), (3, 0, 3), ""),
    ("Kafka", "虚拟机", 16, 64, 2000, (3, 0, 3), (3, 0, 3), "3.6.1"),
    ("Canal", "虚拟机", 8, 16, 200, (2, 0, 0), (2, 0, 2), "2509起成都增加备节点"),
    ("Redis", "虚拟机", 16, 128, 200, (6, 0, 6), (6, 0, 6), "7.0.15，3主3从"),
    ("监控与仲裁", "虚拟机", 8, 16, 500, (1, 1, 1), (1, 1, 1), "麒麟V10 SP3"),
)
FIRST, LAST = 5, 4 + len(MACHINES)


def build(path: Path) -> None:
    write_book(
        path,
        fill,
        title=TITLE,
        author="江临川",
        created=datetime.date(2025, 8, 29),
        project="澜江证券IM双活与冷热分离项目",
        version="V2.1",
        secrecy="商密 内部使用",
    )


def fill(book: Book) -> None:
    _cover(book)
    _release(book, "2505版本", 5, "2505版本（2025年5月23日上线）")
    _release(book, "2509版本", 6, "2509版本（2025年9月19日上线）")
    _difference(book)
    _storage(book)


def _cover(book: Book) -> None:
    sheet = book.sheet("说明", [14, 16, 14, 60])
    sheet.merge("A1:D1", TITLE, "title")
    sheet.row("A3", ["版本", "日期", "编制", "说明"], "head")
    for row, (version, day, who, what) in enumerate(
        (
            ("V1.0", datetime.date(2025, 4, 25), "温庭岳", "2505版本申请"),
            ("V2.0", datetime.date(2025, 7, 18), "江临川", "2509版本申请初稿，ES数据节点每站9台"),
            (
                "V2.1",
                datetime.date(2025, 8, 29),
                "江临川",
                "按客户资源评审：ES数据节点每站由9台减为7台，增加Canal成都备节点",
            ),
        ),
        4,
    ):
        sheet.row(f"A{row}", [version, day, who, what], ["centre", "date", "centre", "text"])
    sheet.merge("A8:D8", "填表说明", "head")
    for row, text in enumerate(
        (
            "1. 蓝字黄底为输入项，其余由公式计算；只增减台数时改“2505版本”“2509版本”两页的F–H列。",
            "2. 操作系统统一为银河麒麟V10 SP3，芯片海光7285；虚拟机资源池由澜江信息技术中心提供。",
            "3. 本清单只列数量与规格，不含采购价格；设备由客户集团集采。",
        ),
        9,
    ):
        sheet.merge(f"A{row}:D{row}", text, "text")


def _release(book: Book, name: str, column: int, heading: str) -> None:
    sheet = book.sheet(name, [6, 16, 20, 8, 10, 12, 10, 10, 10, 12, 14, 14, 28], freeze=(4, 2))
    sheet.merge("A1:M1", f"{TITLE} {heading}", "title")
    for area, text in (
        ("A3:A4", "序号"), ("B3:B4", "用途"), ("C3:C4", "机型"), ("D3:E3", "单台规格"), ("F3:H3", "数量（台）"),
        ("I3:I4", "合计"), ("J3:J4", "总核数"), ("K3:K4", "总内存（GB）"), ("L3:L4", "总磁盘（TB）"), ("M3:M4", "备注"),
    ):  # fmt: skip
        sheet.merge(area, text, "head")
    sheet.row("D4", ["核", "内存（GB）", "上海外高桥", "上海金桥", "成都西区"], "head")
    for row, machine in enumerate(MACHINES, FIRST):
        use, model, cores, memory, disk, *_, remark = machine
        sheet.row(f"A{row}", [row - FIRST + 1, use, model, cores, memory], ["centre", "text", "text", "int", "int"])
        sheet.row(f"F{row}", machine[column], "input")
        sheet.write(f"I{row}", f"=SUM(F{row}:H{row})", "int")
        sheet.write(f"J{row}", f"=D{row}*I{row}", "int")
        sheet.write(f"K{row}", f"=E{row}*I{row}", "int")
        sheet.write(f"L{row}", f"=ROUND({disk}*I{row}/1024,1)", "dec1")
        sheet.write(f"M{row}", remark)
    total = LAST + 1
    sheet.merge(f"A{total}:E{total}", "合计", "total_text")
    for letter in "FGHIJKL":
        sheet.write(f"{letter}{total}", f"=SUM({letter}{FIRST}:{letter}{LAST})", "total")
    sheet.write(f"M{total}", None, "total")
    gateway = total + 2
    sheet.merge(f"A{gateway}:E{gateway}", "成都单站可承载长连接（万）", "text")
    sheet.write(f"F{gateway}", f"=H{FIRST}*3", "dec1")
    sheet.merge(f"A{gateway + 1}:E{gateway + 1}", "长连接峰值（万）", "text")
    sheet.write(f"F{gateway + 1}", 18.6, "input")
    sheet.merge(f"A{gateway + 2}:E{gateway + 2}", "是否满足单站接管", "text")
    sheet.write(f"F{gateway + 2}", f'=IF(F{gateway}>=F{gateway + 1},"满足","不满足")', "centre")


def _difference(book: Book) -> None:
    sheet = book.sheet("版本差异", [18, 14, 14, 14, 14, 40], freeze=(3, 1))
    sheet.merge("A1:F1", "2509版本相对2505版本的差异", "title")
    sheet.row("A3", ["用途", "2505台数", "2509台数", "增加（台）", "增幅", "原因"], "head")
    reasons = {
        "长连接网关": "成都单站须承载全部18.6万连接",
        "IM逻辑服务": "与成都网关同步扩容",
        "MySQL冷库": "消息表约1.24亿行进入冷库",
        "ES数据节点": "消息全文检索范围由1年扩到3年",
        "Canal": "消除上海单点",
    }
    for row, machine in enumerate(MACHINES, 4):
        source = row + 1
        sheet.write(f"A{row}", machine[0])
        sheet.write(f"B{row}", f"='2505版本'!I{source}", "int")
        sheet.write(f"C{row}", f"='2509版本'!I{source}", "int")
        sheet.write(f"D{row}", f"=C{row}-B{row}", "int")
        sheet.write(f"E{row}", f"=D{row}/B{row}", "percent")
        sheet.write(f"F{row}", reasons.get(machine[0], "不变"))
    last = 3 + len(MACHINES)
    sheet.write(f"A{last + 1}", "合计", "total_text")
    for letter in "BCD":
        sheet.write(f"{letter}{last + 1}", f"=SUM({letter}4:{letter}{last})", "total")
    sheet.write(f"E{last + 1}", f"=D{last + 1}/B{last + 1}", "percent")
    sheet.write(f"F{last + 1}", None, "total")
    chart = book.raw.add_chart({"type": "column"})
    for letter, name in (("B", "2505"), ("C", "2509")):
        chart.add_series(
            {
                "name": name,
                "categories": f"='版本差异'!$A$4:$A${last}",
                "values": f"='版本差异'!${letter}$4:${letter}${last}",
            }
        )
    chart.set_title({"name": "两版本台数对比"})
    chart.set_size({"width": 820, "height": 300})
    sheet.raw.insert_chart(f"A{last + 4}", chart)


def _storage(book: Book) -> None:
    sheet = book.sheet("存储测算", [34, 16, 12, 46])
    sheet.merge("A1:D1", "消息存储测算（2509版本）", "title")
    sheet.row("A3", ["项目", "数值", "单位", "依据"], "head")
    inputs: tuple[tuple[str, float, str, str], ...] = (
        ("日均消息", 310000, "条", "2025年2月生产统计"),
        ("单条消息大小", 1.7, "KB", "t_im_message平均行长"),
        ("年增长率", 0.25, "", "近三年平均"),
        ("留存年限", 5, "年", "监管要求"),
        ("热数据天数", 180, "天", "与会话表一致"),
        ("冷库压缩比", 2.6, "", "会话表实测"),
        ("索引膨胀系数", 1.3, "", "经验值"),
    )
    for row, (name, value, unit, basis) in enumerate(inputs, 4):
        sheet.row(
            f"A{row}",
            [name, value, unit, basis],
            ["text", "percent" if name == "年增长率" else "input", "centre", "text"],
        )
    results = (
        ("首年消息量", "=B4*365/10000", "万条", "日均×365", "int"),
        ("五年累计消息量", "=B11*((1+B6)^B7-1)/B6", "万条", "等比求和", "int"),
        ("热库容量", "=ROUND(B4*B8*B5*B10/1024/1024,1)", "GB", "热数据天数内全部消息，含索引", "dec1"),
        ("冷库容量（五年末）", "=ROUND(B12*10000*B5*B10/B9/1024/1024/1024,2)", "TB", "压缩后，含索引", "dec2"),
        ("成都冷库副本", "=B14", "TB", "全量副本1份", "dec2"),
        ("两地冷库合计", "=B14*2+B15", "TB", "上海1主1从＋成都1从", "dec2"),
    )
    _results(sheet, results)
    sheet.merge("A18:D18", "注：首年按2025年口径，不含图片与语音（存对象存储，另行测算）。", "remark")


def _results(sheet: Sheet, results: tuple[tuple[str, str, str, str, str], ...]) -> None:
    for row, (name, formula, unit, basis, fmt) in enumerate(results, 11):
        sheet.row(f"A{row}", [name, formula, unit, basis], ["text", fmt, "centre", "text"])
