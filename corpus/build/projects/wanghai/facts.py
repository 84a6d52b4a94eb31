"""What all documents of the project share. `old` is the design V1.0, `new` V2.0; only `new` holds today."""

from projects.wanghai.annexes import ANNEXES
from projects.wanghai.pictures import SITES, VOICE
from projects.wanghai.topics import TOPICS

PICTURES = {"sites": SITES, "voice": VOICE}

_OLD = {
    "version": "V1.0",
    "date": "2025-06-20",
    "units": 32,
    "hz": 16,
    "wh": 16,
    "share": "50:50",
    "rpo": "≤1秒",
    "rto": 30,
    "mysql": "跨站MGR（组复制，多数派跨两站）",
    "es": "每日快照加增量恢复",
    "es_nodes": 4,
    "calls_hz": "1,430",
    "calls_wh": "1,430",
}
_NEW = {
    "version": "V2.0",
    "date": "2025-09-12",
    "units": 48,
    "hz": 30,
    "wh": 18,
    "share": "62.5:37.5",
    "rpo": "≤15秒",
    "rto": 20,
    "mysql": "站内MGR、跨站异步复制",
    "es": "单向CCR（杭州→武汉）",
    "es_nodes": 6,
    "calls_hz": "1,790",
    "calls_wh": "1,070",
}
FACTS = {
    "project": "望海银行智能客服双活项目",
    "customer": "望海银行",
    "code": "双帆",
    "old": _OLD,
    "new": _NEW,
    "first": "苏景澄",
    "second": "叶知秋",
    "third": "傅云舟",
    "manager": "江若渝",
    "dba": "章以安",
    "head": "石敬之",
    "bank_dba": "冯念真",
    "net": "郭子岳",
    "desk": "罗曼秋",
    "rtt": "14毫秒",
    "calls": "2,860",
    "drill1": {"date": "2026-01-10", "rto": "24分05秒"},
    "drill2": {
        "date": "2026-01-24",
        "wrong": "2026-01-23",
        "rto": "17分26秒",
        "lost": 112,
        "span": "6.8秒",
        "auto": 109,
        "hand": 3,
    },
    "stages": [  # minutes; they add up to the RTO of V2.0
        ("故障检测与告警收敛", 2, "1分48秒"),
        ("人工决策与切换令", 5, "4分10秒"),
        ("数据库提升", 4, "3分32秒"),
        ("应用与缓存切换", 5, "4分41秒"),
        ("话务路由切换", 3, "2分35秒"),
        ("业务验证", 1, "0分40秒"),
    ],
    "hosts": [  # role, per site, cores, memory GB, disk GB
        ("接入网关 Nginx", "gw", 4, 16, 32, 200),
        ("语音网关 SBC", "sbc", 3, 16, 64, 500),
        ("座席应用", "app", 8, 16, 64, 300),
        ("会话服务", "im", 6, 16, 64, 300),
        ("MySQL MGR", "db", 3, 32, 256, 4000),
        ("Elasticsearch 数据", "es", 6, 32, 128, 6000),
        ("Redis 集群", "rds", 6, 16, 128, 200),
        ("Kafka", "kfk", 3, 16, 64, 4000),
        ("Nacos/etcd", "reg", 3, 8, 16, 100),
        ("监控与切换平台", "ops", 2, 16, 64, 1000),
    ],
    "topics": TOPICS,
    **ANNEXES,
}
