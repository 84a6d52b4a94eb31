"""The platform's layers, drawn in the plan and shown in the slides."""

from diagram import Arrow, Box, Diagram, Zone

_ROWS = [
    ("应用层", ("客服坐席助手", "公文写作", "信贷尽调报告", "代码助手", "会议纪要")),
    ("服务网关层", ("APISIX 3.9\nOpenAI 兼容接口", "令牌与配额", "限流降级", "计量与审计")),
    ("模型与数据层", ("MindIE 2.0.RC2\nQwen3-32B ×11", "Embedding 0.6B\nReranker 0.6B", "MindSpeed-LLM 2.0\nSFT", "模型仓 / 数据集仓\nSM4-GCM 密文")),
    ("资源调度层", ("Kubernetes 1.28", "Volcano 1.9\n推理/训练/开发队列", "Ascend Device Plugin")),
    ("基础设施层", ("Atlas 800T A2 ×10\n80×910B3", "参数面 200GE RoCE", "OceanStor Pacific 9550\n480TB", "openEuler 22.03 SP4")),
]  # fmt: skip
_FILLS = ("E2EFDA", "FFF2CC", "DEEAF6", "EDEDED", "FCE4D6")


def _zone(index: int, label: str, names: tuple[str, ...]) -> Zone:
    y = 0.2 + 2.7 * index
    step = 18.4 / len(names)
    boxes = tuple(
        Box(f"{index}-{n}", name, 3.8 + step * n, y + 0.45, step - 0.4, 1.5, _FILLS[index])
        for n, name in enumerate(names)
    )
    return Zone(label, 0.2, y, 22.4, 2.4, boxes)


LAYERS = Diagram(
    27.6,
    13.7,
    (
        *(_zone(index, label, names) for index, (label, names) in enumerate(_ROWS)),
        Zone("安全", 22.9, 0.2, 2.1, 13.2, tuple(
            Box(f"s{n}", name, 23.05, 1.6 + 3.0 * n, 1.8, 2.4, "F8CBAD") for n, name in enumerate(("双人\n授权", "国密\n加密", "模型\n验签", "调用\n审计"))
        )),
        Zone("运维", 25.3, 0.2, 2.1, 13.2, tuple(
            Box(f"o{n}", name, 25.45, 1.6 + 3.0 * n, 1.8, 2.4, "D9D2E9") for n, name in enumerate(("自动化\n部署", "监控\n告警", "容量\n计量", "换卡\nRMA"))
        )),
    ),
)  # fmt: skip

ENCRYPTION = Diagram(
    27.6,
    6.4,
    (
        Zone("数据提供方", 0.2, 0.3, 5.4, 5.8, (Box("src", "原始数据集\n脱敏后导出", 0.7, 2.4, 4.4, 1.5),)),
        Zone("加密区（2 台鲲鹏网关）", 7.4, 0.3, 6.4, 5.8, (
            Box("enc", "分片 64MB\nSM4-GCM 加密", 8.0, 1.3, 5.2, 1.5),
            Box("dek", "DEK（每数据集一把）", 8.0, 4.0, 5.2, 1.3, "FFF2CC"),
        )),
        Zone("行内密钥平台", 15.6, 3.4, 5.0, 2.7, (Box("kek", "KEK（加密机内）", 16.0, 4.2, 4.2, 1.2, "FCE4D6"),)),
        Zone("训练 / 建库节点", 22.2, 0.3, 5.2, 5.8, (Box("use", "内存解密\ntmpfs，不落盘", 22.6, 2.4, 4.4, 1.5),)),
    ),
    (Box("store", "数据集仓\n（密文）", 16.0, 1.2, 4.2, 1.5, "E2EFDA"),),
    (
        Arrow("src", "enc", "专线"), Arrow("enc", "store"), Arrow("store", "use", "按片读取"),
        Arrow("dek", "kek", "包裹", both=True), Arrow("kek", "use", "授权解包", dashed=True),
    ),
)  # fmt: skip
