"""The 47 modules of the old engine: code, name, language, thousand lines, fate (保留 / 重写 / 下线), owner."""

_ROWS = """
ACC01 账户主数据 PL/SQL 18.2 重写 尉迟衡
ACC02 客户风险等级 PL/SQL 9.6 重写 尉迟衡
ACC03 出入金校验 C++ 12.4 保留 尉迟衡
ACC04 冻结与解冻 PL/SQL 7.1 重写 尉迟衡
ACC05 休眠账户清理 Shell 1.3 下线 尉迟衡
MKT01 行情接入（UDP） C++ 31.5 保留 慕容川
MKT02 行情快照 C++ 14.8 保留 慕容川
MKT03 行情回放 C++ 8.9 保留 慕容川
MKT04 传真行情录入 VB6 11.2 下线 慕容川
MKT05 主力合约切换 C++ 5.7 保留 慕容川
ORD01 报单前置 C++ 42.6 保留 慕容川
ORD02 撤单处理 C++ 16.3 保留 慕容川
ORD03 组合保证金优惠 C++ 27.9 保留 戚长风
ORD04 程序化报备 C++ 9.4 保留 戚长风
ORD05 电话委托台 VB6 22.8 下线 慕容川
ORD06 报单流控 C++ 6.2 保留 慕容川
RSK01 事前风控引擎 C++ 58.7 保留 戚长风
RSK02 实时保证金 C++ 46.1 保留 戚长风
RSK03 强平建议 C++ 21.5 保留 戚长风
RSK04 盘后压力测试 PL/SQL 33.4 重写 戚长风
RSK05 持仓限额 C++ 13.8 保留 戚长风
RSK06 大户报告 PL/SQL 10.9 重写 戚长风
RSK07 风控参数台 VB6 28.3 重写 戚长风
RSK08 自成交检查 C++ 7.5 保留 戚长风
RSK09 旧版短信预警 Shell 2.1 下线 戚长风
SET01 日终结算 PL/SQL 61.2 重写 公孙素
SET02 手续费 PL/SQL 15.5 重写 公孙素
SET03 交割 PL/SQL 19.7 重写 公孙素
SET04 结算文件解析 C++ 12.6 保留 公孙素
SET05 对账 PL/SQL 17.3 重写 公孙素
SET06 账单打印 VB6 16.9 下线 公孙素
SET07 期权行权 PL/SQL 14.1 重写 公孙素
RPT01 监管报送 PL/SQL 24.8 重写 公孙素
RPT02 经营日报 PL/SQL 11.6 下线 公孙素
RPT03 客户权益表 PL/SQL 13.3 重写 公孙素
RPT04 Excel宏报表 VBA 6.8 下线 公孙素
RPT05 审计留痕 C++ 8.1 保留 尉迟衡
ITF01 银期转账 C++ 19.9 保留 尉迟衡
ITF02 交易所席位网关 C++ 26.4 保留 慕容川
ITF03 网上开户 Java 12.9 下线 尉迟衡
ITF04 短信网关（旧） C++ 3.4 下线 尉迟衡
ITF05 CRM同步 Java 7.7 重写 尉迟衡
OPS01 进程守护 Shell 4.6 下线 慕容川
OPS02 日志清理 Shell 1.8 下线 慕容川
OPS03 参数下发 C++ 9.2 保留 慕容川
OPS04 灾备同步脚本 Shell 5.1 下线 慕容川
OPS05 时间同步监测 C++ 2.9 保留 慕容川
"""
MODULES = [
    tuple(line.split(" ", 2)[:1]) + tuple(line.split(" ", 1)[1].rsplit(" ", 4)) for line in _ROWS.split("\n") if line
]
MODULES = [(code, name, language, float(size), fate, owner) for code, name, language, size, fate, owner in MODULES]
