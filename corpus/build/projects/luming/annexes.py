"""What the design's later appendices list: network segments, ports, the systems behind the tools, acceptance cases."""

from collections import Counter

from projects.luming.registers import TOOLS

SEGMENTS = [  # name, network, what it carries, speed, remark
    ("业务接入", "10.58.10.0/24", "双VIP、F5", "2×25GE", "各业务系统只能到443端口"),
    ("算力参数面", "10.58.40.0/23", "NPU之间的RoCE", "8×200GE/机", "不出机房，不设网关"),
    ("算力业务面", "10.58.20.0/24", "推理与训练主机", "2×25GE", "见表D-1"),
    ("中台", "10.58.30.0/24", "网关、编排、资产、审计", "2×25GE", "见表D-1"),
    ("存储", "10.58.50.0/24", "OceanStor Pacific 9520", "4×100GE", "NFS与S3两种协议"),
    ("带外管理", "10.58.60.0/24", "BMC、交换机管理口", "1GE", "只允许堡垒机进入"),
]

_PORTS = """
业务系统 网关VIP 443 HTTPS 对话、向量、重排 长连接
F5 网关 8080 HTTP 转发到Higress 长连接
F5 网关 8021 HTTP 健康检查/healthz 短连接
网关 推理主机 9000-9015 HTTP 32B与14B实例，每实例一口 长连接
网关 Dify 5001 HTTP 编排入口 长连接
网关 Redis 6379 RESP 限流计数 长连接
网关 Kafka 9093 SASL_SSL 审计与计量事件 长连接
Dify 网关 8080 HTTP 模型调用必须回到网关 长连接
Dify OceanBase 2881 MySQL 编排元数据 连接池40
Dify 工具代理 8090 HTTPS 64个工具统一出口 短连接
工具代理 业务系统 443 HTTPS 见表I-1 短连接
资产仓 OceanBase 2881 MySQL 资产与版本 连接池60
资产仓 GitLab 443 HTTPS 提示词仓 短连接
标注平台 存储 2049 NFS 样本 长连接
标注平台 OceanBase 2881 MySQL 标注任务 连接池20
Kafka 审计ClickHouse 9440 TLS 审计入库 长连接
Kafka OceanBase 2881 MySQL 计量汇总，每5分钟一批 连接池10
审计ClickHouse 存储 443 S3 冷存归档，每日2:00 短连接
审计页面 审计ClickHouse 8443 HTTPS 内审检索 短连接
控制面 推理主机 10250 HTTPS kubelet 长连接
控制面 推理主机 6443 HTTPS API 长连接
Volcano 控制面 6443 HTTPS 队列与抢占 长连接
推理主机 存储 2049 NFS 权重只读挂载 长连接
训练主机 存储 2049 NFS 样本与检查点 长连接
训练主机 训练主机 29500 TCP 参数面之外的控制信道 长连接
监控 全部主机 9100 HTTP 主机指标，15秒一次 短连接
监控 推理主机 8082 HTTP NPU指标，15秒一次 短连接
监控 行内集中告警 162 SNMP 严重级告警 短连接
堡垒机 全部主机 22 SSH 运维 录屏
堡垒机 带外管理 443 HTTPS BMC 录屏
"""
PORTS = [tuple(line.split(" ")) for line in _PORTS.split("\n") if line]

