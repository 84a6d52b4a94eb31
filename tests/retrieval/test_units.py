"""What an answer can be made of."""

from retrieval.units import units
from tests.retrieval.passages import document, passage, row, span


def test_a_paragraph_gives_its_sentences_each_verbatim() -> None:
    found = list(units([passage(span("主站点在北京亦庄。备站点在厦门集美。"))]))
    assert [unit.quote for unit in found] == ["主站点在北京亦庄。", "备站点在厦门集美。"]
    assert all(unit.quote in unit.span.text for unit in found)


def test_a_row_reads_with_its_columns_and_is_quoted_as_it_stands() -> None:
    (unit,) = units([passage(row("910B3", "74"), header=("型号", "张数"))])
    assert (unit.quote, unit.text) == ("910B3 | 74", "型号：910B3；张数：74")


def test_headings_and_captions_are_context_and_no_units() -> None:
    found = list(
        units(
            [
                passage(
                    span("4.4 Kafka", "heading"),
                    span("表 4-1 主题清单", "caption"),
                    row("订单主题", "3"),
                    headings=("第四章",),
                    of=document(title="说明书"),
                )
            ]
        )
    )
    assert [unit.quote for unit in found] == ["订单主题 | 3"]
    assert found[0].context == "说明书 第四章 4.4 Kafka 表 4-1 主题清单"


def test_a_line_that_introduces_a_list_is_the_items_context() -> None:
    found = list(units([passage(span("切换包括以下步骤："), span("1. 冻结写入单元", "list_item"))]))
    assert "切换包括以下步骤：" in found[1].context


def test_a_merged_title_row_is_context_and_no_unit() -> None:
    found = list(units([passage(row("容量汇总", "容量汇总"), row("推理卡数", "44"))]))
    assert [unit.quote for unit in found] == ["推理卡数 | 44"]
    assert "容量汇总" in found[0].context


def test_scraps_are_no_units() -> None:
    assert list(units([passage(span("V1.2"))])) == []


def test_the_documents_own_title_is_no_unit() -> None:
    assert list(units([passage(span("星衡银行双活设计说明书"), of=document(title="星衡银行双活设计说明书"))])) == []


def test_code_is_quoted_whole() -> None:
    (unit,) = units([passage(span("# 重启调度引擎\nsystemctl restart scheduler", "code"))])
    assert unit.quote.endswith("systemctl restart scheduler")
