"""算力评估表: V1.0 from the supplier's figures (68 cards), the final version after the load test (74 cards)."""

import datetime
from dataclasses import dataclass
from pathlib import Path

import xlsx_entries  # noqa: F401 - adds the formats "entry" and "entry1"
from kit_xlsx import Book, write_book
from manifest import Entry
from projects.hechuan import facts
from projects.hechuan.sizing_notes import ASSUMPTIONS, DIFFERENCES, REVISIONS
from row_heights import fit


@dataclass(frozen=True)
class Version:
    """The inputs in which the two versions differ; everything else is calculated in the workbook."""

    name: str
    day: datetime.date
    seats: int
    card_rate: int
    rate_source: str
    chunks: int
    separate_batch: bool
    utilisation: float
    usable_tb: int


V1 = Version("V1.0", datetime.date(2025, 8, 22), 1200, 158, "原厂参考值（4K/512，未开加密）", 620, False, 0.35, 400)
FINAL = Version(
    "终版", datetime.date(2025, 10, 15), 1360, 150, "2025-09-26 现场压测实测（4K/512，密文加载）", 980, True, 0.33, 480
)


def build(out: Path) -> list[Entry]:
    entries = []
    for version in (V1, FINAL):
        path = out / f"禾川银行智算平台_算力评估表_{version.name}.xlsx"
        title = f"禾川银行智算平台算力评估表（{version.name}）"
        write_book(
            path,
            lambda book, version=version: _fill(book, version),
            title=title,
            author=facts.ARCHITECT,
            created=version.day,
            project=facts.PROJECT,
            version=version.name,
            secrecy="秘密 | 仅限项目组",
        )
        entries.append(
            Entry(
                path=f"documents/{path.name}",
                title=title,
                project=facts.PROJECT,
                customer=facts.CUSTOMER,
                doc_type="算力评估",
                author=facts.ARCHITECT,
                date=version.day.isoformat(),
                version=version.name,
            )
        )
    return entries


def _fill(book: Book, version: Version) -> None:
    _front(book, version)
    _demand(book, version)
    _inference(book, version)
    _training(book, version)
    _summary(book, version)
    if version is FINAL:
        _differences(book)
    widths = [6.0, 24, 56, 40]
    sheet = book.sheet("参数与假设", widths)
    sheet.merge("A1:D1", "参数与假设（改动任何一条须重算并升版本）", "title")
    sheet.row("A2", ["编号", "事项", "取值与口径", "来源"], "head")
    for number, row in enumerate(ASSUMPTIONS[version.name], 1):
        sheet.row(f"A{number + 2}", [f"A{number}", *row], ["centre", "text", "text", "text"])
        fit(sheet, widths, {number + 2: ["", *row]})


def _front(book: Book, version: Version) -> None:
    sheet = book.sheet("封面", [16, 18, 18, 50])
    sheet.merge("A1:D2", f"禾川银行智算平台算力评估表（{version.name}）", "title")
    fields = [
        ("项目代号", "青禾"),
        ("编制", facts.ARCHITECT),
        ("复核", "程砚秋（算法）"),
        ("批准", "温景明"),
        ("编制日期", version.day),
    ]
    for row, (name, value) in enumerate(fields, 4):
        sheet.write(f"A{row}", name, "head")
        sheet.merge(f"B{row}:D{row}", value, "date" if isinstance(value, datetime.date) else "text")
    sheet.merge("A10:D10", "修订记录", "head")
    sheet.row("A11", ["版本", "日期", "修订人", "修订说明"], "head")
    shown = REVISIONS if version is FINAL else REVISIONS[:2]
    for row, values in enumerate(shown, 12):
        sheet.row(f"A{row}", values, ["centre", "centre", "centre", "text"])
        fit(sheet, [16, 18, 18, 50], {row: list(values)}, titles=())


