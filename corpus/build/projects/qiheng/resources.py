"""信创资源清单 2509: servers, cards, licences, network rules, and what changed since release 2506."""

import datetime
from pathlib import Path

import xlsx_entries  # noqa: F401 - adds the formats "entry" and "entry1"
from kit_xlsx import Book, write_book
from manifest import Entry
from projects.qiheng import facts
from row_heights import fit

DAY = datetime.date(2025, 9, 18)
TITLE = "启衡保险智能体平台信创资源清单（2509版本）"
OS = "银河麒麟 V10 SP3"

SERVERS = [
    ("生产", "平台网关", 4, 16, 32, 0.2, "TongHttpServer 6.0", "两两主备，前置 VIP"),
    ("生产", "平台应用", 8, 32, 64, 0.5, "TongWeb 7.0.4.9", ""),
    ("生产", "智能体运行时", 8, 32, 128, 0.5, "砚台智能体平台 V3.2", "PPT 生成单任务峰值内存 3.4GB"),
    ("生产", "数据库", 3, 32, 128, 2, "达梦 DM8 8.1.3", "一主两备，含备份机房 1 备"),
    ("生产", "缓存", 3, 16, 64, 0.2, "TongRDS 2.2", "哨兵模式"),
    ("生产", "全文与向量检索", 5, 32, 128, 4, "Easysearch 1.9.0", "2506 为 Elasticsearch 8.11"),
    ("生产", "消息", 3, 16, 32, 1, "RocketMQ 5.1", "开源报备"),
    ("生产", "外呼前后处理", 4, 64, 128, 1, "砚台语音组件 V1.8", "SIP 网关 2 台另计入网络设备"),
    ("生产", "监控与日志", 2, 16, 64, 4, "Prometheus 2.53", ""),
    ("测试", "应用与运行时", 3, 32, 128, 0.5, "同生产", ""),
    ("测试", "数据库", 1, 16, 64, 1, "达梦 DM8 8.1.3", "单机"),
    ("测试", "检索", 2, 16, 64, 1, "Easysearch 1.9.0", ""),
]
CARDS = [
    ("Qwen3-32B（TP4×5 实例）", 20, "会话 80 路/实例"),
    ("流式 ASR", 6, "40 路/卡，一期用 3 卡"),
    ("TTS", 2, "120 路/卡"),
    ("Embedding / Reranker 0.6B", 2, "每秒 60 次检索"),
    ("备用", 2, "故障替换"),
]
LICENCES = [
    ("银河麒麟服务器版 V10 SP3", "套", 50, 46, "含 4 套备用，NPU 服务器另购"),
    ("达梦 DM8 企业版", "节点", 4, 4, "生产 3、测试 1"),
    ("东方通 TongWeb 7.0", "节点", 11, 11, "生产 8、测试 3"),
    ("TongHttpServer 6.0", "节点", 4, 4, ""),
    ("TongRDS 2.2", "节点", 3, 3, ""),
    ("Easysearch 1.9.0", "节点", 8, 7, "生产 5、测试 2，余 1 留给备份机房"),
    ("WPS 365 私有化版 V7", "用户", 3200, 0, "由启衡采购，账号未到"),
]
RULES = [
    ("办公网 10.66.0.0/18", "平台网关 VIP", "TCP 443", "员工访问", "已开通"),
    ("平台应用", "达梦 DM8", "TCP 5236", "数据库", "已开通"),
    ("运行时", "Easysearch", "TCP 9200", "检索", "已开通"),
    ("运行时", "NPU 推理服务", "TCP 1025", "模型调用", "已开通"),
    ("SIP 网关 10.66.40.0/24", "运营商专线", "UDP 5060、16384—32767", "信令与媒体", "审批中"),
    ("平台应用", "统一身份平台", "TCP 8443", "SM2 认证", "已开通"),
    ("备份机房", "达梦主库", "TCP 5236、5336", "实时归档", "审批中"),
]
CHANGES = [
    ("智能体运行时", 6, 8, "PPT 生成压测内存不足，6 台在 60 个并行任务时 OOM"),
    ("全文与向量检索", 3, 5, "换 Easysearch，切片由 350 万估到 600 万"),
    ("数据库", 2, 3, "恢复一主两备"),
    ("外呼前后处理", 2, 4, "按二期 200 路预留"),
    ("测试区合计", 5, 6, "补 1 台检索"),
    ("其余", 20, 20, "不变"),
]


def build(out: Path) -> list[Entry]:
    path = out / "启衡保险智能体平台_信创资源清单_2509.xlsx"
    write_book(
        path,
        _fill,
        title=TITLE,
        author="卢行舟",
        created=DAY,
        project=facts.PROJECT,
        version="2509",
        secrecy="内部资料",
    )
    return [
        Entry(
            path=f"documents/{path.name}",
            title=TITLE,
            project=facts.PROJECT,
            customer=facts.CUSTOMER,
            doc_type="算力评估",
            date=DAY.isoformat(),
            version="2509",
        )
    ]


def _fill(book: Book) -> None:
    _servers(book)
    _cards(book)
    _licences(book)
    widths = [26.0, 24, 24, 16, 12]
    sheet = book.sheet("网络策略", widths)
    sheet.merge("A1:E1", "网络策略申请（生产区）", "title")
    sheet.row("A2", ["源", "目的", "协议与端口", "用途", "状态"], "head")
    for r, row in enumerate(RULES, 3):
        sheet.row(f"A{r}", row, ["text", "text", "text", "text", "centre"])
    fit(sheet, [], {})
    _changes(book)
    _notes(book)


