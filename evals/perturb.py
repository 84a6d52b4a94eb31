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
