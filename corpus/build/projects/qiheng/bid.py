"""招标技术应答: a PDF printed from Word, its clauses numbered by hand."""

import datetime
from pathlib import Path

from company import COMPANY
from diagram import picture
from kit_docx import Doc
from kit_pdf import FONTS, save_pdf
from manifest import Entry
from projects.qiheng import bid_response, bid_service, facts, pictures

DAY = datetime.date(2025, 6, 18)
TITLE = "启衡保险智能体平台建设项目技术应答文件"


def build(out: Path) -> list[Entry]:
    doc = Doc(
        title=TITLE,
        author=facts.ARCHITECT,
        created=DAY,
        project=facts.PROJECT,
        secrecy="投标文件 | 商业秘密",
        footer=f"{COMPANY}　技术分册",
        header="启衡保险智能体平台建设项目　技术应答文件",
        fonts=FONTS,
    )
    doc.cover(
        "（技术分册　正本）",
        [
            ("招标编号", "QHIT-2025-ZB-017"),
            ("投标人", COMPANY),
            ("分册", "第二册　技术应答"),
            ("日期", "2025年6月18日"),
        ],
        COMPANY,
    )
    _index(doc)
    doc.toc()
    _general(doc)
    _solution(doc)
    bid_response.write(doc)
    bid_service.write(doc)
    path = out / "启衡保险智能体平台_招标技术应答.pdf"
    save_pdf(doc, path)
    return [
        Entry(
            path=f"documents/{path.name}",
            title=TITLE,
            project=facts.PROJECT,
            customer=facts.CUSTOMER,
            doc_type="招标应答",
            date=DAY.isoformat(),
        )
    ]


def _index(doc: Doc) -> None:
    doc.p("**实质性条款（★）应答索引**", indent=False)
    doc.table(
        [
            ["序号", "条款号", "条款名称", "应答", "本分册位置"],
            ["1", "5.1.1", "可视化编排", "满足", "3.1"],
            ["2", "5.1.9", "答案出处与原文定位", "满足", "3.1"],
            ["3", "5.2.1", "断点续呼、黑名单、时段控制", "满足", "3.2"],
            ["4", "5.2.8", "3 秒内转人工", "满足", "3.2"],
            ["5", "5.3.1", "信创目录产品", "满足", "2.4、3.3"],
            ["6", "5.3.4", "全离线部署", "满足", "3.3"],
            ["7", "5.4.1", "等保三级", "满足", "3.4"],
            ["8", "5.4.2", "国密加密", "满足", "2.5、3.4"],
            ["9", "5.4.8", "定制源代码托管", "满足", "3.4"],
        ],
        widths=[1.4, 2.2, 6.4, 2.2, 3.6],
        centred=(0, 1, 3, 4),
    )
    doc.p("投标授权代表：商务部 褚云归　　本分册编制：骆闻笛　　校核：尹听澜", indent=False)


def _general(doc: Doc) -> None:
    doc.h(1, "1 总体说明")
    doc.h(2, "1.1 应答原则")
    doc.p(
        "本分册逐条应答招标文件第五章《技术规范书》，共 62 条，其中带“★”的实质性条款 9 条，全部满足。"
        "应答用语含义：“满足”指现有产品版本已具备；“部分满足”指有条件具备，条件写明在应答栏；“不满足”即负偏离。"
        "价格、付款与合同条款见第三册《商务应答》，本分册不涉及。"
    )
    doc.h(2, "1.2 投标产品")
    doc.table(
        [
            ["序号", "产品", "版本", "用途", "信创证明"],
            ["1", "砚台智能体平台", "V3.2", "智能体编排、运行、评测、发布", "鲲鹏、麒麟、达梦互认证各 1 份"],
            ["2", "砚台知识引擎", "V2.6", "文档解析、检索、引用核对", "鲲鹏、麒麟互认证各 1 份"],
            ["3", "砚台语音组件", "V1.8", "流式 ASR、TTS，用于外呼和会议", "昇腾互认证 1 份"],
            ["4", "Qwen3-32B", "BF16", "生成模型（开源，Apache-2.0）", "—"],
            ["5", "Qwen3-Embedding-0.6B", "—", "向量模型（开源，Apache-2.0）", "—"],
        ],
        widths=[1.2, 4.0, 1.8, 4.8, 4.2],
        caption="表 1-1 投标产品清单",
        centred=(0, 2),
    )


