"""人天评估: three-point estimates per work item, reduced by what the POC lets us reuse, spread over roles."""

import datetime
from pathlib import Path

import xlsx_entries  # noqa: F401 - adds the formats "entry" and "entry1"
from kit_xlsx import Book, write_book
from manifest import Entry
from projects.yunling import facts
from row_heights import fit

DAY = datetime.date(2025, 11, 25)
TITLE = "云陵电力知识工程推广阶段人天评估"

WBS = [
    ("数据准备", "文档盘点与授权", 6, 8, 12, 0, "11 万份抽样盘点，不可复用"),
    ("数据准备", "格式转换与 OCR", 15, 20, 31, 0.3, "复用 POC 换引擎后的流水线与方向校正"),
    ("数据准备", "表格与图纸说明处理", 12, 18, 30, 0.2, "图纸说明模板 9 种，POC 只覆盖 2 种"),
    ("知识库建设", "切片规则与元数据", 8, 10, 15, 0.4, "复用 800 tokens 按条款切片规则"),
    ("知识库建设", "向量化与入库", 4, 5, 8, 0.6, "脚本直接复用"),
    ("知识库建设", "术语与设备别名表", 10, 14, 20, 0, "POC 仅 640 条，推广需约 4,500 条，逐专业新建"),
    ("应用定制", "检修规程问答", 10, 14, 20, 0.5, "扩到 5 个专业，页面与提示词复用一半"),
    ("应用定制", "两票安全措施校核", 20, 28, 42, 0.25, "票种由 2 种增至 11 种"),
    ("应用定制", "设备缺陷辅助定级", 16, 24, 38, 0.1, "POC 只做演示，基本新做"),
    ("应用定制", "单点登录与统一门户对接", 6, 8, 14, 0.3, "复用我方统一认证组件"),
    ("评测", "评测集扩充到 800 题", 12, 16, 24, 0, "POC 的 360 题保留，新增 440 题"),
    ("评测", "自动评测与回归", 5, 6, 9, 0.7, "复用评测脚本"),
    ("部署与培训", "生产部署", 5, 6, 9, 0.4, "复用部署剧本"),
    ("部署与培训", "培训与手册", 6, 8, 10, 0.3, "5 个专业各 2 场"),
    ("部署与培训", "试运行保障", 15, 20, 28, 0, "8 周，每周 2.5 人天"),
]
ROLES = ["架构师", "知识工程师", "算法", "开发", "测试"]
SHARES = {
    "数据准备": (0.1, 0.5, 0.1, 0.3, 0),
    "知识库建设": (0.1, 0.6, 0.2, 0.1, 0),
    "应用定制": (0.15, 0.1, 0.15, 0.5, 0.1),
    "评测": (0.05, 0.35, 0.3, 0.1, 0.2),
    "部署与培训": (0.1, 0.3, 0.1, 0.4, 0.1),
}
ACTUALS = [
    ("准备", 8, 9, "内网准入多用 1 天"),
    ("数据处理", 20, 29, "OCR 换引擎重做，扫描件 678 份返工，多 9 人天"),
    ("应用定制", 16, 15, ""),
    ("中期评审", 4, 4, ""),
    ("优化", 10, 11, "启用 Reranker、改切片后全量重建"),
    ("总结", 4, 3, ""),
]
ASSUMPTIONS = [
    ("范围", "变电、输电、配电、调度、安监 5 个专业；文档按 11 万份中现行有效的 3.2 万份计"),
    ("估算方法", "三点估算（乐观+4×最可能+悲观）÷6，再按复用率折减；复用率由裴知微、阮清扬分别打分取低值"),
    ("项目管理", "按净人天的 12% 计，POC 实际为 11.6%"),
    ("客户配合", "每个专业 1 名专家，每周不少于 8 小时；低于此值按天顺延，人天另计"),
    ("不含", "硬件、第三方软件许可、驻场差旅；专家出题工时由云陵电力承担"),
    ("单价", "人天单价与报价由商务另行提供，本表不涉及"),
    ("有效期", "自 2025-11-25 起 90 天，范围变化超过 10% 重估"),
]


def build(out: Path) -> list[Entry]:
    path = out / "云陵电力知识工程_人天评估_V1.2.xlsx"
    write_book(
        path,
        _fill,
        title=TITLE,
        author=facts.ARCHITECT,
        created=DAY,
        project=facts.PROJECT,
        version="V1.2",
        secrecy="内部资料 | 不对客户提供",
    )
    return [
        Entry(
            path=f"documents/{path.name}",
            title=TITLE,
            project=facts.PROJECT,
            customer=facts.CUSTOMER,
            doc_type="人天评估",
            author=facts.ARCHITECT,
            date=DAY.isoformat(),
            version="V1.2",
        )
    ]


def _fill(book: Book) -> None:
    _summary(book)
    _breakdown(book)
    _roles(book)
    _actuals(book)
    widths = [6.0, 14, 90]
    sheet = book.sheet("假设与说明", widths)
    sheet.merge("A1:C1", "假设与说明", "title")
    sheet.row("A2", ["序号", "事项", "内容"], "head")
    for r, (name, text) in enumerate(ASSUMPTIONS, 3):
        sheet.row(f"A{r}", [r - 2, name, text], ["centre", "text", "text"])
        fit(sheet, widths, {r: ["", name, text]})


