"""Replies as models write them, strictly read or mended, and claims out of them while they are written."""

import pytest

from retrieval.generate.failure import ModelFailed
from retrieval.generate.partial import ClaimReader
from retrieval.generate.reply import read_reply
from retrieval.generate.schema import MOST_CLAIMS, Claimed, Reply, json_schema
from tests.fake_llm_server import claim, reply

WHOLE = reply(claim("RPO 不超过 30 秒。"), claim("切换共十二步。", 2), missing=("RTO",))


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        f"好的，以下是答案：\n```json\n{WHOLE}\n```\n希望有帮助。",
        f"<think>先看资料{{1}}</think>\n{WHOLE}",
        WHOLE.replace('"', "'"),
        WHOLE.replace("}]", "},]"),
        WHOLE[:-1],
        WHOLE.replace('{"claims"', "{claims"),
    ],
)
def test_replies_of_all_kinds_are_read(text: str) -> None:
    found = read_reply(text)
    assert [one.text for one in found.claims] == ["RPO 不超过 30 秒。", "切换共十二步。"]
    assert [one.sources for one in found.claims] == [(1,), (2,)]
    assert found.missing == ("RTO",)


@pytest.mark.parametrize(
    "text", ["", "今天天气很好。", "<think>{", '{"answer": "三十秒"}', '{"claims": [3]}', "{", "[[["]
)
def test_what_is_no_reply_is_garbage(text: str) -> None:
    with pytest.raises(ModelFailed) as caught:
        read_reply(text)
    assert caught.value.failure == "garbage"


def test_what_was_cut_off_is_not_mended_when_it_must_be_whole() -> None:
    with pytest.raises(ModelFailed):
        read_reply(WHOLE[:-1], mend=False)


def test_the_schema_names_what_is_read_in_the_same_order() -> None:
    schema = json_schema()
    claims = schema["properties"]["claims"]
    assert [*schema["properties"]] == schema["required"] == [*Reply.model_fields]
    assert [*claims["items"]["properties"]] == claims["items"]["required"] == [*Claimed.model_fields]
    assert claims["maxItems"] == MOST_CLAIMS
    with pytest.raises(ModelFailed):
        read_reply(reply(*[claim("甲")] * (MOST_CLAIMS + 1)))


@pytest.mark.parametrize("size", [1, 3, 1000])
@pytest.mark.parametrize("before", ["", "```json\n", "<think>想{一}想</think>"])
def test_claims_come_as_soon_as_they_are_whole(size: int, before: str) -> None:
    text, reader = before + WHOLE, ClaimReader()
    found = {}
    for at in range(0, len(text), size):
        for one in reader.feed(text[at : at + size]):
            found[one.text] = at + size
    assert list(found) == ["RPO 不超过 30 秒。", "切换共十二步。"]
    if size == 1:
        first, second = found.values()
        assert first < text.index("切换") < second < len(text) - 10


def test_a_claim_that_cannot_be_understood_is_passed_over() -> None:
    text = '{"claims": [{"text": 5}, {"sources": [1], "quotes": [], "text": "好"}], "missing": []}'
    assert [one.text for one in ClaimReader().feed(text)] == ["好"]