def _demand(book: Book, version: Version) -> None:
    sheet = book.sheet("1-业务需求", [6, 18, 20, 10, 10, 10, 12, 12, 12, 13, 15, 36], freeze=(4, 2))
    sheet.merge("A1:L1", "业务需求与峰值并发（推理，Qwen3-32B）", "title")
    sheet.merge("A2:L2", "单位：用户数=人；并发=路；吞吐=tokens/s。蓝字黄底为录入项，其余为公式。", "remark")
    for area, name in {
        "A3:A4": "序号", "B3:B4": "业务场景", "C3:C4": "使用部门", "D3:F3": "用户规模", "G3:G4": "峰值并发（路）",
        "H3:I3": "Token 长度", "J3:J4": "单路速率\n(tokens/s)", "K3:K4": "需求吞吐\n(tokens/s)", "L3:L4": "备注",
    }.items():  # fmt: skip
        sheet.merge(area, name, "head")
    sheet.row("D4", ["用户数", "在线率", "并发系数"], "head")
    sheet.row("H4", ["平均输入", "平均输出"], "head")
    seat_note = "含信用卡中心 160 席（9月并入）" if version is FINAL else "信用卡中心坐席未计入"
    scenes = [
        ("客服坐席助手", "客户服务中心", version.seats, 0.7, 0.1, 3200, 380, 20, seat_note),
        ("公文写作", "全行机关", 8600, 0.25, 0.04, 2400, 900, 15, "长文本，高峰在周一上午"),
        ("信贷尽调报告", "公司金融部", 1500, 0.4, 0.08, 6000, 1500, 15, "输入超 8K 的按异步任务处理"),
        ("代码助手", "软件开发中心", 900, 0.6, 0.1, 1800, 260, 25, "IDE 补全另走 7B，不在本表"),
    ]
    styles = ["centre", "text", "text", "entry", "percent", "percent", "int", "int", "int", "int", "int", "text"]
    for number, (name, unit, users, online, factor, read, written, rate, note) in enumerate(scenes, 1):
        r = number + 4
        peak = f"=ROUNDUP(ROUND(D{r}*E{r}*F{r},2),0)"
        values = [number, name, unit, users, online, factor, peak, read, written, rate, f"=G{r}*J{r}", note]
        sheet.row(f"A{r}", values, styles)
    fit(sheet, [50], {3: ["一行\n二行"], 4: ["一行\n二行"]})
    sheet.row("A9", [5, "会议纪要", "各部门"], ["centre", "text", "text"])
    sheet.merge("D9:K9", "异步任务，闲时（19:00—次日 7:00）调度，不计入峰值并发", "centre")
    sheet.write("L9", "语音识别部分由既有 GPU 承担")
    sheet.merge("A10:F10", "合计", "total_text")
    sheet.row("G10", ["=SUM(G5:G8)", None, None, None, "=SUM(K5:K8)", None], ["total"] * 5 + ["total_text"])


