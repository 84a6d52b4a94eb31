"""Automatic numbers as the reader sees them."""

import pytest
from lxml import etree

from ingest.parse.docx.numbering import Label, Numbering
from ingest.parse.docx.styles import Styles
from ingest.parse.office.number_formats import render_number
from ingest.parse.office.ooxml import NS, parse_xml
from tests.ingest.parse.docx.word_files import declared, numbered


def level(at: int, kind: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{at}">{more}<w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'


def definitions(*levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> Numbering:
    abstract = f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
    return Numbering(parse_xml(declared(f"<w:numbering>{abstract}{nums}</w:numbering>").encode()), Styles(None))


def item(num_id: int, depth: int) -> etree._Element:
    return parse_xml(declared(numbered(num_id, depth, "x")).encode())


def labels(numbering: Numbering, *items: tuple[int, int]) -> list[str]:
    found = (numbering.next(item(num_id, depth)) for num_id, depth in items)
    return [one[0].text if one else "" for one in found]


@pytest.mark.parametrize(
    ("kind", "count", "shown"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 3, "03"),
        ("chineseCounting", 10, "十"),
        ("chineseCountingThousand", 21, "二十一"),
        ("japaneseCounting", 105, "百五"),
        ("japaneseCounting", 23, "二十三"),
        ("chineseCounting", 99, "九十九"),
        ("chineseCounting", 110, "一一○"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 105, "一百零五"),
        ("ideographLegalTraditional", 3, "參"),
        ("ideographEnclosedCircle", 4, "㈣"),
        ("ideographZodiacTraditional", 61, "甲子"),
        ("koreanCounting", 21, "이십일"),
        ("decimalEnclosedFullstop", 3, "⒊"),
        ("decimalEnclosedParen", 12, "⑿"),
        ("decimalEnclosedCircle", 36, "㊱"),
        ("numberInDash", 5, "- 5 -"),
        ("ordinal", 112, "112th"),
        ("ordinal", 23, "23rd"),
        ("cardinalText", 42, "Forty-two"),
        ("ordinalText", 20, "Twentieth"),
        ("ordinalText", 103, "One hundred third"),
        ("chicago", 5, "**"),
        ("iroha", 2, "ロ"),
        ("hex", 26, "1A"),
        ("upperRoman", 1994, "MCMXCIV"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographDigital", 20, "二〇"),
        ("ideographTraditional", 3, "丙"),
        ("decimalEnclosedCircle", 7, "⑦"),
        ("upperLetter", 28, "BB"),
        ("lowerRoman", 14, "xiv"),
        ("none", 4, ""),
        ("anUnknownFormat", 4, "4"),
    ],
)
def test_number_formats(kind: str, count: int, shown: str) -> None:
    assert render_number(count, kind) == shown


def test_levels_count_below_each_other_and_restart() -> None:
    numbering = definitions(level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"), level(2, "lowerLetter", "%3)"))
    order = (1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1), (1, 2)
    assert labels(numbering, *order) == ["1", "1.1", "1.2", "a)", "2", "2.1", "a)"]


def test_a_level_below_chinese_chapters_can_show_them_as_decimals() -> None:
    legal = level(1, "decimal", "%1.%2", "<w:isLgl/>")
    numbering = definitions(level(0, "chineseCounting", "第%1章"), legal)
    assert labels(numbering, (1, 0), (1, 0), (1, 1)) == ["第一章", "第二章", "2.1"]


def test_lists_of_one_definition_go_on_unless_an_override_restarts_them() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    nums = "".join(
        f'<w:num w:numId="{num}"><w:abstractNumId w:val="0"/>{more}</w:num>'
        for num, more in ((1, ""), (2, ""), (3, override))
    )
    numbering = definitions(level(0, "decimal", "%1.", '<w:start w:val="1"/>'), nums=nums)
    assert labels(numbering, (1, 0), (2, 0), (3, 0), (3, 0), (1, 0)) == ["1.", "2.", "1.", "2.", "3."]


def test_a_level_without_a_parent_shows_its_parents_start() -> None:
    numbering = definitions(level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"))
    assert labels(numbering, (1, 1), (1, 1), (1, 0)) == ["1.1", "1.2", "1"]


def test_what_follows_a_label_is_as_the_level_says() -> None:
    joined = level(0, "decimal", "%1", '<w:suff w:val="nothing"/>')
    spaced = level(1, "chineseCounting", "第%2章", '<w:suff w:val="space"/>')
    numbering = definitions(joined, spaced)
    found = [numbering.next(item(1, depth)) for depth in (0, 1)]
    assert [one[0].before("总体") for one in found if one] == ["1总体", "第一章 总体"]


def test_labels_that_are_hidden_or_written_in_a_custom_format() -> None:
    form = '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/>'
    old = '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback>'
    both = f'<mc:AlternateContent xmlns:mc="{NS["mc"]}"><mc:Choice>{form}</mc:Choice>{old}</mc:AlternateContent>'
    custom, newer = (f'<w:lvl w:ilvl="1">{one}<w:lvlText w:val="R%2"/></w:lvl>' for one in (form, both))
    hidden = level(0, "decimal", "%1.", "<w:rPr><w:vanish/></w:rPr>")
    for second in (custom, newer):
        numbering = definitions(hidden, second)
        assert labels(numbering, (1, 0), (1, 1), (1, 1), (1, 0), (1, 1)) == ["", "R001", "R002", "", "R001"]


def test_levels_restart_only_after_the_level_they_name() -> None:
    never = level(1, "decimal", "%2)", '<w:lvlRestart w:val="0"/>')
    after_first = level(2, "decimal", "(%3)", '<w:lvlRestart w:val="1"/>')
    numbering = definitions(level(0, "decimal", "%1."), never, after_first)
    order = (1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 1), (1, 2)
    assert labels(numbering, *order) == ["1.", "1)", "(1)", "2)", "(2)", "2.", "3)", "(1)"]


def test_an_override_replaces_a_level_for_its_own_list_only() -> None:
    roman = f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "%1.")}</w:lvlOverride>'
    nums = "".join(
        f'<w:num w:numId="{num}"><w:abstractNumId w:val="0"/>{more}</w:num>' for num, more in ((1, ""), (2, roman))
    )
    numbering = definitions(level(0, "decimal", "%1."), nums=nums)
    assert labels(numbering, (1, 0), (2, 0), (1, 0)) == ["1.", "II.", "3."]


def test_unknown_lists_number_nothing() -> None:
    numbering = definitions(level(0, "decimal", "%1."))
    assert labels(numbering, (7, 0), (0, 0), (1, 12)) == ["", "", ""]


def test_labels_stand_before_text_as_they_read() -> None:
    assert Label("一、", counts=True).before("现状") == "一、现状"
    assert Label("1.2", counts=True).before("链路") == "1.2 链路"
    assert Label("3", counts=True).before("") == "3"
