"""The platform as drawn in the bid and, with the changed parts, in the architecture slides."""

from diagram import Arrow, Box, Diagram, Zone


def _overview(search: str, calls: str) -> Diagram:
    return Diagram(
        30,
        13.6,
        (
            Zone("用户", 0.2, 0.2, 29.4, 2.4, (
                Box("staff", "总部与 36 家分公司　约 3,200 人", 3.4, 0.8, 8.4, 1.2),
                Box("wx", "企业微信 H5 / 可信浏览器", 12.6, 0.8, 7.4, 1.2),
                Box("line", "运营商 SIP 线路", 21.2, 0.8, 6.6, 1.2),
            )),
            Zone("智能体", 0.2, 3.0, 29.4, 2.6, (
                Box("write", "公文写作", 3.4, 3.7, 5.0, 1.3, "E2EFDA"), Box("ppt", "PPT 生成", 9.6, 3.7, 5.0, 1.3, "E2EFDA"),
                Box("meet", "会议纪要", 15.8, 3.7, 5.0, 1.3, "E2EFDA"), Box("call", calls, 22.2, 3.7, 5.6, 1.3, "E2EFDA"),
            )),
            Zone("平台", 0.2, 6.0, 29.4, 2.8, (
                Box("flow", "砚台智能体平台 V3.2\n编排 / 运行时 / 评测", 3.4, 6.8, 7.2, 1.6), Box("know", "砚台知识引擎 V2.6", 11.6, 6.8, 7.0, 1.6),
                Box("voice", "砚台语音组件 V1.8\nASR / TTS", 20.6, 6.8, 7.2, 1.6),
            )),
            Zone("基础", 0.2, 9.2, 29.4, 4.2, (
                Box("npu", "Atlas 800I A2 ×4\n32 卡 910B4", 3.4, 10.2, 5.0, 1.8, "FCE4D6"), Box("dm", "达梦 DM8\n一主两备", 9.2, 10.2, 4.2, 1.8, "FCE4D6"),
                Box("es", search, 14.2, 10.2, 4.8, 1.8, "FFF2CC"), Box("rds", "TongRDS 2.2\nRocketMQ", 19.8, 10.2, 3.8, 1.8, "FCE4D6"),
                Box("os", "鲲鹏 920\n麒麟 V10 SP3", 24.4, 10.2, 4.4, 1.8, "FCE4D6"),
            )),
        ),
        arrows=(Arrow("line", "call", "200ms 内", both=True), Arrow("know", "es"), Arrow("call", "voice")),
    )  # fmt: skip


OVERVIEW = _overview("Elasticsearch 8.11", "智能外呼")
REVISED = _overview("Easysearch 1.9.0\n（替换 ES）", "智能外呼\n一期 120 路")

CALL = Diagram(
    30,
    7.4,
    (
        Zone("外呼区（独立网段 10.66.40.0/24）", 0.2, 0.2, 19.2, 6.8, (
            Box("task", "任务调度\n时段、黑名单、断点", 0.8, 1.4, 4.6, 1.7), Box("sip", "SIP 网关\n2 台主备", 7.0, 1.4, 4.4, 1.7),
            Box("asr", "流式 ASR\n6 卡，RTF 0.18", 13.6, 1.4, 4.8, 1.7, "FFF2CC"), Box("tts", "TTS\n2 卡", 13.6, 4.4, 4.8, 1.5, "FFF2CC"),
            Box("human", "人工坐席\n3 秒内转接", 7.0, 4.4, 4.4, 1.5),
        )),
        Zone("平台区", 21.4, 0.2, 8.2, 6.8, (
            Box("agent", "对话管理\n话术已审批版本", 22.4, 1.4, 6.2, 1.7), Box("model", "Qwen3-32B\n仅用于意图兜底", 22.4, 4.4, 6.2, 1.5, "FFF2CC"),
        )),
    ),
    arrows=(
        Arrow("task", "sip", "起呼"), Arrow("sip", "asr", "8kHz"), Arrow("asr", "agent", "文本"), Arrow("agent", "model", both=True),
        Arrow("agent", "tts", "话术"), Arrow("sip", "human", "要求人工"),
    ),
)  # fmt: skip
