"""Statements said otherwise, and made false, by rule: what a checker of claims must accept and must not."""

import re
from collections.abc import Iterator, Sequence


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((old, new) for old, _, new in (pair.partition("→") for pair in text.split()))


_FULL_WIDTH = str.maketrans({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
_SAME = (
    (r"(?<![\d分.,])(\d+(?:\.\d+)?)\s?秒", lambda m: f"{_plain(float(m[1]) * 1000)}毫秒"),
    (r"(?<![\d.])(\d+(?:\.\d+)?)\s?分钟", lambda m: f"{_plain(float(m[1]) * 60)}秒"),
    (r"(\d+(?:\.\d+)?)\s?小时", lambda m: f"{_plain(float(m[1]) * 60)}分钟"),
    (r"(\d+(?:\.\d+)?)\s?毫秒", lambda m: f"{m[1]} ms"),
    (r"(\d+(?:\.\d+)?)万", lambda m: f"{float(m[1]) * 10000:,.0f}"),
    (r"(\d+(?:\.\d+)?)%", lambda m: f"百分之{m[1]}"),
    (r"(?<![\d,])(\d{1,3}(?:,\d{3})+)", lambda m: m[1].replace(",", "")),
    (r"(\d{4})-(\d\d)-(\d\d)", lambda m: f"{m[1]}年{int(m[2])}月{int(m[3])}日"),
    (r"≤\s?", "不超过"),
    (r"不超过\s?", "≤"),
)
_OTHER_UNIT = (
    (r"毫秒", "秒"),
    (r"(?<!毫)秒", "分钟"),
    (r"分钟", "小时"),
    (r"小时", "分钟"),
    (r"(?<=\d)\s?GB", "TB"),
    (r"(?<=\d)\s?TB", "GB"),
    (r"(?<=\d)\s?[卡张](?!表)", "台"),
    (r"(?<=\d)\s?台", "张"),
    (r"%", "‰"),
    (r"(?<=\d)万", "亿"),
    (r"人天", "人月"),
    (r"(?<=\d)\s?天", "个月"),
    (r"(?<=\d)\s?ms", "s"),
    (r"个工作日", "个月"),
)
_COMPARED = _pairs(
    "不超过→不低于 不低于→不超过 ≤→≥ ≥→≤ 大于→小于 超过→低于 低于→高于 高于→低于 以上→以下 以内→以上 "
    "至少→最多 最多→至少 >→< 不到→超过"
)
_SCOPES = _pairs(
    "冷库→热库 热库→冷库 冷数据→热数据 半同步→异步 异步→半同步 主写→只读 只读→主写 计划→实际 实际→计划 "
    "之前→之后 之后→之前 推理→训练 训练→推理 离线→在线 在线→离线 接收人→移交人 双写→单写 双向→单向 "
    "人工→自动 自动→人工 平均→P95 生产→灾备 下线→保留 保留→下线 增加→减少 升到→降到 升至→降至 降至→升至 "
    "减到→增到 降到→升到 第一次→第二次 第二次→第一次 站内→跨站"
)
_DENIED = _pairs(
    "不做→做 不得→可以 未达标→达标 不接受→接受 没有→有 不采用→采用 不同意→同意 不影响→影响 "
    "不受影响→受影响 未签→已签 达标→未达标 采用→未采用 负责→不负责 需要→不需要 支持→不支持 接手→未接手 "
    "已→未 漏了→没有漏 占满→没有占满 要多占→不会多占 须→无须 可重试→不可重试 建议→不建议 放不下→放得下 "
    "改为→没有改为 继续→不继续 停止→不停止"
)
_CONTRARY = _pairs(
    "同城→异地 异地→同城 全部→部分 部分→全部 所有→部分 必须→可以 可以→必须 应当→不必 允许→禁止 禁止→允许 之前→之后 "
    "之后→之前 以前→以后 事前→事后 上线前→上线后 增→减 减→增 扩容→缩容 上升→下降 提高→降低 降低→提高 最大→最小 "
    "最小→最大 最高→最低 最多→最少 最早→最晚 首批→末批 首次→末次 第一→第二 前端→后端 后端→前端 上游→下游 源端→目标端 "
    "内部→外部 外部→内部 内网→外网 外网→内网 甲方→乙方 我方→客户 客户→我方 厂商→客户 自研→外购 开源→商业 国产→进口 "
    "串行→并行 并行→串行 同步→异步 集中→分散 统一→分别 定期→临时 实时→离线 静态→动态 手工→自动 物理→逻辑 硬件→软件 "
    "软件→硬件 启用→停用 开启→关闭 关闭→开启 启动→停止 开始→结束 接入→退出 白天→夜间 夜间→白天 夜→日 每日→每周 "
    "每周→每月 每天→每周 每月→每周 工作日→节假日 新→旧 旧→新 长→短 快→慢 高→低 低→高 大→小 多→少 少→多 前→后 "
    "后→前 上→下 内→外 入→出 读→写 写→读 主→备 备→主 冷→热 热→冷 单→双 双→单 左→右 东→西 南→北 早→晚 先→后 有→无"
)
"""Words of the general language and their contraries; single characters last, since most stand in longer words."""

_CONTRADICTED = _pairs(
    "已完成→未完成 未完成→已完成 未解决→已解决 已解决→未解决 未达→已达 未通过→已通过 尚未→已经 仍未→已经 未→已 已→未 "
    "必须→不必 应→不应 不应→应 不要→要 不能→能 不会→会 不是→是 不再→仍 无需→需要 无法→能够 无→有 没→已 不→会 "
    "可以→不可以 能够→不能 需要→不需要 会→不会 仍→不再 是→不是 完成→未完成 通过→未通过 包含→不包含 包括→不包括 "
    "使用→不使用 保留→不保留 允许→不允许 影响→不影响 满足→不满足 采用→不采用 同意→不同意 属于→不属于 恢复→未恢复 "
    "执行→不执行 生效→未生效 确认→未确认 签署→未签署 提交→未提交 到货→未到货 上线→未上线 迁移→未迁移 验收→未验收"
)
_IN_A_LONGER_WORD = re.compile(
    r"不(?:超|低|高|少|大|小|足|同|仅|断|只|管|论|间断)|未来|无论|无线|会(?:话|议|员|签|影)|是否|应(?:用|急|答|付)|有(?:限|关|效)"
    r"|已(?:经|知)|需要|没有"
)

_BOUNDS_A_NUMBER = re.compile(r"(?:不低于|不超过|[≤≥<>]|[大小]于|超过|[低高]于|至少|最多)\s?\d|\d.{0,3}以[上下内]")
"""达不到目标 has no bound to turn round, nor has 16个最多 at a sentence's end."""

_TWICE = re.compile(r"未未|不不")
"""A denial of a denial, which nobody writes."""

_ABSENT = ("合同金额", "违约金", "质保期", "折扣率", "整机功耗", "采购单价", "人员离职率", "专利数量")


def said_otherwise(text: str) -> Iterator[tuple[str, str]]:
    """The same statement with another width, other units, its clauses in another order: kind and words."""
    if re.search(r"[0-9A-Za-z]", text):
        yield "width", text.translate(_FULL_WIDTH)
    for pattern, new in _SAME:
        other = re.sub(pattern, new, text)
        if other != text:
            yield "unit rewritten", other
            break
    pieces = text.rstrip("。").split("，")
    if len(pieces) > 1:
        yield "order", "，".join(reversed(pieces))


def made_false(text: str, source: str) -> Iterator[tuple[str, str]]:
    """The statement with one thing changed that its `source` does not say so: kind and words."""
    for kind, changes in (
        ("figure", _other_digits(text)),
        ("unit", _replaced(text, _OTHER_UNIT)),
        ("code", _other_codes(text)),
        ("date", _other_dates(text)),
        ("comparison", (one for one in _swapped(text, _COMPARED) if _BOUNDS_A_NUMBER.search(one[1]))),
        ("scope", _swapped(text, _SCOPES)),
        ("negation", _swapped(text, _DENIED)),
        ("contrary", _swapped(text, _CONTRARY)),
        ("contradicted", (one for one in _swapped(text, _CONTRADICTED) if not _IN_A_LONGER_WORD.search(text))),
        ("absent attribute", _absent(text)),
    ):
        for changed, new in changes:
            if changed != text and not _stands(new, source) and not _TWICE.search(changed):
                yield kind, changed
                break


def _other_digits(text: str) -> Iterator[tuple[str, str]]:
    for match in re.finditer(r"(?<![A-Za-z0-9.\-/:])\d[\d,]*(?:\.\d+)?(?![\d:]|\s?[-/年月]\d|\s?[年月])", text):
        for at in range(len(match.group()) - 1, -1, -1):
            digit = match.group()[at]
            if digit.isdigit() and not (at == 0 and digit == "9"):
                new = match.group()[:at] + str((int(digit) + 1) % 10) + match.group()[at + 1 :]
                yield text[: match.start()] + new + text[match.end() :], new


def _other_codes(text: str) -> Iterator[tuple[str, str]]:
    for match in re.finditer(r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9._-]*\d|(?<![A-Za-z0-9.])\d+[A-Z]\d", text):
        code = match.group()
        new = code[:-1] + str((int(code[-1]) + 1) % 10)
        yield text[: match.start()] + new + text[match.end() :], new


def _other_dates(text: str) -> Iterator[tuple[str, str]]:
    for match in re.finditer(r"(\d{4}-\d\d-)(\d\d)|(\d{1,2}月)(\d{1,2})(?=日|号|—)|(\d{4}年)(\d{1,2})(?=月|$)", text):
        head, last = next((match[at], match[at + 1]) for at in (1, 3, 5) if match[at])
        for new_last in (int(last) % 27 + 1, int(last) % 11 + 1):
            new = head + (f"{new_last:02d}" if len(last) == 2 else str(new_last))
            yield text[: match.start()] + new + text[match.end() :], new


def _replaced(text: str, pairs: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for pattern, new in pairs:
        match = re.search(rf"\d[\d,.]*\s?(?:{pattern})", text)
        if match:
            figure = re.sub(pattern, new, match.group(), count=1)
            yield text[: match.start()] + figure + text[match.end() :], figure


def _swapped(text: str, pairs: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for old, new in pairs:
        if old in text:
            changed = text.replace(old, new, 1)
            at = changed.find(new)
            # What decides whether it stands so: the new word with what is around it.
            yield changed, changed[max(at - 2, 0) : at + len(new) + 3]


def _absent(text: str) -> Iterator[tuple[str, str]]:
    figure = re.search(r"\d[\d,.]*\s?(?:%|毫秒|秒|分钟|小时|人天|张|卡|台|路|行|天|个|GB|TB|万)?", text)
    if figure:
        for name in _ABSENT:
            yield f"{name}为{figure.group().strip()}", name


def _stands(words: str, source: str) -> bool:
    return re.search(r"(?<![\d.])" + re.escape(words) + r"(?![\d])", source) is not None


def _plain(number: float) -> str:
    return f"{number:g}" if number < 1e6 else f"{number:.0f}"
