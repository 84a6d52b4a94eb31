"""Who does what: whether a person whom a claim names stands at the place, in the role that claim or question mean."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from ingest.chunk import Chunk
from ingest.terms import is_known
from retrieval.answer import Passage
from retrieval.verify.figures import plain
from retrieval.verify.places import Place
from retrieval.verify.verdict import Fault

_ROLES = (
    (
        "takes over",
        re.compile(r"接手|接收|接管|接任|接替|承接|接班|归谁|归(?=[\u4e00-\u9fff]{2,3}$)|是谁的|谁接|现负责|新负责"),
    ),
    ("leaves", re.compile(r"原负责|移交人|交出|交接人|离任")),
    ("answers for", re.compile(r"(?<!原)(?<!现)(?<!新)(?:负责|责任)|谁管|牵头|归口")),
    ("is asked", re.compile(r"找谁|申请|找(?=[\u4e00-\u9fff]{2,3}$)|联系人|联系谁|对接人")),
    ("approves", re.compile(r"审批|批准")),
)
"""The roles that must not be taken for one another, by the words of claims, questions and column names."""

_ANYBODYS = frozenset({"answers for", "is asked"})
"""Roles that a column of persons gives without a word of it."""

_PERSONS = re.compile(r"人$|人员$|负责|责任|姓名|联系|接手|找谁|申请对象|归谁")
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任"
    "袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈"
    "宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁"
    "宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲"
    "伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵"
    "冉宰郦雍郤璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东"
    "欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖"
)
"""Single-character surnames of the Hundred Family Surnames, and 肖; compound ones begin with one of them or follow."""

_COMPOUND = (
    "欧阳 上官 司马 诸葛 夏侯 尉迟 公孙 慕容 长孙 宇文 司徒 皇甫 令狐 申屠 闻人 东方 南宫 澹台 淳于 单于 端木 独孤"
)
_NAME = rf"(?:(?:{'|'.join(_COMPOUND.split())})[\u4e00-\u9fff]{{1,2}}|[{_SURNAMES}][\u4e00-\u9fff]{{1,2}})"
_STATED = re.compile(
    rf"(?:(?<=人)|(?<=由)|(?<=找)|(?<=归)|(?<=起)|(?<=现)|^|(?<=[,;、:\s]))(?:为|是|:)?({_NAME})"
    r"(?=负责|接手|接任|接管|接替|牵头|到场|审批|批准|签字|跟进|$|[,;、])"
)
"""Where a name is a person's for what it does, or for what it is called."""
_WORKS_IN = re.compile(r"[方组部侧人员处室司队岗户商厂]$")
_FORMER = re.compile(r"原|前任|移交")
_PRESENT = re.compile(r"现|新|接")
_TOLD_AS_FORMER = re.compile(r"原|前任|移交|曾|以前|之前|此前")
_NO_PERSON = re.compile(r"[部组岗司处科室]$|银行$|中心$|平台$|人员$")
_WHO = re.compile(r"谁|哪位|何人|哪个人")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_HANDS = re.compile(r"交接?给|转给|移交给?|→|->")