_SYSTEMS = """
客户中台 gRPC 800 60 主备双地址 字段级返回，不含证件号
核心 HTTP 1500 45 经ESB 只读交易码，单客户每分钟6次
产品中心 HTTP 500 120 主备双地址 可缓存10分钟
CTI WebSocket 1000 20 经客服平台 转人工排队号回传
外部数据 HTTPS 5000 12 经外联区代理 工商、司法、环保分开计费
影像平台 HTTP 15000 4 异步回调 单份财报不超过80页
信贷系统 HTTP 2000 25 经ESB 写操作须带复核人
OA HTTP 800 40 主备双地址 按登录人权限返回
知识库 HTTP 600 150 本项目自建 检索返回前8条
客服平台 HTTP 1500 30 主备双地址 工单创建须确认
渠道 HTTP 500 60 主备双地址 网点数据每日6:00更新
信用卡 HTTP 1500 20 经ESB 账单只返回近3期
财富系统 HTTP 1500 15 经ESB 不返回收益预测字段
资金系统 HTTP 800 10 主备双地址 牌价每日9:30后可用
权益平台 HTTP 800 20 主备双地址 只查不发
消息平台 HTTP 1000 15 主备双地址 模板须先备案
图平台 gRPC 3000 6 单地址 两度以内
押品系统 HTTP 2000 6 经ESB 估值日期随结果返回
税务接口 HTTPS 5000 5 经外联区代理 每户每日3次
研报库 HTTP 1500 8 单地址 仅内网研报
风控平台 HTTP 1000 20 主备双地址 预警等级四档
关联交易 HTTP 2000 5 单地址 需二次鉴权
会议系统 HTTP 2000 5 单地址 只读已定稿纪要
校对服务 HTTP 1000 30 本项目自建 敏感词库每周一更新
财务系统 HTTP 2000 4 经ESB 仅预算科目
法务系统 HTTP 1500 6 单地址 模板附版本号
翻译服务 HTTP 2000 10 本项目自建 中英互译
报表平台 HTTP 5000 4 单地址 返回图片与数据两份
运维平台 HTTP 800 5 单地址 公告只读
质检平台 HTTP 1500 8 主备双地址 T+1标签
"""
_USES = Counter(tool[2] for tool in TOOLS)
SYSTEMS = [(*line.split(" "), _USES[line.split(" ")[0]]) for line in _SYSTEMS.split("\n") if line]
if sum(row[-1] for row in SYSTEMS) != len(TOOLS):
    raise ValueError("the systems do not cover the tools")

_CASES = """
网关 两台版本与策略一致 比对配置摘要 完全相同
网关 单请求输入24K边界 24,000与24,001各100次 前者全过，后者全部4131
网关 租户突发2倍30秒 压测一个租户 第31秒起出现4291
网关 额度用尽 把额度改为1单元 转4292，进低优先级队列
网关 首字超时 上游挂起16秒 返回5041
网关 提示词灰度5% 发1万次 新版本占比4%至6%
网关 红线输入 14条各20题 命中率100%，返回4511
网关 红线误拦 正常题600题 误拦不超过3题
网关 正文不落盘 抓取磁盘与日志 没有正文
网关 8,000并发长连接 持续30分钟 5xx低于0.5%
推理 32B首字P95 按表4-1并发 不超过2.0秒
推理 14B首字P95 90路 不超过1.2秒
推理 实例自愈 杀一个实例 6分钟内恢复副本数
推理 借训练池8卡 工作日压测 扩到预定副本，20:05自动回收
推理 权重校验 改动一个权重文件 拒绝启动
训练 SFT单轮 16卡全量样本 不超过20小时
训练 断点续训 第1轮中止一次 从最近检查点继续
训练 4级数据拦截 放入带4级标记的样本 入仓被拒
资产 没有评测集 发布提示词 被拒
资产 低于基线2分 发布提示词 被拒
资产 复审到期 把复审日改到昨天 自动停用并通知责任人
资产 离职移交 停用责任人账号 名下资产冻结
工具 写操作确认 调用写审查意见 没有人工确认不执行
工具 幂等 同一请求号重复5次 只执行1次
工具 数据级别 3级工具给2级场景 返回4031
智能体 手机银行助手 420题 不低于88.0
智能体 信贷审查 180题 不低于84.0
智能体 办公写作 150题 不低于84.0
智能体 客服知识 360题 不低于90.0
审计 留痕完整 抽1,000次调用 21个字段齐全
审计 检索留痕 内审员查10次 10条检索记录
审计 热转冷 把时间拨到第91天 可查，标注“冷存”
计量 单元核对 2卡跑3小时 记3单元
计量 部门汇总 抽5个部门 与明细相差0
安全 硬编码扫描 埋5处客户号 全部检出
安全 角色越权 运维改提示词 被拒并留痕
运维 卡故障 隔离一张卡 热备顶替，业务不中断
运维 回退 发布后指标越线 10分钟内回退
"""
CASES = [(f"AC-{n:02d}", *line.split(" ")) for n, line in enumerate((x for x in _CASES.split("\n") if x), 1)]

ANNEXES = {"segments": SEGMENTS, "ports": PORTS, "systems": SYSTEMS, "cases": CASES}
