"""The grammar of a reply, read as the regular expression that it is."""

import json
import re

import pytest

from retrieval.generate.forms import forms
from retrieval.generate.grammar import grammar
from retrieval.generate.schema import MOST_CLAIMS
from tests.fake_llm_server import claim

_TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|\[(?:\\.|[^\]\\])*\](?!\()|\{\d+,\d+\}|\w+|[()?+|]')
RULES = dict(line.split(" ::= ") for line in grammar().strip().splitlines())


def pattern(rule: str) -> str:
    parts = []
    for token in _TOKEN.findall(RULES[rule]):
        if token in RULES:
            parts.append(f"(?:{pattern(token)})")
        elif token[0] == '"':
            parts.append(re.escape(token[1:-1].replace('\\"', '"').replace("\\\\", "\\")))
        else:
            parts.append(token)
    return "".join(parts)


def taken(value: object, **form: object) -> bool:
    separators = (",", ":")
    text = json.dumps(value, **({"ensure_ascii": False, "separators": separators} | form))  # type: ignore[arg-type]
    return re.fullmatch(pattern("root"), text) is not None


@pytest.mark.parametrize(
    "value",
    [
        {"claims": [claim("RPO 不超过“30”秒。"), claim('切换\\共"十二"步\n。', 12)], "missing": ["RTO"]},
        {"claims": [], "missing": []},
    ],
)
def test_a_reply_without_blanks_is_taken_and_an_indented_one_is_not(value: object) -> None:
    assert taken(value)
    assert not taken(value, indent=1, separators=(",", ": "))


def test_more_claims_than_the_schema_has_and_other_orders_are_not_taken() -> None:
    assert taken({"claims": [claim("甲")] * MOST_CLAIMS, "missing": []})
    assert not taken({"claims": [claim("甲")] * (MOST_CLAIMS + 1), "missing": []})
    assert not taken({"missing": [], "claims": []})
    assert not taken({"claims": [claim("甲") | {"more": 1}], "missing": []})


def test_it_is_asked_for_only_where_llama_cpp_is_known_to_read_it() -> None:
    assert "grammar" in forms(here=True)[0]["extra_body"]
    assert not any("extra_body" in form for form in forms())
    assert forms(here=True)[1:] == forms()


def test_a_passage_copied_without_end_is_cut_off() -> None:
    assert taken({"claims": [claim("RPO 为 0。", quote="字" * 120)], "missing": []})
    assert not taken({"claims": [claim("RPO 为 0。", quote="字" * 121)], "missing": []})
