"""What a figure is, and when a text names one, however it is written."""

import pytest

from evals.figures import figures, names_figure, unsupported_figures


def test_figures_are_numbers_with_their_measure_codes_and_dates() -> None:
    text = "910B3 共 74 张，迁移500万行，准确率96.8%，V1.2，T+1，2026-03-06 起一个月三次"
    assert figures(text) == ["910b3", "74 张", "500万行", "96.8%", "v1.2", "t+1", "2026-03-06"]


def test_a_figure_in_another_spelling_is_no_other_figure() -> None:
    assert unsupported_figures("迁移 500万 行，共 74 张", ["迁移了5,000,000行，用 174 张"]) == ["74 张"]


def test_another_unit_makes_another_figure() -> None:
    assert unsupported_figures("RTO 为 10 分钟", ["RTO 为 10 秒"]) == ["10 分钟"]
    assert unsupported_figures("RTO 为 10 分钟", ["RTO 为 600 秒"]) == []


def test_a_column_and_its_cell_make_no_ratio() -> None:
    assert unsupported_figures("终版：56；终版2：52；RTO 1:2", ["终版 | 终版2\n56 | 52"]) == ["1:2"]


def test_the_year_of_a_date_may_stand_in_another_source() -> None:
    assert unsupported_figures("2026-03-06 演练", ["演练改到 3月6日"]) == ["2026-03-06"]
    assert unsupported_figures("2026-03-06 演练", ["演练改到 3月6日", "2026年2月立项"]) == []


@pytest.mark.parametrize(
    ("text", "figure", "named"),
    [
        ("共评估 74 张 910B3。", "74", True),
        ("共评估 74 张 910B3。", "910b3", True),
        ("共评估74张。", "74 张", True),
        ("共 174 张", "74", False),
        ("共 740 张", "74", False),
        ("约 1.74 张", "74", False),
        ("约 74.5 张", "74", False),
        ("共 74。5 月完成", "74", True),
        ("迁移 5,000,000 条", "500万", True),
        ("迁移 500 万条", "5000000", True),
        ("迁移５００万条", "500万", True),
        ("迁移 600 万条", "5000000", False),
        ("Qwen2.5-32B", "32B", True),
        ("32bit", "32B", False),
        ("可用性 99.99%", "99.99%", True),
        ("RPO 不超过 5000 ms", "5秒", True),
        ("RPO 不超过 5 分钟", "5秒", False),
        ("指标 | 值（秒）\nRPO | 5", "5 秒", True),
        ("共 5 项", "5 秒", False),
        ("共 74 卡", "74张", True),
        ("共 74 台", "74张", False),
        ("卡数 | 74", "74张", True),
        ("序号 | 74", "74张", False),
        ("上线于 2026年3月6日", "2026-03-06", True),
        ("2026年上线，3月6日验收", "2026-03-06", True),
        ("上线于 3月6日", "2026-03-06", False),
        ("共十二个节点", "12", True),
        ("由李工接手", "李工", True),
        ("由王工接手", "李工", False),
        ("镜像 8.11.3 版", "8.11", False),
    ],
)
def test_names_figure(text: str, figure: str, named: bool) -> None:
    assert names_figure(text, figure) is named
