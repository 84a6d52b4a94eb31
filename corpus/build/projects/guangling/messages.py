"""The old engine's messages (2009): function number, name, direction, frequency, fields (name, type, length, meaning)."""

_TEXT = """
1001 客户登录 柜台→引擎 每日约9千
cust_no C 12 客户号;pwd_digest C 32 口令摘要MD5;term_type N 1 终端：1柜台2网上3电话;term_ip C 15 终端地址;ver C 8 客户端版本;mac C 12 网卡号
1002 客户签退 柜台→引擎 每日约9千
cust_no C 12 客户号;reason N 1 0正常1超时2强制;online_sec N 8 在线秒数
1101 报单 前置→引擎 峰值3,800笔/秒
order_ref N 10 前置流水;cust_no C 12 客户号;inst C 8 合约;bs N 1 0买1卖;oc N 1 0开1平2平今;qty N 6 手数;price N 11.4 限价;hedge N 1 0投机1套保;seat C 6 席位;recv_us N 16 前置收到时刻（微秒）
1102 报单应答 引擎→前置 同1101
order_ref N 10 前置流水;risk_code N 4 0通过，其余见附录;frozen N 15.2 冻结保证金;engine_us N 16 引擎完成时刻
1103 撤单 前置→引擎 峰值2,100笔/秒
order_ref N 10 原流水;cust_no C 12 客户号;exch_no C 20 交易所编号
1104 成交回报 席位→引擎 峰值5,200笔/秒
exch_no C 20 交易所编号;trade_no C 20 成交编号;qty N 6 手数;price N 11.4 成交价;trade_us N 16 成交时刻
1105 组合申报 柜台→引擎 每日约400
comb_inst C 20 组合合约;qty N 6 组数;dir N 1 0组合1拆分
1201 持仓查询 柜台→引擎 每日约22万
cust_no C 12 客户号;inst C 8 合约，空为全部;with_today N 1 是否含今仓
1202 持仓应答 引擎→柜台 同1201
inst C 8 合约;long_qty N 8 多仓;short_qty N 8 空仓;long_today N 8 多今仓;margin N 15.2 占用保证金;float_pl N 15.2 浮动盈亏
1301 资金查询 柜台→引擎 每日约31万
cust_no C 12 客户号;ccy C 3 币种
1302 资金应答 引擎→柜台 同1301
balance N 15.2 静态权益;avail N 15.2 可用;frozen N 15.2 冻结;risk_deg N 6.2 风险度（%）;credit N 15.2 授信
1303 出入金通知 银期→引擎 每日约6千
serial C 20 银行流水;cust_no C 12 客户号;dir N 1 0入1出;amt N 15.2 金额;bank C 4 银行代码
1401 风险度推送 引擎→风控台 每3秒一批
batch N 10 批号;cust_no C 12 客户号;risk_deg N 6.2 风险度;level N 1 0正常1关注2追加3强平;call_amt N 15.2 应追加
1402 强平建议 引擎→风控台 不定
cust_no C 12 客户号;inst C 8 合约;qty N 6 建议手数;basis N 1 1按亏损2按流动性;expire_s N 4 建议有效秒数，缺省180
1403 限额变更 风控台→引擎 每日约150
scope N 1 0全市场1产品2客户;key C 12 对象;max_open N 8 日内开仓上限;max_pos N 8 持仓上限;oper C 8 操作员;checker C 8 复核员
1501 行情快照 行情→引擎 每500毫秒
inst C 8 合约;last N 11.4 最新价;bid1 N 11.4 买一;ask1 N 11.4 卖一;vol N 10 成交量;oi N 10 持仓量;limit_up N 11.4 涨停;limit_dn N 11.4 跌停
1502 结算价 行情→引擎 每日15:20
inst C 8 合约;settle N 11.4 结算价;delta N 8.6 期权Delta
1601 日终开始 结算→引擎 每日1
trade_day C 8 交易日;mode N 1 0正常1重算
1602 日终结果 引擎→结算 每日1
trade_day C 8 交易日;cust_cnt N 8 客户数;fail_cnt N 6 失败数;sum_margin N 18.2 保证金合计
1701 参数下发 管理台→全部 不定
param C 24 参数名;old_val C 40 旧值;new_val C 40 新值;effect N 1 0立即1次日
1702 心跳 全部→守护 每2秒
proc C 16 进程名;pid N 8 进程号;mem_kb N 10 内存;queue N 8 队列深度
1801 应急停单 风控台→引擎 不定
scope N 1 0全部1席位2客户;key C 12 对象;oper C 8 操作员;memo C 60 原因
1901 灾备位点 引擎→备机 每秒
log_seq N 12 日志序号;byte_pos N 14 偏移;crc N 10 校验
"""


def _messages() -> list[tuple[str, str, str, str, list[list[str]]]]:
    lines = [line for line in _TEXT.split("\n") if line]
    made = []
    for head, fields in zip(lines[::2], lines[1::2], strict=True):
        number, name, way, often = head.split(" ", 3)
        made.append((number, name, way, often, [field.split(" ", 3) for field in fields.split(";")]))
    return made


MESSAGES = _messages()
