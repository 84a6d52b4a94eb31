"""Word files about tables: merged cells, headers of several rows, tables in tables, long and wide ones."""

from pathlib import Path

from evals.fidelity.fact import MadeFile
from evals.fidelity.made.word import Word, cell, paragraph, row, table


def merged(folder: Path) -> MadeFile:
    """Cells merged across and down, a header of two rows, a key and value form, a nested table."""
    word = Word()
    made = MadeFile(folder / "word_merged_tables.docx", "docx", "raw OOXML as Word writes it")
    word.heading("同步链路", 1)
    word.block(paragraph("表1 各数据源的同步方式与指标"))
    at = word.next
    rows = [
        row(cell("数据源", merge="restart", shade=True), cell("北京站点", 2, shade=True), cell("厦门站点", 2, shade=True),
            header=True),
        row(cell("<w:p/>", merge="continue"), *(cell(one, shade=True) for one in ("方式", "时延", "方式", "时延")),
            header=True),
    ]  # fmt: skip
    facts = (
        ("MySQL工单库", ("半同步", "1.1秒", "异步", "2.7秒")),
        ("ES会话索引", ("双向CCR", "1.4秒", "单向CCR", "3.9秒")),
        ("对象存储", ("跨域复制", "41秒", "跨域复制乙", "58秒")),
    )
    columns = ("北京站点 / 方式", "北京站点 / 时延", "厦门站点 / 方式", "厦门站点 / 时延")
    for number, (key, values) in enumerate(facts, 3):
        rows.append(row(key, *values))
        for column, value in zip(columns, values, strict=True):
            made.plant("header of two rows", value, {"paragraph": at, "row": number}, key=key, column=column)
    word.block(table(*rows, columns=5))
    word.block(paragraph("表2 资源清单（合并同类环境）"))
    at = word.next
    rows = [row("环境", "组件", "台数", header=True)]
    number = 2
    for environment, members in (
        ("生产环境", (("网关", "16台"), ("座席服务", "24台"), ("检索节点", "9台"))),
        ("同城灾备环境", (("网关", "8台"), ("座席服务", "12台"))),
    ):
        for first, (component, amount) in enumerate(members):
            left = cell(environment, merge="restart") if first == 0 else cell("<w:p/>", merge="continue")
            rows.append(row(left, component, amount))
            made.plant("cells merged down", amount, {"paragraph": at, "row": number}, key=environment, column="台数")
            made.plant("cells merged down", amount, {"paragraph": at, "row": number}, key=component, column="台数")
            number += 1
    rows.append(row(cell("合计", 2), "69台"))
    made.plant("cells merged across", "69台", {"paragraph": at, "row": number}, key="合计", column="台数")
    word.block(table(*rows, columns=3))
    word.block(paragraph("表3 项目登记"))
    at = word.next
    form = (("项目经理", "沈知白", "交付日期", "2025年9月30日"), ("客户对接人", "岳临", "合同编号", "QH-2509-117"))
    word.block(table(*(row(*one) for one in form), columns=4))
    for number, (name, value, second, other) in enumerate(form, 1):
        made.plant("form", value, {"paragraph": at, "row": number}, key=name)
        made.plant("form", other, {"paragraph": at, "row": number}, key=second)
    word.block(paragraph("表4 分项说明"))
    at = word.next
    inner = table(row("子项", "人天", header=True), row("数据清洗", "17人天"), row("评测集构建", "23人天"), columns=2)
    rows = [row("工作项", "拆分", header=True), row("知识库建设", cell(inner + paragraph())), row("联调", "11人天")]
    word.block(table(*rows, columns=2))
    made.plant("nested table", "17人天", {"paragraph": at, "row": 2}, key="知识库建设")
    made.plant("nested table", "23人天", {"paragraph": at, "row": 2}, key="知识库建设")
    made.plant("row after a nested table", "11人天", {"paragraph": at, "row": 3}, key="联调", column="拆分")
    word.save(made.path)
    return made


def long_table(folder: Path) -> MadeFile:
    """A table of 160 rows that runs over pages with its header repeated, and group rows within."""
    word = Word()
    made = MadeFile(folder / "word_long_table.docx", "docx", "raw OOXML as Word writes it")
    word.heading("服务器台账", 1)
    at = word.next
    rows = [row("资产编号", "型号", "机柜位置", "用途", header=True)]
    for number in range(2, 162):
        if number % 40 == 0:
            rows.append(row(cell(f"第{number // 40}机房", 4, shade=True)))
            continue
        key, place = f"ZC{number * 37:06d}", f"{chr(65 + number % 20)}-{number * 3:03d}U{number % 40 + 1:02d}"
        rows.append(row(key, "Atlas 800T A2", place, ("推理", "训练", "测试")[number % 3]))
        if number % 8 == 1:
            made.plant("table over pages", place, {"paragraph": at, "row": number}, key=key, column="机柜位置")
    word.block(table(*rows, columns=4))
    word.save(made.path)
    return made


def wide_table(folder: Path) -> MadeFile:
    """A table of 26 columns whose cells hold several paragraphs, and a row that leaves grid columns out."""
    word = Word()
    made = MadeFile(folder / "word_wide_table.docx", "docx", "raw OOXML as Word writes it")
    word.heading("全年里程碑", 1)
    at = word.next
    months = [f"第{week}双周" for week in range(1, 26)]
    rows = [row("项目", *months, header=True)]
    for number, project in enumerate(("星衡双活", "澜江迁移", "禾川智算", "云陵知识工程"), 2):
        cells = [f"{project[:2]}{week}节点" for week in range(1, 26)]
        two = paragraph(cells[3]) + paragraph(f"{project}复核人到场")
        rows.append(row(project, *cells[:3], cell(two), *cells[4:]))
        for week in (1, 8, 17, 25):
            made.plant("wide table", cells[week - 1], {"paragraph": at, "row": number}, key=project,
                       column=months[week - 1])  # fmt: skip
        made.plant("paragraphs in a cell", f"{project}复核人到场", {"paragraph": at, "row": number}, key=project,
                   column=months[3])  # fmt: skip
    word.block(table(*rows, columns=26))
    word.block(paragraph("下表首行左侧无格"))
    at = word.next
    skipped = "<w:gridBefore w:val='1'/>"
    word.block(
        table(
            row("一季度", "二季度", more=skipped, header=True),
            row("外呼并发", "320路", "480路"),
            row("质检并发", "90路", "150路"),
            columns=3,
        )
    )
    made.plant("columns left out before a row", "480路", {"paragraph": at, "row": 2}, key="外呼并发", column="二季度")
    made.plant("columns left out before a row", "90路", {"paragraph": at, "row": 3}, key="质检并发", column="一季度")
    word.save(made.path)
    return made
