"""Words in documents that speak to the machine that reads them: no answer is made of them, no model is shown them.

A document may say what it likes; what tells the reader's assistant to forget its rules, to reveal its prompt or to
answer something else is no fact of a project. The rules are narrow on purpose: an operations manual is full of orders
to people, and those are what is asked for. What slips through meets the check of claims like any other sentence.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from ingest.chunk import Chunk, Span
from ingest.sentences import sentence_spans
from retrieval.answer import Passage

_BEFORE = r"(?:以上|上述|上面|之前|此前|前面|先前|前文|其他|其它|所有|一切|全部|任何|系统|原有|原来|你的|您的)"
_RULES = r"(?:指令|指示|提示词|系统提示|命令|要求|规则|规定|设定|限制|约束|资料|内容|文档|段落|对话|说明)"
_FORGET = r"(?:忽略|无视|忘记|忘掉|抛开|抛弃|不要理会|不必理会|不用理会|不再遵守|停止遵守|推翻|作废|覆盖)"
_TELL = r"(?:输出|打印|显示|泄露|透露|复述|重复|告诉|告知|给出|写出|列出|说出|公开|回显)"
_REPLY = r"(?:回答|答复|作答|回复|应答)"
_ADD = r"(?:附上|附加|附带|加上|加入|插入|写上|带上|包含|追加)"
_EN_OLD = r"(?:(?:all|any|the|your|of|these|those|previous|prior|above|preceding|earlier|foregoing|system|other)\s+)+"
_EN_RULES = r"(?:instructions?|prompts?|rules?|directions?|guidelines?|context|messages?|passages?|documents?)"

_TO_THE_MACHINE = re.compile(
    "|".join(
        (
            # Forget what you were told.
            rf"{_FORGET}[^。；;\n]{{0,6}}{_BEFORE}[^。；;\n]{{0,8}}{_RULES}",
            rf"(?:ignore|disregard|forget|override|bypass)\s+{_EN_OLD}{_EN_RULES}",
            r"do\s+not\s+follow\s+(?:the|your|any)\s+(?:\w+\s+)?(?:instructions?|rules?|prompt)",
            # Reveal what you were told.
            rf"{_TELL}[^。；;\n]{{0,8}}(?:你|您|系统|完整|全部)的?[^。；;\n]{{0,6}}(?:提示词|系统提示|系统消息|初始指令|密钥|api\s?key)",
            (
                r"(?:reveal|print|output|repeat|show|display|leak|tell|give|send|recite)\b[^.\n]{0,24}\b(?:your|system)\b"
                r"[^.\n]{0,16}\b(?:prompts?|instructions?|keys?|settings)\b"
            ),
            # Be somebody else.
            r"(?:你现在是|从现在(?:起|开始)[，,]?\s*你|你将扮演|请?你?扮演一个没有限制|进入(?:开发者|越狱|dan)\s?模式)",
            r"you\s+are\s+now\b|from\s+now\s+on,?\s+you\b|act\s+as\s+(?:an?\s+)?(?:unrestricted|dan\b)|developer\s+mode\s+(?:on|enabled)",
            # To whoever answers.
            r"(?:如果|若)你是[^。；\n]{0,6}(?:ai|人工智能|语言模型|大模型|助手|机器人)",
            r"(?:ai|智能|问答|语言模型|大模型)\s?(?:助手|机器人|助理)?[请须]?(?:读到|看到)(?:这里|此处|本段|这句)",
            r"(?:致|给)(?:ai|各位ai|智能助手|问答助手|语言模型|大模型|阅读本文的)[^。\n]{0,8}[：:，,]",
            (
                r"(?:note|message|instructions?|attention|dear|hey|hello)\s*(?:to|for|,)?\s*(?:the\s+|all\s+|any\s+)?"
                r"(?:ai|llm|assistants?|language\s+models?|chatbots?)\b"
            ),
            r"if\s+you\s+are\s+an?\s+(?:ai|llm|assistant|language\s+model|chatbot)",
            # Answer so.
            rf"{_REPLY}[^。；;\n]{{0,8}}(?:时|的时候)[，,]?(?:请|务必|必须|一律|都)?(?:把|将|不要提|不得提|只说|先说|(?:写|说|称|输出)\s*[“\"'‘「『])",
            r"(?:只需|只能|只准|必须只|请只)(?:回答|输出)\s*[“\"'‘「『:：]",
            r"(?:请|必须|务必)(?:回答|输出)\s*[“\"'‘「『]",
            rf"(?:无论|不管)(?:用户|别人|对方)?[^。；;\n]{{0,6}}(?:问|提问)[^。；;\n]{{0,10}}(?:都|一律|均)?{_REPLY}",
            rf"(?:{_REPLY}|答案|输出)(?:里|中|末尾|结尾|最后|开头|的末尾|的结尾|的最后|的开头)[^。；;\n]{{0,6}}{_ADD}",
            r"(?:respond|reply|answer)\s+(?:only|just|always|exclusively)\b|(?:only|always|just)\s+(?:respond|reply|answer)\b",
            r"(?:when|before|after)\s+(?:you\s+)?answer(?:ing|s)?\b[^.\n]{0,40}\b(?:say|add|append|include|insert|replace|use)\b",
            (
                r"(?:add|append|include|insert|render|put)\b[^.\n]{0,48}\b(?:to|in|into|at\s+the\s+end\s+of)\s+(?:your|the|every|each)\s+"
                r"(?:answer|reply|response|output)"
            ),
            # What frames a chat, ours or a model's.
            (
                r"</?资料\s?\d|<\|(?:im_start|im_end|system|assistant|endoftext|eot_id)\|?>?|\[/?inst\]|<<\s?/?sys\s?>>"
                r"|#{2,}\s?(?:instructions?|system|指令)\s?[:：]"
            ),
            r"(?:^|\n)\s*(?:assistant|role\s?[:=]\s?(?:assistant|system))\s*[:：]",
            r"\"claims\"\s?:\s?\[|\"role\"\s?:\s?\"(?:system|assistant)\"",
        )
    ),
    re.IGNORECASE,
)
_ABOUT_IT = re.compile(r"提示词|prompt|指令|注入|越狱|话术|instruction|inject", re.IGNORECASE)
_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]"
)
_HAN_APART = re.compile(r"(?<=[㐀-鿿])[ \t]+(?=[㐀-鿿])")


@lru_cache(maxsize=8192)
def is_addressed(text: str) -> bool:
    """Whether a text speaks to a machine that answers, also where unseen characters or blanks part its words."""
    return _TO_THE_MACHINE.search(_seen(text)) is not None


def asks_about_it(question: str) -> bool:
    """Whether the question is about such texts (a project may have prompts of its own): then they are its answer."""
    return _ABOUT_IT.search(question) is not None


def without_addressed(passages: Sequence[Passage], question: str) -> list[Passage]:
    """The passages without what speaks to the machine, nor what follows it in its paragraph; their places stay.

    A table row or a line of code with such words goes as a whole, a passage of nothing else, too.
    """
    if asks_about_it(question):
        return list(passages)
    kept = (_cleaned(one) for one in passages)
    return [one for one in kept if one is not None]


def _cleaned(passage: Passage) -> Passage | None:
    chunk = passage.chunk
    if not is_addressed("\n".join((*chunk.headings, chunk.text))):
        return passage
    spans = tuple(kept for span in chunk.spans if (kept := _kept(span)) is not None)
    if not spans:
        return None
    header = () if is_addressed(" | ".join(chunk.header)) else chunk.header
    headings = tuple(one for one in chunk.headings if not is_addressed(one))
    clean: Chunk = chunk.model_copy(update={"spans": spans, "header": header, "headings": headings})
    return passage.model_copy(update={"chunk": clean})


def _kept(span: Span) -> Span | None:
    if not is_addressed(span.text):
        return span
    if span.kind in ("row", "code", "heading", "caption"):
        return None
    end = 0
    for start, stop in sentence_spans(span.text):
        if is_addressed(span.text[start:stop]):
            break
        end = stop
    before = span.text[:end].rstrip()
    return span.model_copy(update={"text": before}) if before and not is_addressed(before) else None


def _seen(text: str) -> str:
    """As a reader sees it: without characters that have no width, in one form of each, no blanks between Chinese."""
    return _HAN_APART.sub("", _UNSEEN.sub("", unicodedata.normalize("NFKC", text)))
