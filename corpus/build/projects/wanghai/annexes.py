"""What the design's later appendices list: ports, message fields, return codes, recovery drills of single parts."""

_PORTS = """
互联网 接入网关 443 TLS 在线渠道，经GSLB 每中心2个入口地址
运营商SIP SBC 5060-5061 SIP/TLS 热线信令 双中继
运营商媒体 SBC 20000-29999 SRTP 话音 按并发路数的2.2倍留端口
接入网关 座席应用 8080 HTTP 工作台 长连接，空闲120秒断
接入网关 会话服务 8081 HTTP 在线会话 长连接
座席客户端 座席应用 8443 WSS 签入、弹屏 心跳3秒
座席应用 会话服务 8081 HTTP 拉取未完成会话 连接池200
座席应用 工单服务 8082 HTTP 建单、流转 连接池120
会话服务 MySQL会话库 6446 MySQL 写，经MySQL-Router 连接池300
会话服务 Redis 6379 RESP 会话状态 连接池256
会话服务 Kafka 9092 SASL 消息与事件 批量16KB
会话服务 Elasticsearch 9200 HTTP 检索 超时800毫秒
工单服务 MySQL工单库 6446 MySQL 写 连接池180
工单服务 行内流程平台 1414 MQ 派发与回执 双队列管理器
语音导航 核心 8443 HTTPS 余额、挂失 熔断阈值50%
在线机器人 知识库 8085 HTTP 检索 超时600毫秒
智能质检 录音服务 8086 HTTP 调听 每分钟600次
录音服务 对象存储 9000 S3 录音写入 分片8MB
录音服务 对端对象存储 9000 S3 夜间复制 限1.5Gbps
全部应用 Nacos 8848 HTTP 配置 长轮询30秒
全部应用 etcd 2379 gRPC 单元归属 watch
切换平台 etcd 2379 gRPC 写令牌吊销 客户端证书
切换平台 MySQL 3306 MySQL 提升、锁账号 专用账号
切换平台 运营商话务控制台 443 HTTPS 路由变更 每分钟最多2次
监控平台 全部主机 9100 HTTP 采集 15秒一次
堡垒机 全部主机 22 SSH 运维 录屏
"""
_FIELDS = """
IF-03 chatId C32 是 站点位＋单元＋时间＋流水
IF-03 channel C2 是 01网银，02手机银行，03公众号，04网页
IF-03 custNo C16 否 未登录时为空
IF-03 tail C4 是 手机号或客户号后四位，用于算单元
IF-03 firstText C2000 否 首句，超长截断
IF-03 lang C5 否 缺省zh-CN
IF-06 reqNo C32 是 幂等键，座席端生成
IF-06 chatId C32 否 电话工单填callId
IF-06 bizType C6 是 六位业务码，前两位为大类
IF-06 level N1 是 1特急，2加急，3普通
IF-06 content C4000 是 敏感字段在提交前掩码
IF-06 attach 数组 否 不超过5个，单个10MB
IF-06 agentId C8 是 工号
IF-10 reqNo C32 是 幂等键
IF-10 cardTail C4 是 卡号后四位
IF-10 verify C64 是 声纹或密码校验流水
IF-10 scope N1 是 1单卡，2名下全部
IF-12 callId C32 是 与录音文件名一致
IF-12 begin 时间 是 毫秒，本站NTP
IF-12 path C200 是 对象存储路径，含站点
IF-12 md5 C32 是 复制后比对
IF-20 taskId C24 是 切换平台生成
IF-20 group C16 是 号段组
IF-20 target C2 是 HZ或WH
IF-20 operatorA C8 是 切换员A工号
IF-20 operatorB C8 是 切换员B工号，不得与A相同
IF-20 orderId C20 是 切换令编号
"""
_CODES = """
5001 参数缺失 补齐后重发
5002 单元号无法计算 转人工核对客户号
5003 幂等键重复且内容不同 换键并留痕
5011 客户不存在 提示核对
5012 工单状态不允许流转 刷新后重试
5013 附件超限 压缩或分单
5021 下游超时 查询结果，不得直接重发
5022 下游熔断 按降级话术
5023 队列已满 提示系统繁忙
5024 检索降级 只返回关键词结果
5033 配置库只读 等待提升完成
5041 座席未签入 重签
5042 签入冲突 强制另一端下线
5051 时间偏差过大 校时，停止写入
"""
_DRILLS = """
单台会话服务重启 15分钟 摘除、等待连接排空、重启、放流量 座席无感，未提交小结不丢
单台SBC下线 20分钟 停新呼、等在途结束、关机 在途通话不中断
MySQL单节点重建 3小时 克隆插件、追平、加入MGR 写入不停
Redis单分片主从互换 5分钟 手工failover 命中率短时下降
Kafka单机换盘 2小时 限速重分配，50MB/秒 无未同步副本
ES单节点换盘 4小时 排除节点、迁移分片、换盘、回迁 检索P95不超过1.5秒
Nacos单节点升级 30分钟 逐台滚动 配置推送不中断
etcd单节点重建 30分钟 移除成员、清目录、加入 租约不失效
证书更换 1小时 先加新证书、灰度、撤旧 无握手失败
录音复制补传 按量 指定日期重跑 MD5全部一致
"""


def _rows(text: str) -> list[tuple[str, ...]]:
    return [tuple(line.split(" ")) for line in text.split("\n") if line]


ANNEXES = {"ports": _rows(_PORTS), "fields": _rows(_FIELDS), "codes": _rows(_CODES), "drills": _rows(_DRILLS)}
