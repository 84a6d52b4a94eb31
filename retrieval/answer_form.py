"""The form of what a question asks for (an amount, a date, a place, a person…), and whether a text has one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.terms import fold
from retrieval.asked import Asked

_COUNT = r"(?:\d[\d,.]*|[一二三四五六七八九十百千万两零〇半]+)"
_ROLE = "负责|牵头|接手|接口人|联系人|责任|承接|移交|主持|经理|工程师|组长|姓名|[叫称]|名[为称]"
_PERSON = f"{_ROLE}|由[一-鿿]{{2}}|[一-鿿]{{2}}[（(、][一-鿿]{{2}}"
_THINGS = "[个台张人次条万项套路轮批层种节颗卡件家户成位]"

# Of the answerable questions of CMRC 2018 that ask for a person, a place, a firm, a date, a duration or a number, the
# sentence with the answer has the form in .65, .86, .65, .76, .95 and .98, another one of its passage in .33, .55, .21,
# .31, .33 and .56. Reasons were tried there (.62 against .22) and left out: projects' papers are full of their words.
_FORMS = tuple(
    (re.compile(asked), re.compile(stated))
    for asked, stated in (
        (
            "多少钱|报价|价格|单价|金额|费用|造价|要价|价钱|租金|工资",
            r"\d\s*[千百万亿]?(?:美|日|港|欧)?元|\d\s*万(?!条|个|次|户|人)|[¥￥$]\s*\d|\d\s*块",
        ),
        ("手机号|电话号|电话是|分机|联系电话|联系方式", r"\d{5,}|\d{3,}-\d{4,}"),
        ("(?<![a-z])ip(?![a-z])", r"\d+\.\d+\.\d+\."),
        ("邮箱|邮件地址", "@"),
        ("密码|口令", "(?:密码|口令)[是为:]"),
        ("几级|什么级别|哪[一个]?级", f"{_COUNT}级"),
        ("百分之|占比|比例|百分比|[^效频速]率(?:是|为|有|能|做|达)?到?了?多少", "%|百分之|成"),
        (
            "多久|多长(?!的)|几[分秒个]?[钟天年月周小]|多少(?:天|小时|分钟|秒|毫秒|年|个月|周|人天|人月)|耗时|停多",
            rf"{_COUNT}\s*[多余来]?\s*个?(?:毫?秒|分钟|分(?![一-鿿])|小时|[天日周月年]|m?s\b|h\b|min|人天|工作日|季度)",
        ),
        (
            "什么时候|何时|哪天|哪一天|几月|几号|几点|哪年|日期|啥时|什么时间|哪个月|截止",
            r"\d{4}\s*[年/.-]|\d{1,2}\s*月|\d{1,2}[:：]\d{2}|\d{1,2}\s*[日号]|季度|周[一二三四五六日]|[月年]底|\d-\d{1,2}",
        ),
        (
            "谁|哪位|叫什么|叫啥|姓名|名字|负责人|联系人|接口人",
            _PERSON,
        ),
        (
            "哪家|哪个厂|厂家|厂商|什么牌|运营商|供应商|什么公司|哪个公司",
            "公司|集团|科技|银行|证券|电信|移动|联通|华为|厂|[a-z]{3,}",
        ),
        (
            "哪里|哪儿|什么地方|何处|在哪(?!年|天|个月|一)(?:$|[?,。里])|地址|地点",
            r"[东西南北]|路|楼|园|[省市县区镇]|柜|层|\d+号|目录|/|机房|站点|节点|厦|室|中心|位于|[在至到]",
        ),
    )
)
_NUMBER = (re.compile(f"多少|几(?={_THINGS})|多大|多高|多快"), re.compile(rf"\d|{_COUNT}{_THINGS}"))


@dataclass(frozen=True)
class AnswerForm:
    """What an answer has to have besides the question's own words; nothing, where the question tells no form."""

    stated: tuple[re.Pattern[str], ...]
    own_words: re.Pattern[str]

    def is_in(self, folded: str) -> bool:
        """Whether a folded text has every form asked for, in words that are not the question's."""
        rest = self.own_words.sub(" ", folded)
        return all(one.search(rest) for one in self.stated)


def answer_form(question: str, asked: Asked) -> AnswerForm:
    """The form of an answer to a question, whose terms `asked` has."""
    folded = fold(question)
    found = [stated for ask, stated in _FORMS if ask.search(folded)]
    if not found and _NUMBER[0].search(folded):
        found = [_NUMBER[1]]
    return AnswerForm(tuple(found), _any_of([term.text for term in asked.terms]))


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted(filter(None, words), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
