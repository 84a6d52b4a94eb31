"""架构设计说明书 V1.0 与 V1.2：同一作者四个月后改写，恢复目标与同步方式不同。"""

import datetime
from pathlib import Path

from company import COMPANY
from kit_docx import Doc
from projects.xingheng import arch_annex, arch_data, arch_overview, arch_rest
from projects.xingheng.edition import Edition

TITLE = "星衡银行AICC客服平台双活架构设计说明书"
PROJECT = "星衡银行AICC客服平台双活项目"

V10 = ["V1.0", "2025-03-14", "陆知衡", "行方评审通过，作为开发基线"]
HISTORY = [["V0.9", "2025-02-28", "陆知衡", "初稿，提交内部评审"], V10]
CHANGES = """1. MySQL跨站复制由增强半同步改为异步，A/B类数据RPO由0调整为≤5秒（6月5日压测座席卡顿）
2. ES由Kafka应用双写改为双向CCR，版本升级到8.11.3（双写7天不一致率0.037%）
3. RTO由5分钟调整为10分钟，计入人工决策3分钟
4. 流量比例由50:50改为60:40
5. 增加附录B至G：接口、防火墙策略、镜像主题、定时任务、索引、验收用例"""
LATER = [
    ["V1.1", "2025-05-09", "谭若溪", "补充Redis与网络带宽测算，修正表6-2端口"],
    ["V1.2", "2025-07-18", "陆知衡", CHANGES],
]


def build(path: Path, *, new: bool) -> None:
    v = Edition(new)
    doc = Doc(
        title=TITLE,
        author="陆知衡",
        created=datetime.date(2025, 7, 18) if new else datetime.date(2025, 3, 14),
        version=v("V1.0", "V1.2"),
        project=PROJECT,
        secrecy="内部资料 严禁外传",
        footer=COMPANY,
    )
    doc.cover(
        v("V1.0", "V1.2"),
        [
            ("文档编号", "XHB-AICC-SA-001"),
            ("文档版本", v("V1.0", "V1.2")),
            ("编制", "陆知衡"),
            ("审核", "秦牧之"),
            ("批准", "韩立群（星衡银行信息科技部）"),
            ("编制日期", v("2025年3月14日", "2025年7月18日")),
            ("密级", "内部资料 严禁外传"),
        ],
        COMPANY,
    )
    doc.revisions(HISTORY + (LATER if new else []))
    doc.toc()
    for part in (arch_overview, arch_data, arch_rest):
        part.write(doc, v)
    if new:
        arch_annex.write(doc)
    doc.save(path)