def _summary(book: Book) -> None:
    sheet = book.sheet("汇总", [22, 16, 16, 14, 50])
    sheet.merge("A1:E1", TITLE + "（V1.2）", "title")
    sheet.merge(
        "A2:E2",
        "编制：裴知微　复核：傅一帆　2025-11-25　依据：POC 实际投入与三点估算。版本：V1.0 为 213 人天（未折减复用，未含项目管理），V1.1 为 196 人天。",
        "remark",
    )
    sheet.row("A3", ["模块", "期望人天", "净人天", "占比", "说明"], "head")
    notes = ["OCR 与图纸说明占大头", "别名表不可复用", "两票校核最重", "新增 440 题", "含 8 周试运行"]
    for r, (module, note) in enumerate(zip(SHARES, notes, strict=True), 4):
        gross = f"=SUMIF('工作分解'!$B$4:$B$18,A{r},'工作分解'!$G$4:$G$18)"
        net = f"=SUMIF('工作分解'!$B$4:$B$18,A{r},'工作分解'!$I$4:$I$18)"
        sheet.row(f"A{r}", [module, gross, net, f"=C{r}/$C$11", note], ["text", "dec1", "dec1", "percent", "text"])
    sheet.row(
        "A9",
        ["小计", "=SUM(B4:B8)", "=SUM(C4:C8)", "=C9/$C$11", None],
        ["total_text", "dec1", "dec1", "percent", "text"],
    )
    sheet.row(
        "A10",
        ["项目管理（12%）", None, "=C9*0.12", "=C10/$C$11", "按净人天计"],
        ["text", "dec1", "dec1", "percent", "text"],
    )
    sheet.row(
        "A11",
        ["合计", None, "=ROUND(C9+C10,0)", "=SUM(D9:D10)", "人天"],
        ["total_text", "total", "total", "percent", "total_text"],
    )
    tail = [
        ("折合人月", "=ROUND(C11/21.75,1)", "dec1", "每月按 21.75 个工作日"),
        ("复用节省人天", "=ROUND(B9-C9,1)", "dec1", "期望人天减净人天，不含项目管理"),
        ("复用节省率", "=(B9-C9)/B9", "percent", ""),
    ]
    for r, (name, formula, style, note) in enumerate(tail, 13):
        sheet.row(f"A{r}", [name, formula], ["text", style])
        sheet.merge(f"C{r}:E{r}", note)
    fit(sheet, [130], {2: ["一行\n二行"]})


def _breakdown(book: Book) -> None:
    widths = [6.0, 14, 26, 10, 10, 10, 12, 10, 12, 46]
    sheet = book.sheet("工作分解", widths, freeze=(3, 3))
    sheet.merge("A1:J1", "工作分解与三点估算（单位：人天）", "title")
    for area, name in {
        "A2:A3": "序号",
        "B2:B3": "模块",
        "C2:C3": "工作项",
        "D2:F2": "三点估算",
        "G2:G3": "期望",
        "H2:H3": "复用率",
        "I2:I3": "净人天",
        "J2:J3": "复用依据",
    }.items():
        sheet.merge(area, name, "head")
    sheet.row("D3", ["乐观", "最可能", "悲观"], "head")
    styles = ["centre", "text", "text", "entry", "entry", "entry", "dec2", "percent", "dec2", "text"]
    for r, (module, item, low, likely, high, reuse, note) in enumerate(WBS, 4):
        values = [r - 3, module, item, low, likely, high, f"=(D{r}+4*E{r}+F{r})/6", reuse, f"=G{r}*(1-H{r})", note]
        sheet.row(f"A{r}", values, styles)
        fit(sheet, widths, {r: values}, titles=(1,))
    sheet.merge("A19:F19", "合计（不含项目管理）", "total_text")
    sheet.row("G19", ["=SUM(G4:G18)", "=1-I19/G19", "=SUM(I4:I18)", None], ["dec2", "percent", "dec2", "total_text"])


def _roles(book: Book) -> None:
    sheet = book.sheet("角色投入", [18, 12, 12, 12, 12, 12, 14])
    sheet.merge("A1:G1", "角色投入（净人天 × 比例）", "title")
    sheet.row("A2", ["模块", *ROLES, "比例合计"], "head")
    for r, (module, shares) in enumerate(SHARES.items(), 3):
        sheet.row(f"A{r}", [module, *shares, f"=SUM(B{r}:F{r})"], ["text", *["percent"] * 6])
    sheet.merge("A9:G9", "折算人天", "head")
    for r, module in enumerate(SHARES, 10):
        cells = [f"={column}{r - 7}*'汇总'!$C{r - 6}" for column in "BCDEF"]
        sheet.row(f"A{r}", [module, *cells, f"=SUM(B{r}:F{r})"], ["text", *["dec1"] * 6])
    sheet.row("A15", ["合计", *[f"=SUM({column}10:{column}14)" for column in "BCDEFG"]], ["total_text", *["dec1"] * 6])
    sheet.row("A16", ["项目经理", "='汇总'!C10", None, None, None, None, "=B16"], ["text", *["dec1"] * 6])
    fit(sheet, [], {})


def _actuals(book: Book) -> None:
    sheet = book.sheet("POC实际投入", [16, 12, 12, 12, 12, 56])
    sheet.merge("A1:F1", "POC 计划与实际投入（单位：人天）", "title")
    sheet.row("A2", ["阶段", "计划", "实际", "偏差", "偏差率", "说明"], "head")
    for r, (phase, planned, actual, note) in enumerate(ACTUALS, 3):
        sheet.row(
            f"A{r}",
            [phase, planned, actual, f"=C{r}-B{r}", f"=D{r}/B{r}", note],
            ["text", "int", "int", "int", "percent", "text"],
        )
    sheet.row(
        "A9",
        ["合计", "=SUM(B3:B8)", "=SUM(C3:C8)", "=C9-B9", "=D9/B9", "不含项目管理"],
        ["total_text", "total", "total", "total", "percent", "total_text"],
    )
    fit(sheet, [], {})