def _servers(book: Book) -> None:
    widths = [6.0, 8, 18, 14, 8, 10, 12, 14, 12, 14, 14, 20, 30]
    sheet = book.sheet("服务器", widths, freeze=(4, 3))
    sheet.merge("A1:M1", TITLE, "title")
    sheet.merge("A2:M2", f"CPU 均为鲲鹏 920，操作系统均为{OS}；NPU 服务器见「算力」页，不计入节点数。", "remark")
    for area, name in {
        "A3:A4": "序号", "B3:B4": "区域", "C3:C4": "用途", "D3:D4": "操作系统", "E3:E4": "数量", "F3:H3": "单台规格",
        "I3:K3": "合计", "L3:L4": "软件与版本", "M3:M4": "备注",
    }.items():  # fmt: skip
        sheet.merge(area, name, "head")
    sheet.row("F4", ["vCPU", "内存(GB)", "数据盘(TB)", "vCPU", "内存(GB)", "数据盘(TB)"], "head")
    styles = ["centre", "centre", "text", "centre", "entry", "int", "int", "dec1", "int", "int", "dec1", "text", "text"]
    for r, (zone, use, count, cores, memory, disk, software, note) in enumerate(SERVERS, 5):
        totals = [f"=E{r}*F{r}", f"=E{r}*G{r}", f"=E{r}*H{r}"]
        values = [r - 4, zone, use, "麒麟 V10 SP3", count, cores, memory, disk, *totals, software, note]
        sheet.row(f"A{r}", values, styles)
        fit(sheet, widths, {r: values})
    last = len(SERVERS) + 4
    total = last + 1
    sheet.merge(f"A{total}:D{total}", "合计（节点）", "total_text")
    sheet.row(f"E{total}", [f"=SUM(E5:E{last})", None, None, None], "total")
    sheet.row(f"I{total}", [f"=SUM({c}5:{c}{last})" for c in "IJK"], ["total", "total", "dec1"])
    for r, zone in ((total + 2, "生产"), (total + 3, "测试")):
        sheet.merge(f"A{r}:D{r}", f"其中{zone}区节点数", "centre")
        sheet.write(f"E{r}", f'=SUMIF(B5:B{last},"{zone}",E5:E{last})', "int")


def _cards(book: Book) -> None:
    sheet = book.sheet("算力", [34, 12, 12, 40])
    sheet.merge("A1:D1", "NPU 资源（Atlas 800I A2 ×4，910B4）", "title")
    sheet.row("A2", ["用途", "卡数", "占比", "能力"], "head")
    for r, (use, cards, note) in enumerate(CARDS, 3):
        sheet.row(f"A{r}", [use, cards, f"=B{r}/$B$8", note], ["text", "int", "percent", "text"])
    sheet.row("A8", ["合计", "=SUM(B3:B7)", "=SUM(C3:C7)", None], ["total_text", "total", "percent", "text"])
    sheet.row("A9", ["整机台数", "=B8/8", None, "8 卡/台"], ["text", "int", "text", "text"])
    fit(sheet, [], {})


def _licences(book: Book) -> None:
    sheet = book.sheet("软件许可", [32, 10, 12, 12, 12, 12, 34])
    sheet.merge("A1:G1", "软件许可", "title")
    sheet.row("A2", ["软件", "单位", "已购", "已用", "剩余", "使用率", "说明"], "head")
    for r, (name, unit, bought, used, note) in enumerate(LICENCES, 3):
        values = [name, unit, bought, used, f"=C{r}-D{r}", f"=D{r}/C{r}", note]
        sheet.row(f"A{r}", values, ["text", "centre", "int", "int", "int", "percent", "text"])
    fit(sheet, [], {})


def _changes(book: Book) -> None:
    sheet = book.sheet("2506→2509变更", [20, 12, 12, 10, 60])
    sheet.merge("A1:E1", "节点数变更（2506 → 2509）", "title")
    sheet.row("A2", ["用途", "2506", "2509", "差额", "原因"], "head")
    for r, (use, before, now, reason) in enumerate(CHANGES, 3):
        sheet.row(f"A{r}", [use, before, now, f"=C{r}-B{r}", reason], ["text", "int", "int", "int", "text"])
    sheet.row(
        "A9",
        ["合计", "=SUM(B3:B8)", "=SUM(C3:C8)", "=C9-B9", None],
        ["total_text", "total", "total", "total", "total_text"],
    )
    fit(sheet, [], {})


def _notes(book: Book) -> None:
    widths = [6.0, 90]
    sheet = book.sheet("说明", widths)
    sheet.merge("A1:B1", "说明", "title")
    for r, text in enumerate(
        (
            "本清单为 2509 版本，2025-09-18 由卢行舟编制、骆闻笛复核；下一版随 2512 版本发布。",
            "节点指虚拟机或物理机实例，数据库与检索为物理机，其余为鲲鹏虚拟机（超分比 1:1）。",
            "备份机房资源不在本清单：达梦 1 备已计入生产数据库 3 台，Easysearch 2 节点由启衡另行提供。",
            "软件许可的采购价格由启衡采购部掌握，本清单不含价格。",
            "鲲鹏 920 单路 64 核；外呼前后处理独占物理机，不与运行时混部，避免语音抖动。",
        ),
        2,
    ):
        sheet.row(f"A{r}", [r - 1, text], ["centre", "text"])
        fit(sheet, widths, {r: ["", text]})