class People:
    """The people whom the tables of the passages name."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._names = frozenset(name for passage in passages for name in _people(passage.chunk))

    def named(self, folded: str) -> set[str]:
        """Those whom a text names."""
        return {name for name in self._names if name in folded}

    def fault(self, said: str, claim: str, question: str, place: Place) -> Fault | None:
        """What a place says otherwise of the people in `said`, a part of the claim; all texts folded."""
        claimed = self.named(said)
        if not claimed:
            return _stranger(said, place)
        here = self.named(place.own)
        for name in sorted(claimed - here):
            if here or place.cells:
                return Fault("name", f"所引之处没有“{name}”")
        if _is_reversed(said, place.own, claimed):
            return Fault("subject", "交接的双方与资料相反")
        asks = bool(_WHO.search(question))
        roles = _roles(said) or _roles(claim) or (_roles(question) if asks else set())
        # A name beside a matter is told apart by the matter; by itself it is the answer to who it is.
        alone = said in claimed if not place.cells else claim.strip(" 。,;") in claimed
        stated = _roles(said) or (roles if asks and alone else set())
        # A column of persons gives some roles without a word of them.
        told = _roles(f"{place.own} {place.near}") | (_ANYBODYS if place.cells else set())
        if stated and not stated & told:
            return Fault("subject", f"资料没有说“{'、'.join(sorted(claimed))}”是所说的人")
        return self._of_row(said, claimed, roles, f"{claim} {question}", place) if place.cells else None

    def _of_row(self, said: str, claimed: set[str], roles: set[str], asked: str, place: Place) -> Fault | None:
        columns = [at for at, name in enumerate(place.header) if roles & _roles(name) and _PERSONS.search(name)]
        named = [at for at, name in enumerate(place.header) if len(name) > 1 and name in said]
        if any(claimed <= self.named(place.cells[at]) for at in named):
            return None
        persons = columns or [at for at, name in enumerate(place.header) if _PERSONS.search(name)]
        if self._is_former(claimed, said, place):
            return Fault("subject", f"资料中{'、'.join(sorted(claimed))}是原来的人")
        if columns:
            for name in sorted(claimed):
                if not any(name in place.cells[at] for at in columns):
                    return Fault("subject", f"资料中“{place.header[columns[0]]}”一栏是“{place.cells[columns[0]]}”")
        elif roles and len(place.cells) <= 3 and _roles(place.label) and not roles & _roles(place.label):
            return Fault("subject", f"资料中{'、'.join(sorted(claimed))}是“{place.label}”")
        others = {row[at] for row in place.others for at in persons if at < len(row)}
        # A date of the claim that stands in the row tells which row is meant.
        is_named = (
            any(day in place.own for day in _DAY.findall(asked))
            or roles & _roles(place.label)
            or any(pair in asked for pair in _pairs(place.label))
        )
        if persons and not is_named and len(self.named(" ".join(others)) - claimed) > 0:
            return Fault("subject", f"资料说的是“{place.label}”的，不是所问的")
        return None

    def _is_former(self, claimed: set[str], said: str, place: Place) -> bool:
        """Whether a row has whom the claim names in a column of those before, and somebody else in one of today."""
        having = [at for at, cell in enumerate(place.cells) if claimed & self.named(cell)]
        today = [at for at, name in enumerate(place.header) if _PRESENT.search(name) and self.named(place.cells[at])]
        return bool(
            having
            and today
            and not set(having) & set(today)
            and all(_FORMER.search(place.header[at]) for at in having)
            and not _TOLD_AS_FORMER.search(said)
        )


def _stranger(said: str, place: Place) -> Fault | None:
    """A person whom no table names: the place, or what stands around it, must."""
    for match in _STATED.finditer(said):
        name = match.group(1)
        if name not in place.said and not is_known(name) and not _WORKS_IN.search(name):
            return Fault("name", f"所引之处没有“{name}”")
    return None


def _roles(text: str) -> set[str]:
    return {role for role, pattern in _ROLES if pattern.search(text)}


def _is_reversed(said: str, source: str, claimed: set[str]) -> bool:
    """Whether both tell who hands over to whom, and the two stand the other way round."""
    if len(claimed) != 2 or not (_HANDS.search(said) and _HANDS.search(source)):
        return False
    one, two = claimed
    if one not in source or two not in source:
        return False
    return (said.find(one) < said.find(two)) != (source.find(one) < source.find(two))


def _pairs(label: str) -> Iterable[str]:
    return (label[at : at + 2] for at in range(len(label) - 1) if label[at : at + 2].isalnum())


@lru_cache(maxsize=512)
def _people(chunk: Chunk) -> frozenset[str]:
    columns = {at for at, name in enumerate(chunk.header) if _PERSONS.search(name)}
    found = set()
    for span in chunk.spans:
        if span.kind != "row" or not span.cells:
            continue
        cells = [cell for at, cell in enumerate(span.cells) if at in columns]
        if len(span.cells) <= 3 and _PERSONS.search(span.cells[0]):
            cells += span.cells[1:]
        found |= {piece for cell in cells for piece in re.split(r"[、/(),;:\s]", plain(cell)) if _is_person(piece)}
    return frozenset(found)


def _is_person(text: str) -> bool:
    if not re.fullmatch(r"[\u4e00-\u9fff]{2,4}", text) or _NO_PERSON.search(text):
        return False
    return text[:2] in _COMPOUND.split() or (text[0] in _SURNAMES and len(text) < 4)