def _inference(book: Book, version: Version) -> None:
    sheet = book.sheet("2-推理测算", [34, 16, 10, 12, 10, 12, 9, 12, 44])
    sheet.merge("A1:I1", "推理卡数测算（Ascend 910B3，64GB HBM）", "title")
    heads = [
        "模型 / 用途",
        "需求吞吐\n(tokens/s)",
        "冗余系数",
        "单卡吞吐\n(tokens/s)",
        "单实例卡数",
        "单实例吞吐",
        "实例数",
        "需求卡数",
        "口径",
    ]
    sheet.row("A2", heads, "head")
    batch_note = (
        "980 万切片×420 tokens，24 小时内完成（信息安全部要求密文建库窗口≤24h），独立 2 卡"
        if version.separate_batch
        else "620 万切片，夜间 8 小时×7 天，复用在线卡，不单列"
    )
    rows = [
        ("Qwen3-32B（BF16，TP4）", "='1-业务需求'!K10", 1.2, version.card_rate, 4, "=ROUNDUP(B3*C3/F3,0)", version.rate_source),
        ("Qwen3-Embedding-0.6B（在线检索）", "=12*64", 1.2, 36000, 1, "=MAX(2,ROUNDUP(B4*C4/F4,0))", "峰值 12 QPS×64 tokens；最少 2 副本做高可用"),
        ("Qwen3-Embedding-0.6B（离线建库）", f"={version.chunks}*10000*420/({'24' if version.separate_batch else '8*7'}*3600)", 1.2, 36000, 1,
         "=ROUNDUP(B5*C5/F5,0)" if version.separate_batch else "=0", batch_note),
        ("Qwen3-Reranker-0.6B", "=12*20*450", 1.2, 66000, 1, "=MAX(2,ROUNDUP(B6*C6/F6,0))", "12 QPS×20 候选×450 tokens"),
    ]  # fmt: skip
    styles = ["text", "int", "dec1", "entry", "int", "int", "int", "int", "text"]
    for r, (name, need, spare, rate, cards, instances, note) in enumerate(rows, 3):
        sheet.row(f"A{r}", [name, need, spare, rate, cards, f"=D{r}*E{r}", instances, f"=G{r}*E{r}", note], styles)
        fit(sheet, [32, 44], {2: ["一行\n二行"], r: [name, note]})
    sheet.merge("A7:G7", "推理卡数合计", "total_text")
    sheet.row("H7", ["=SUM(H3:H6)", None], ["total", "total_text"])
    sheet.merge("A9:I9", "显存校核（Qwen3-32B，单实例）", "head")
    checks = [
        ("权重占用（GB）", "=32.8*2", "32.8B 参数×2 字节"),
        ("单 token KV Cache（MB）", "=2*64*8*128*2/1024/1024", "2×64 层×8 KV 头×128 维×2 字节"),
        ("可用显存（GB）", "=64*4*0.9", "4 卡×64GB，预留 10%"),
        ("可容纳 KV（万 tokens）", "=ROUND((B13-B11)*1024/B12/10000,1)", ""),
        ("单实例并发（路）", "=ROUNDUP('1-业务需求'!G10/G3,0)", "峰值并发÷实例数"),
        ("所需 KV（万 tokens）", "=ROUND(B15*(4096+512)/10000,1)", "按 4K 输入+512 输出"),
        ("结论", '=IF(B14>=B16,"满足","不满足")', "TP2 显存也够，但 4K 输入首 token 2.3s，超过 1.5s 上限，故取 TP4"),
    ]
    sheet.row("A10", ["校核项", "取值"], "head")
    sheet.merge("C10:I10", "说明", "head")
    for r, (name, formula, note) in enumerate(checks, 11):
        sheet.row(f"A{r}", [name, formula], ["text", "dec2"])
        sheet.merge(f"C{r}:I{r}", note)


def _training(book: Book, version: Version) -> None:
    sheet = book.sheet("3-训练测算", [38, 18, 56])
    sheet.merge("A1:C1", "SFT 训练卡数测算（Qwen3-32B 全参微调）", "title")
    sheet.row("A2", ["参数", "取值", "说明"], "head")
    rows = [
        ("训练样本数（条）", 120000, "entry", "客服 7.2 万、信贷 3.1 万、制度问答 1.7 万"),
        ("单条平均长度（tokens）", 1800, "entry", ""),
        ("训练轮数（epoch）", 3, "entry", ""),
        ("训练 tokens（百万）", "=B3*B4*B5/1000000", "dec1", ""),
        ("模型参数量（十亿）", 32.8, "entry1", ""),
        ("总计算量（PFLOPs）", "=6*B7*B6", "int", "6×参数量×tokens，十亿×百万 = 10^15"),
        ("单卡峰值 FP16（TFLOPS）", 313, "entry", "910B3 标称"),
        ("MFU", version.utilisation, "percent", "终版按压测回填" if version is FINAL else "经验值"),
        ("单轮训练时限（小时）", 24, "entry", "业务要求：T+1 出模型"),
        ("理论需求卡数", "=B8*1000/(B9*B10*B11*3600)", "dec2", ""),
        ("取整到整机（8 卡）", "=CEILING(B12,8)", "total", "2 台 Atlas 800T A2"),
        ("按取整卡数的单轮时长（小时）", "=B8*1000/(B9*B10*B13*3600)", "dec1", ""),
    ]
    for r, (name, value, style, note) in enumerate(rows, 3):
        sheet.row(f"A{r}", [name, value, note], ["text", style, "text"])
    fit(sheet, [], {})


