"""Short and code names that documents state themselves: 以下简称“桐川”, 项目代号墨竹（工单系统写作 MZ）."""

import re

_INTRODUCES = re.compile(
    r"(?:(?:简称|代号)(?:\s*\|)?|又称|又名|俗称|昵称|缩写|也叫|曾用名|项目名称?|(?:系统|文件|工单|邮件)[里中]?写作)"
    r"(?:为|是|叫|：|:)?\s*"
)
_NAME = r"(?P<name>[A-Za-z][A-Za-z0-9-]{1,15}|[\u4e00-\u9fff]{2,12}(?:[A-Za-z0-9]{2,6})?)"
_QUOTED = re.compile(rf"[“\"「『《]{_NAME}[”\"」』》]")
_BARE = re.compile(rf"{_NAME}(?=[）)，。、；;,.（(\s|]|$)")
_OR = re.compile(r"\s*(?:或者?|、|/)\s*")

LEADS_TO = "简称 代号 又称 又名 俗称 昵称 缩写 写作 也叫 曾用名"
"""Words by which the chunks that state names are found."""


def stated_names(text: str) -> list[str]:
    """The names that `text` introduces for the thing it speaks of, as written, in order."""
    found: dict[str, None] = {}
    for introduced in _INTRODUCES.finditer(text):
        at = introduced.end()
        while name := _QUOTED.match(text, at) or _BARE.match(text, at):
            found[name["name"]] = None
            joined = _OR.match(text, name.end())
            if not joined:
                break
            at = joined.end()
    return list(found)
