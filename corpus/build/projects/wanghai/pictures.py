"""The two pictures of the design; what stands in them stands nowhere else."""

from diagram import Arrow, Box, Diagram, Zone

SITES = Diagram(
    27.0,
    11.0,
    (
        Zone("杭州滨江中心（主写 30 个单元）", 0.3, 2.6, 11.2, 8.0, (
            Box("ha", "座席应用 8 节点\nAICC-APP 4.6.2", 0.9, 3.8, 4.8, 1.5),
            Box("hm", "MySQL 8.0.32 MGR\n3 节点", 6.2, 3.8, 4.8, 1.5, "E2EFDA"),
            Box("he", "Elasticsearch 7.17.9\n6 数据节点", 6.2, 6.2, 4.8, 1.5, "E2EFDA"),
            Box("hr", "Redis 6.2 集群\n仅存本站会话", 0.9, 6.2, 4.8, 1.5),
            Box("hv", "VIP 10.36.8.20", 0.9, 8.6, 4.8, 1.3, "FFF2CC"),
        )),
        Zone("武汉光谷中心（主写 18 个单元）", 15.4, 2.6, 11.2, 8.0, (
            Box("wm", "MySQL 8.0.32 MGR\n3 节点", 16.0, 3.8, 4.8, 1.5, "E2EFDA"),
            Box("wa", "座席应用 8 节点\nAICC-APP 4.6.2", 21.3, 3.8, 4.8, 1.5),
            Box("we", "Elasticsearch 7.17.9\n6 数据节点 follower", 16.0, 6.2, 4.8, 1.5, "E2EFDA"),
            Box("wr", "Redis 6.2 集群\n仅存本站会话", 21.3, 6.2, 4.8, 1.5),
            Box("wv", "VIP 10.37.8.20", 21.3, 8.6, 4.8, 1.3, "FFF2CC"),
        )),
    ),
    (Box("gslb", "GSLB  健康检查间隔 3 秒，连续 5 次失败摘除", 8.0, 0.4, 11.0, 1.2, "FCE4D6"),),
    (
        Arrow("hm", "wm", "异步复制"), Arrow("he", "we", "单向 CCR"),
        Arrow("gslb", "ha"), Arrow("gslb", "wa"),
    ),
)  # fmt: skip

VOICE = Diagram(
    26.0,
    9.0,
    (
        Zone("运营商侧", 0.3, 0.4, 5.4, 8.2, (
            Box("num", "客服热线\n中继 96 条 E1 等效", 0.8, 2.2, 4.4, 1.5), Box("ctl", "话务控制台\n改路由生效 ≤90 秒", 0.8, 5.4, 4.4, 1.5),
        )),
        Zone("杭州", 8.2, 0.4, 8.2, 8.2, (
            Box("s1", "SBC ×3\n单台 900 路", 8.8, 2.2, 3.4, 1.5, "FFF2CC"), Box("m1", "媒体服务器 ×6\nG.711 转 Opus", 12.7, 2.2, 3.4, 1.5),
            Box("q1", "录音存储 120TB\n保留 36 个月", 10.6, 5.6, 4.2, 1.5, "E2EFDA"),
        )),
        Zone("武汉", 17.4, 0.4, 8.2, 8.2, (
            Box("s2", "SBC ×3\n单台 900 路", 18.0, 2.2, 3.4, 1.5, "FFF2CC"), Box("m2", "媒体服务器 ×5\nG.711 转 Opus", 21.9, 2.2, 3.4, 1.5),
            Box("q2", "录音存储 80TB\n保留 12 个月", 19.8, 5.6, 4.2, 1.5, "E2EFDA"),
        )),
    ),
    (),
    (Arrow("num", "s1"), Arrow("s1", "m1"), Arrow("s2", "m2"), Arrow("ctl", "num", "")),
)  # fmt: skip
