"""Two pictures: the layers, and the racks as delivered; what stands in the second stands nowhere else."""

from diagram import Arrow, Box, Diagram, Zone


def _rack(number: int, x: float, boxes: tuple[tuple[str, str], ...]) -> Zone:
    return Zone(
        f"B{number:02d} 柜", x, 0.4, 5.6, 9.6,
        tuple(Box(f"{number}-{n}", label, x + 0.4, 1.6 + 2.1 * n, 4.8, 1.7, fill) for n, (label, fill) in enumerate(boxes)),
    )  # fmt: skip


RACKS = Diagram(
    25.0,
    10.4,
    (
        _rack(11, 0.3, (("mz-npu-01 推理", "DEEAF6"), ("mz-npu-02 推理", "DEEAF6"), ("供电 11.5kW", "FFF2CC"))),
        _rack(12, 6.4, (("mz-npu-03 推理", "DEEAF6"), ("mz-npu-04 推理", "DEEAF6"), ("供电 11.5kW", "FFF2CC"))),
        _rack(13, 12.5, (("mz-npu-05\n0.6B 4卡＋热备 4卡", "E2EFDA"), ("mz-npu-06 训练（LoRA）", "FCE4D6"), ("供电 11.5kW", "FFF2CC"))),
        _rack(14, 18.6, (("mz-npu-07\n开发 vNPU 切片", "EDEDED"), ("RoCE 交换机 ×2\n64口 200GE", "D9D2E9"), ("供电 8kW", "FFF2CC"))),
    ),
)  # fmt: skip

LAYERS = Diagram(
    24.0,
    9.6,
    (
        Zone("应用", 0.3, 0.3, 23.4, 2.6, tuple(Box(f"a{n}", name, 1.0 + 5.6 * n, 1.2, 4.8, 1.2, "E2EFDA") for n, name in enumerate(("柜面助手", "信贷报告", "客服质检", "合规问答")))),
        Zone("服务", 0.3, 3.4, 23.4, 2.6, tuple(Box(f"s{n}", name, 1.0 + 5.6 * n, 4.3, 4.8, 1.2, "FFF2CC") for n, name in enumerate(("Kong 3.6 模型网关", "vLLM-Ascend 0.9.1", "bge-m3 检索", "Langfuse 2 调用审计")))),
        Zone("资源", 0.3, 6.5, 23.4, 2.6, tuple(Box(f"r{n}", name, 1.0 + 5.6 * n, 7.4, 4.8, 1.2) for n, name in enumerate(("Kubernetes 1.30", "HAMi vNPU 切片", "Atlas 800T A2 ×7", "Ceph 200TB")))),
    ),
    (),
    (Arrow("a0", "s0"), Arrow("s1", "r2")),
)  # fmt: skip
