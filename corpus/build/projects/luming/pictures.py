"""One architecture: the platform's versions and the pools' cards stand only in this picture."""

from diagram import Box, Diagram, Zone


def _row(y: float, label: str, fill: str, names: tuple[str, ...]) -> Zone:
    step = 22.0 / len(names)
    return Zone(
        label, 0.3, y, 25.4, 2.5,
        tuple(Box(f"{label}{n}", name, 3.2 + step * n, y + 0.6, step - 0.5, 1.4, fill) for n, name in enumerate(names)),
    )  # fmt: skip


STACK = Diagram(
    26.0,
    11.4,
    (
        _row(0.3, "方案", "E2EFDA", ("手机银行助手", "信贷审查", "办公写作", "客服知识")),
        _row(3.1, "智能体", "FFF2CC", ("编排 Dify 1.7.2", "工具 64 个", "评测 Promptfoo", "提示词仓 GitLab")),
        _row(5.9, "中台", "DEEAF6", ("Higress 2.1.6 ×2", "标注平台 Label Studio", "特征与数据集仓", "审计 ClickHouse 24.8")),
        _row(8.7, "算力", "FCE4D6", ("推理池 64 卡", "训练池 16 卡", "开发池 8 卡", "热备 8 卡")),
    ),
)  # fmt: skip
