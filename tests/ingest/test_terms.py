"""Terms: what counts as equal, what a code may be asked by, how Chinese is cut."""

import subprocess
import sys

import pytest

from ingest.terms import amounts, bigrams, code_parts, cut, cut_for_search, dates, fold, tokens


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ＲＰＯ＝０", "rpo=0"),
        ("MySQL", "mysql"),
        ("5,000,000 条", "5000000 条"),
        ("５，０００，０００", "5000000"),
        ("1,2,3", "1,2,3"),
        ("12,3456", "12,3456"),
    ],
)
def test_fold_makes_spellings_one(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("910B3评了74张", ["910b3", "74"]),
        ("ES/MySQL双活", ["es/mysql"]),
        ("部署 Qwen2.5-32B。", ["qwen2.5-32b"]),
        ("见V1.2，RPO=0，RTO<30s", ["v1.2", "rpo", "0", "rto", "30s"]),
        ("observer.log 与 10.0.0.1:2881", ["observer.log", "10.0.0.1:2881"]),
        ("——", []),
    ],
)
def test_codes_are_kept_whole(text: str, codes: list[str]) -> None:
    assert [token.text for token in tokens(fold(text)) if token.is_code] == codes


def test_tokens_come_in_order_and_tell_chinese_from_codes() -> None:
    assert [(token.text, token.is_code) for token in tokens("评估910b3共〇张")] == [
        ("评估", False),
        ("910b3", True),
        ("共〇张", False),
    ]


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("es/mysql", {"es", "mysql"}),
        ("qwen2.5-32b", {"qwen", "qwen2.5", "2.5", "32", "32b"}),
        ("910b3", {"910", "910b"}),
        ("v1.2", {"1.2"}),
        ("observer.log", {"observer", "log"}),
        ("30s", {"30"}),
        ("2025-09-30", {"2025", "09", "30"}),
        ("rpo", set()),
        ("74", set()),
    ],
)
def test_code_parts(code: str, parts: set[str]) -> None:
    assert set(code_parts(code)) == parts


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("迁移500万条", ["5000000"]),
        ("1.2亿元", ["120000000"]),
        ("3千万 和 20 万", ["30000000", "200000"]),
        ("0.29亿", ["29000000"]),
        ("万一有500条", []),
        ("1.2万亿元", ["1200000000000"]),
        ("5千条，5千瓦", ["5000"]),
        ("迁移五百万条", ["5000000"]),
    ],
)
def test_amounts_are_read_as_digits(text: str, digits: list[str]) -> None:
    assert amounts(text) == digits


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("2025年9月30日上线", ["2025-09-30", "2025-09", "09-30"]),
        ("2025/9/3", ["2025-09-03", "2025-09", "09-03"]),
        ("2025-09-30", ["2025-09-30", "2025-09", "09-30"]),
        ("2025年9月", ["2025-09"]),
        ("2月29日", ["02-29"]),
        ("二〇二五年九月三十日", ["2025-09-30", "2025-09", "09-30"]),
        ("十一月二十号前", ["11-20"]),
        ("2025-13-40，10.0.0.1，3.2025.1.2，9月", []),
    ],
)
def test_dates_are_read_in_one_spelling(text: str, terms: list[str]) -> None:
    assert dates(text) == terms


def test_chinese_is_cut_into_words_and_shorter_words() -> None:
    assert cut("跨集群复制") == ["跨", "集群", "复制"]
    assert {"北京", "大学", "北京大学"} <= set(cut_for_search("北京大学"))


def test_bigrams_of_a_run() -> None:
    assert bigrams("双活架构") == ["双活", "活架", "架构"]
    assert bigrams("张") == ["张"]


def test_the_dictionary_is_loaded_only_when_words_are_cut() -> None:
    code = "import ingest.lexical, sys; assert 'rjieba' not in sys.modules; assert 'jieba' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_traditional_characters_are_folded() -> None:
    assert fold("災備演練與雙活") == fold("灾备演练与双活")
