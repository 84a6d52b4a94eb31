"""项目案例: what the next project can take over, with headings faked by bold text."""

import datetime
from pathlib import Path

from grid import LEFT
from kit_docx import Doc
from manifest import Entry
from projects.qiheng import facts

DAY = datetime.date(2026, 3, 18)


def build(out: Path) -> list[Entry]:
    title = "项目案例：启衡保险智能体平台"
    doc = Doc(
        title=title,
        author="穆青岚",
        created=DAY,
        project=facts.PROJECT,
        secrecy="对内分享 | 对外须脱敏",
        footer=facts.ORGANISATION,
        headings="bold",
        bare_first_page=False,
    )
    doc.table(
        [
            ["客户", "启衡保险（财险，36 家分公司）", "行业", "保险"],
            ["周期", "2025-07-14 签约，2026-04 终验（计划）", "环境", "全信创"],
            ["投入", "412 人天（截至 2026-02 底）", "编写", "穆青岚，2026-03-18"],
            ["关键词", "智能体平台、信创、外呼、Easysearch 替换 ES、与芯片厂商联合调优", LEFT, LEFT],
        ],
        header=0,
        widths=[2.0, 6.6, 2.0, 5.0],
        label_column=True,
    )
    _story(doc)
    _reuse(doc)
    path = out / "项目案例_启衡保险智能体平台.docx"
    doc.save(path)
    return [
        Entry(
            path=f"documents/{path.name}",
            title=title,
            project=facts.PROJECT,
            customer=facts.CUSTOMER,
            doc_type="项目案例",
            author="穆青岚",
            date=DAY.isoformat(),
        )
    ]


def _story(doc: Doc) -> None:
    doc.h(1, "一、客户的问题")
    doc.p(
        "分公司公文格式退回率 31%，总部办公室每月退改约 900 件；会议纪要平均会后 2.6 天发出；续期提醒靠 74 名坐席人工拨打，"
        "人均每天 110 通，月初高峰漏拨 18%。同时集团要求 2026 年底前应用系统全部信创。"
    )
    doc.h(1, "二、我们怎么做")
    doc.bullets(
        [
            "四类智能体共用一个平台：写作、PPT、会议纪要、外呼，编排、评测、发布各只有一套。",
            "外呼以规则话术为主，大模型只兜底约 14% 的轮次：可预审、时延低。",
            "检索从 Elasticsearch 8.11 换成 Easysearch：改 7 处查询，11 人天。",
            [
                "换的直接原因是评审会上信创办一票否决，不是性能；P95 反而慢了 26 毫秒。",
            ],
            "与昇腾原厂联合调优流式 ASR，3 周，RTF 由 0.31 降到 0.18，单卡并发由 24 路提到 40 路。",
        ]
    )
    doc.h(1, "三、效果")
    doc.table(
        [
            ["指标", "上线前", "2026 年 2 月", "口径"],
            ["公文格式退回率", "31%", "9%", "总部办公室统计"],
            ["纪要发出时间", "2.6 天", "0.7 天", "会后到发布"],
            ["续期提醒漏拨率", "18%", "3.5%", "每月 1—5 日"],
            ["外呼接通率", "41%", "43%", "基本不变，取决于号码质量"],
            ["人工转接率", "—", "11.8%", "目标 ≤15%"],
            ["PPT 10 页耗时", "约半天", "71 秒", "平均，不含人工修改"],
        ],
        widths=[3.8, 2.6, 3.0, 6.2],
        centred=(1, 2),
    )
    doc.h(1, "四、走过的弯路")
    doc.numbers(
        [
            "**投标时按 200 路外呼承诺，没有核实线路。** 运营商一期只批 120 路、实开 80 路，终验因此从 2 月拖到 4 月。以后外呼类投标必须附运营商线路确认函。",
            "架构 V1.1 为省一台服务器用了达梦一主一备，评审被退，返工 6 人天。",
            "容灾演练 RTO 34 分钟，超了 4 分钟：检索恢复和应用启动被串行了，应并行设计。",
            "会议纪要的敏感词打码放到最后才做，延期 7 天；应在录音转写环节就打码。",
        ]
    )


def _reuse(doc: Doc) -> None:
    doc.h(1, "五、可复用资产")
    doc.table(
        [
            ["资产", "位置", "复用方式", "估计节省\n（人天）", "联系人"],
            ["信创部署剧本（麒麟 + 达梦 + TongWeb）", "代码库 agent/xc-deploy", "直接用", "18", "卢行舟"],
            ["ES → Easysearch 查询改写清单与回归集", "项目库 / 03-迁移", "直接用", "8", "穆青岚"],
            ["外呼话术编排模板（续期、回访、满意度）", "平台模板市场", "改文案", "12", "祁望川"],
            ["公文禁用词库 1,260 条与格式规则", "代码库 agent/doc-rules", "按客户公文规范改", "10", "施念慈"],
            ["400 路会话压测脚本", "代码库 agent/bench", "直接用", "4", "施念慈"],
            ["合计", LEFT, LEFT, "52", ""],
        ],
        widths=[5.2, 3.8, 2.8, 2.0, 2.0],
        centred=(3,),
    )
    doc.h(1, "六、适用与不适用")
    doc.p("适用：员工 1,000—5,000 人、要求全信创、有外呼或公文场景的金融机构。")
    doc.p("不适用：需要双活的场景（本项目只有同城冷备，备份机房没有 NPU）；方言占比超过 20% 的外呼；不允许录音的业务。")
    doc.h(1, "七、投入结构")
    doc.table(
        [
            ["阶段", "计划（人天）", "实际（人天）", "说明"],
            ["调研与设计", "46", "58", "V1.1 返工、Easysearch 选型"],
            ["平台与信创部署", "70", "74", ""],
            ["四类智能体", "160", "171", "外呼 69、写作 34、PPT 41、纪要 27"],
            ["压测与容灾", "30", "41", "演练、ASR 联合调优"],
            ["试运行与管理", "64", "68", "截至 2 月底"],
            ["合计", "370", "412", "超 11.4%"],
        ],
        widths=[3.8, 2.8, 2.8, 6.2],
        centred=(1, 2),
    )
