"""Every Chinese message of the pages has an English twin, and none is left over."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

from api.web.messages import catalogue

WEB = Path(__file__).resolve().parents[3] / "api" / "web"
HAN = re.compile(r"[\u4e00-\u9fff]")
_LOOKED_UP = re.compile(r'"([^"\n]*[\u4e00-\u9fff][^"\n]*)"')
"""Scripts and Python look some messages up by a variable, so every Chinese string in them counts."""


def said() -> set[str]:
    options = {"**.html": {"extensions": "jinja2.ext.i18n", "trimmed": "true"}}
    methods = [("**.html", "jinja2.ext:babel_extract")]
    found = {one[2] for one in extract_from_dir(str(WEB / "templates"), methods, options) if isinstance(one[2], str)}
    for file in [*(WEB / "static").rglob("*.js"), *WEB.glob("*.py")]:
        text = file.read_text("utf-8")
        found |= set(_LOOKED_UP.findall(text))
    return {one for one in found if HAN.search(one)}


def test_every_message_is_there_in_english() -> None:
    missing = said() - set(catalogue("en"))
    assert not missing, "add to api/web/locale/en.po:\n" + "\n".join(sorted(missing))


def test_no_message_is_left_over() -> None:
    assert set(catalogue("en")) <= said()


@pytest.mark.parametrize("message", sorted(catalogue("en")))
def test_a_message_keeps_its_places_and_is_english(message: str) -> None:
    english = catalogue("en")[message]
    places = re.compile(r"%\(\w+\)s|\{\w+\}")
    assert sorted(places.findall(message)) == sorted(places.findall(english))
    # An example stays a question that the Chinese documents answer.
    assert not HAN.search(english.partition("For example: ")[0])


def test_chinese_needs_no_catalogue() -> None:
    assert catalogue("zh") == {}