def _summary(book: Book, version: Version) -> None:
    sheet = book.sheet("4-汇总", [10, 30, 14, 12, 50])
    sheet.merge("A1:E1", "算力汇总", "title")
    sheet.row("A2", ["类别", "用途", "910B3 卡数", "占比", "说明"], "head")
    rows = [
        ("推理", "Qwen3-32B 推理", "='2-推理测算'!H3", "TP4"),
        (None, "Embedding / Reranker 0.6B", "=SUM('2-推理测算'!H4:H6)", "在线、离线、重排"),
        ("训练", "SFT 全参微调", "='3-训练测算'!B13", "与推理分池，夜间可借给离线建库"),
        ("其他", "开发测试", 8, "1 台整机，供应用方联调"),
    ]
    for r, (_, use, cards, note) in enumerate(rows, 3):
        sheet.row(f"B{r}", [use, cards, f"=C{r}/$C$7", note], ["text", "int", "percent", "text"])
    sheet.merge("A3:A4", "推理", "centre")
    sheet.write("A5", "训练", "centre")
    sheet.write("A6", "其他", "centre")
    sheet.merge("A7:B7", "合计（卡）", "total_text")
    sheet.row("C7", ["=SUM(C3:C6)", "=SUM(D3:D6)", None], ["total", "percent", "total_text"])
    fit(sheet, [], {})
    tail = [
        ("整机台数（8 卡/台）", "=ROUNDUP(C7/8,0)", "int", "Atlas 800T A2，2 台/柜"),
        ("到货卡数", "=C9*8", "int", "按整机采购"),
        ("热备卡数", "=C10-C7", "int", "故障替换与灰度发布"),
        ("机柜数", "=ROUNDUP(C9/2,0)", "int", "单柜供电 12kW"),
        ("最大功耗（kW）", "=C9*5.6", "dec1", "5.6kW/台，不含存储与网络"),
        ("模型与数据集存储（TB，可用）", version.usable_tb, "int", "OceanStor Pacific 9550，EC 8+2"),
    ]
    for r, (name, formula, style, note) in enumerate(tail, 9):
        sheet.merge(f"A{r}:B{r}", name)
        sheet.write(f"C{r}", formula, style)
        sheet.merge(f"D{r}:E{r}", note)
    chart = book.raw.add_chart({"type": "column"})
    chart.add_series(
        {
            "name": "910B3 卡数",
            "categories": "='4-汇总'!$B$3:$B$6",
            "values": "='4-汇总'!$C$3:$C$6",
            "data_labels": {"value": True},
        }
    )
    chart.set_title({"name": f"910B3 卡数构成（{version.name}）"})
    chart.set_legend({"none": True})
    sheet.raw.insert_chart("A17", chart, {"x_scale": 1.3})


def _differences(book: Book) -> None:
    sheet = book.sheet("5-版本差异", [28, 12, 12, 10, 60])
    sheet.merge("A1:E1", "终版与 V1.0 差异说明", "title")
    sheet.row("A2", ["项目", "V1.0", "终版", "差额", "原因"], "head")
    for r, (name, before, now, reason) in enumerate(DIFFERENCES, 3):
        style = "dec1" if isinstance(before, float) else "int"
        sheet.row(f"A{r}", [name, before, now, f"=C{r}-B{r}", reason], ["text", style, style, style, "text"])
    fit(sheet, [], {})
    r = len(DIFFERENCES) + 4
    sheet.merge(
        f"A{r}:E{r}",
        "结论：以终版 74 卡为准，V1.0 的 68 卡作废；招采按 10 台 Atlas 800T A2 整机（80 卡）执行，6 卡作热备。",
        "total_text",
    )
