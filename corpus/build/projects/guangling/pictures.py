"""The target's logical view; its latency budget stands only here."""

from diagram import Arrow, Box, Diagram, Zone

LOGICAL = Diagram(
    26.0,
    10.0,
    (
        Zone("交易链路（海光 7380，绑核）", 0.3, 0.4, 16.4, 4.4, (
            Box("front", "报单前置\n预算 0.5 ms", 0.9, 1.9, 4.2, 1.6), Box("risk", "事前风控\n预算 1.1 ms", 6.3, 1.9, 4.2, 1.6, "FFF2CC"),
            Box("seat", "席位网关\n预算 0.4 ms", 11.7, 1.9, 4.2, 1.6),
        )),
        Zone("准实时", 0.3, 5.4, 16.4, 4.2, (
            Box("margin", "实时保证金\n每 3 秒一轮", 0.9, 6.9, 4.2, 1.6), Box("md", "行情快照\n共享内存 8GB", 6.3, 6.9, 4.2, 1.6), Box("flat", "强平建议\n人工确认", 11.7, 6.9, 4.2, 1.6),
        )),
        Zone("数据（鲲鹏 920）", 17.4, 0.4, 8.3, 9.2, (
            Box("ob", "OceanBase 4.2.1\n交易库 3-3-3", 18.2, 1.9, 6.6, 1.6, "E2EFDA"), Box("kb", "KingbaseES V8R6\n历史库 主备", 18.2, 4.6, 6.6, 1.6, "E2EFDA"),
            Box("set", "日终结算\n目标 70 分钟", 18.2, 7.3, 6.6, 1.6),
        )),
    ),
    (),
    (Arrow("front", "risk"), Arrow("risk", "seat"), Arrow("md", "margin"), Arrow("risk", "ob", dashed=True), Arrow("ob", "kb", "T+1 归档")),
)  # fmt: skip
