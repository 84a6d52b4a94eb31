"""What an answer to a question of this sort says: words that stand in the answer and not in the question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.terms import fold

# What the question says, and what one of its answers then has, in its own words or its column's name.
_SIGNS = tuple(
    (re.compile(asked), re.compile(answered))
    for asked, answered in (
        ("谁|哪位|接手|负责", "负责|责任人|接手|接收人|牵头|联系|承接|姓名|对接|主持"),
        ("什么时候|何时|哪天|几月|几号|哪年|日期|截止|到什么时|啥时", "日期|时间|期限|截止|完成|起|至"),
        ("多久|多长|耗时|几分钟|几秒|几小时", "耗时|时长|用时|周期|秒|分钟|小时|天"),
        (
            "为什么|为啥|为何|咋不|原因|怎么没|凭什么|理由|依据",
            "因|理由|原因|否则|不能|不够|所以|故|为了|避免|会把|须|才|只有|但",
        ),
        ("怎么|如何|咋|怎样|步骤|流程", "先|再|然后|采用|按|通过|步|后"),
        ("没做完|未完|待办|遗留|没完|剩|没搞", "未|待办|遗留|事项|进行中|下一步|剩"),
        ("风险|坑|踩|教训", "风险|坑|教训|问题|不要|隐患"),
        (
            "改|变|差|区别|不同|相比|对比|原来|以前|降到|涨|调整",
            "改|由|原|升|降|从|比|v1|终版|作废|调整|差|超",
        ),
        ("没选|不用|不开|不选|取消|弃", "不|未|弃|取消|没有|须"),
        ("多少钱|报价|价格|费用|金额|单价|成本", "元|价|费|金额"),
    )
)
# Particulars of one form. A text without that form does not state them, however much it speaks of the rest.
_PARTICULARS = tuple(
    (re.compile(asked), re.compile(stated))
    for asked, stated in (
        ("多少钱|报价|价格|单价|合同[^,。]{0,3}金额|合同额|费用|金额", r"\d\s*[万亿]?元"),
        (r"(?<![a-z])ip(?![a-z])", r"\d+\.\d+\.\d+\."),
        ("手机号|电话号|电话是|分机|联系电话", r"\d{5,}|\d{3,}-\d{4,}"),
        ("密码|口令", "(?:密码|口令)[是为:]"),
        ("邮箱", "@"),
        ("几级|什么级别|等保", r"[一二三四五\d]级"),
        ("运营商", "电信|联通|移动(?!端)|铁通|广电"),
        ("哪家(?!银行|证券|行|运营商)|哪个厂|厂家|厂商|什么牌", "公司|电信|移动|联通|集团|科技"),
        ("叫什么|叫啥|名字|姓名", "[叫称]|名为|名称|姓名|[一-鿿]、[一-鿿]"),
    )
)
# What the first cell of such an answer's row says.
_KEYS = tuple(
    (re.compile(asked), re.compile(key))
    for asked, key in (
        ("谁(?:来)?接|接手|接替|接任|谁管", "接收|接手|接任|接替"),
        ("到(?:什么时候|何时|几号|几月|哪天)|多长时间内|截止", "期$|期限|过渡|截止"),
    )
)
_WHY = re.compile("为什么|为啥|为何|咋不|原因|凭什么|理由")
_IN_FULL = re.compile(
    "哪些|哪几|哪[二三四五六七八]|分别|各[是有]|都有|都是|列[出全一]|清单|步骤|流程|一步步|全部|几[条项类种步点件]|有什么(?![不区差])"
)
_STEPS = re.compile("步骤|流程|一步步|怎么(?:换|切|做|走|处理|操作|退|回|搞|弄|来|排|查|迁|搬|校验|验)|如何|咋")
_OUTCOME = re.compile("(?:了|过|好|完|成)[吗没么]|没$|没[?,]|结果|怎么样|实际|实测|做到|多少了|现在到")
_DONE = re.compile(
    "已(?!知)|完成|实测|实际|达标|通过|达到|[降升]到|[降升]为|修复|恢复|结束|[做搬换修]完|到货|用时|耗时|结论"
)
_TO_COME = re.compile("期限|计划|预计|将于|拟|待|下一步|承诺|答复|建议|立项|规划|要求|目标|应对|准备|未来|先不|再议")
_CHANGE = re.compile("(?:怎么|如何|咋)变|变化|变成|一路|[几哪]版")
_PREMISE = re.compile("吧(?:[,?。]|$)|对吧|是不是|不是.{1,12}吗")


@dataclass(frozen=True)
class Expected:
    """What is expected of an answer.

    `in_full`: the question asks for everything of a list; `is_why`: for a reason; `are_steps`: for what to do in turn;
    `has_premise`: it takes something for granted, which the documents may say otherwise; `asks_outcome`: what has come
    of something (换回来了吗, 结果怎么样, 实测多少); `is_change`: how something has changed, which documents of several
    times tell. `keys`: what the first cell of a row says that has the answer.
    """

    in_full: bool
    is_why: bool
    are_steps: bool
    has_premise: bool
    asks_outcome: bool
    is_change: bool
    signs: tuple[re.Pattern[str], ...]
    particulars: tuple[re.Pattern[str], ...]
    keys: tuple[re.Pattern[str], ...] = ()

    def names(self, key: str) -> bool:
        """Whether a row whose first cell folds to `key` is of the kind asked for (接收人, 过渡期)."""
        return any(one.search(key) for one in self.keys)

    def shows_in(self, folded: str) -> bool:
        """Whether a folded text has a word that such answers have; never, where they have none of their own."""
        return any(sign.search(folded) for sign in self.signs)

    def is_put_off_in(self, folded: str) -> bool:
        """Whether an outcome is asked for and the text only says what is planned, promised or required."""
        return self.asks_outcome and bool(_TO_COME.search(folded)) and not _DONE.search(folded)

    def is_lacking_in(self, folded: Sequence[str]) -> bool:
        """Whether a price, address, telephone number, name or the like is asked for and none of the texts has one."""
        return any(not any(one.search(text) for text in folded) for one in self.particulars)


def expect(question: str) -> Expected:
    """What to expect of an answer to `question`."""
    folded = fold(question)
    return Expected(
        in_full=bool(_IN_FULL.search(folded)),
        is_why=bool(_WHY.search(folded)),
        are_steps=bool(_STEPS.search(folded)),
        has_premise=bool(_PREMISE.search(folded)),
        asks_outcome=bool(_OUTCOME.search(folded)),
        is_change=bool(_CHANGE.search(folded)),
        particulars=tuple(stated for asked, stated in _PARTICULARS if asked.search(folded)),
        keys=tuple(key for asked, key in _KEYS if asked.search(folded)),
        signs=tuple(answered for asked, answered in _SIGNS if asked.search(folded)),
    )