def _solution(doc: Doc) -> None:
    doc.h(1, "2 技术方案")
    doc.h(2, "2.1 总体架构")
    doc.p(
        "平台面向招标人总部与 36 家分公司约 3,200 名员工，提供公文写作、PPT 生成、会议纪要、智能外呼四类智能体，全部运行在信创环境。"
    )
    doc.picture(picture(pictures.OVERVIEW), "图 2-1 总体架构", alt="平台总体架构图", width_cm=13.5)
    doc.h(2, "2.2 智能体能力")
    doc.table(
        [
            ["智能体", "主要功能", "输入", "输出", "关键控制"],
            ["公文写作", "起草、改写、校对、套红头", "提纲、参考文件", "docx / OFD", "引用逐条标出处，禁用词 1,260 条"],
            ["PPT 生成", "按大纲或文档生成，套公司模板", "大纲、docx", "pptx", "每页字数上限 120，图表数据须来自输入"],
            ["会议纪要", "转写、说话人区分、纪要与待办", "录音（≤4 小时）", "docx", "敏感词打码，录音 30 天后删除"],
            [
                "智能外呼",
                "保单回访、续期提醒、满意度",
                "名单、话术",
                "通话记录、标签",
                "全程录音，客户要求人工即转，时段 9:00—20:00",
            ],
        ],
        widths=[2.0, 4.2, 3.0, 2.6, 4.2],
        caption="表 2-1 四类智能体",
    )
    doc.h(2, "2.3 模型与算力")
    doc.p(
        "拟用 4 台 Atlas 800I A2（32 卡 910B4）。Qwen3-32B 以 TP4 部署 5 个实例，每实例 80 路会话，合计 400 路；"
        "流式 ASR 单卡 40 路，外呼 200 路需 5 卡，另备 1 卡；TTS 2 卡；向量与重排 2 卡；备用 2 卡。"
    )
    doc.table(
        [
            ["用途", "卡数", "单位能力", "合计能力"],
            ["Qwen3-32B（TP4×5）", "20", "80 路会话/实例", "400 路会话"],
            ["流式 ASR", "6", "40 路/卡", "240 路（含 1 卡冗余）"],
            ["TTS", "2", "120 路/卡", "240 路"],
            ["向量与重排", "2", "—", "每秒 60 次检索"],
            ["备用", "2", "—", "—"],
            ["合计", "32", "", ""],
        ],
        widths=[4.6, 2.0, 4.2, 5.0],
        caption="表 2-2 算力分配",
        centred=(1,),
    )
    doc.h(2, "2.4 信创适配")
    doc.table(
        [
            ["层次", "产品与版本", "适配状态", "说明"],
            ["CPU", "鲲鹏 920", "已认证", ""],
            ["NPU", "昇腾 910B4", "已认证", "CANN 8.0"],
            ["操作系统", "银河麒麟 V10 SP3", "已认证", "内核 4.19"],
            ["数据库", "达梦 DM8（8.1.3）", "已认证", "一主两备，实时归档"],
            ["中间件", "东方通 TongWeb 7.0", "已认证", ""],
            ["缓存", "TongRDS 2.2", "已认证", "兼容 Redis 协议"],
            ["检索", "Elasticsearch 8.11", "运行验证", "不在信创目录，如招标人要求可更换"],
            ["浏览器 / 终端", "奇安信可信浏览器、WPS 365", "已验证", "统信 UOS 与麒麟桌面"],
        ],
        widths=[2.6, 5.0, 2.4, 6.0],
        caption="表 2-3 信创适配清单",
        centred=(2,),
    )
    doc.h(2, "2.5 安全")
    doc.numbers(
        [
            "身份：对接招标人统一身份平台，国密 SM2 双因素，闲置 15 分钟退出。",
            "数据：库内敏感字段 SM4 加密；外呼号码中间四位默认掩码，查看须审批。",
            "内容：输入输出双向过滤，政治、歧视、承诺收益三类词库按周更新。",
            "审计：提示词与输出留存 180 天，外呼录音留存不少于保险行业回访要求的期限。",
            "模型：提示词注入测试集 500 条，拦截率不低于 95%。",
        ]
    )
