"""Texts on which a converted model is held against its original: words and codes, short, long and overlong."""

_SENTENCES = (
    "客服平台采用双活架构，北京与厦门两个数据中心同时对外提供服务。",
    "MySQL 通过半同步复制写入同城备库，跨城由 binlog 订阅异步同步，RPO 不超过 5 秒，RTO 不超过 10 分钟。",
    "Elasticsearch 使用跨集群复制（CCR），异地索引延迟在 30 秒以内，切换前须核对文档数。",
    "算力评估：按 32B 模型 FP16 推理、200 路并发、首字时延 2 秒测算，需 Ascend 910B3 共 74 张。",
    "IM 消息冷热分离共迁移 512 万行历史数据，迁移后按日期分片逐批校验行数与摘要。",
    "本项目交接给运维二部张工，未完事项包括慢 SQL 治理、坐席卡顿复盘与春节保障演练。",
    "信创改造清单按 2509 版本统计：芯片为鲲鹏 920，操作系统为麒麟 V10，数据库为达梦 8。",
    "知识工程 POC 的工作量评估为 46 人天，其中数据处理 18 人天、评测 12 人天、定制开发 16 人天。",
    "容灾演练步骤：先冻结写入，再校验数据一致性，随后切换域名解析，最后逐项回归业务。",
    "型号：910B3；张数：74；用途：推理；机房：亦庄；交付时间：2025-09-30",
    "第三章 总体架构设计 › 3.2 数据同步方案",
    "双活是怎么设计的？",
    "这个功能的报价是多少？",
    "哪些项目用过跨集群复制？",
    "RPO/RTO",
    "天气预报说明天下午有小雨，出门请带伞。",
    "The agent platform exposes an OpenAI-compatible endpoint behind the API gateway.",
    "",
)

CHECK_TEXTS = (*_SENTENCES, "\n".join(_SENTENCES[:9]), "".join(_SENTENCES) * 3)
"""The last one is longer than 512 tokens, so that both sides must cut it at the same place."""
