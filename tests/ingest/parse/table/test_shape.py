"""What a grid of cells means: caption, header, pairs."""

from itertools import count

from ingest.parse.table.shape import Cell, Shape, understand


def grid(*rows: str) -> list[list[Cell]]:
    """Cells split at `|`; `*text` is strong, `<` goes on the cell to the left, `^` the cell above."""
    regions = count()
    found: list[list[Cell]] = []
    for line in rows:
        cells: list[Cell] = []
        for at, text in enumerate(one.strip() for one in line.split("|")):
            if text == "<":
                cells.append(cells[-1])
            elif text == "^":
                cells.append(found[-1][at])
            else:
                cells.append(Cell(text.lstrip("*"), text.startswith("*"), next(regions)))
        found.append(cells)
    return found


def rows(shape: Shape) -> list[tuple[str, ...]]:
    return [cells for _, cells in shape.rows]


def test_names_of_columns_make_a_header_where_nothing_is_set_apart() -> None:
    assert understand(grid("序号 | 事项 | 负责人", "1 | 扩容 | 林岚")).header == ("序号", "事项", "负责人")
    assert understand(grid("指标 | 值", "RPO | 0")).header == ("指标", "值")
    assert understand(grid("城市 | 站点数 | 机柜总计", "北京 | 2 | 40", "厦门 | 1 | 20")).header[0] == "城市"


def test_labels_and_values_have_no_header() -> None:
    assert understand(grid("客户 | 海川银行", "周期 | 三个月")) == Shape(
        (), (), ((0, ("客户", "海川银行")), (1, ("周期", "三个月")))
    )
    assert understand(grid("*版本 | 说明", "*日期 | 终版")).header == ()
    assert rows(understand(grid("*原因 | 调岗 | < | <", "*交出 | 林岚 | 接收 | 程书宁"))) == [
        ("原因", "调岗"),
        ("交出", "林岚"),
        ("接收", "程书宁"),
    ]
    assert rows(understand(grid("*编制 | 林岚 | *审核 | 程书宁", "*日期 | 五月 | *密级 | 内部"))) == [
        ("编制", "林岚"),
        ("审核", "程书宁"),
        ("日期", "五月"),
        ("密级", "内部"),
    ]


def test_a_stated_header_covers_what_hangs_over_it() -> None:
    shape = understand(grid("型号 | 资源 | <", "^ | 核数 | 内存", "甲 | 64 | 256"), stated_header_rows=1)
    assert shape.header == ("型号", "资源 / 核数", "资源 / 内存")
    assert rows(shape) == [("甲", "64", "256")]


def test_a_group_label_merged_down_the_whole_table_does_not_swallow_it() -> None:
    shape = understand(grid("*硬件 | *名称 | *数量", "^ | 服务器 | 10", "^ | 交换机 | 2"))
    assert shape.header == ("硬件", "名称", "数量")
    assert rows(shape) == [("硬件", "服务器", "10"), ("硬件", "交换机", "2")]


def test_full_width_rows_are_captions_above_and_said_once_within() -> None:
    shape = understand(grid("资源表 | <", "*名称 | *数量", "计算 | <", "甲 | 3", " | ", "注：含热备 | <"))
    assert shape.captions == ("资源表",)
    assert shape.header == ("名称", "数量")
    assert shape.rows == ((2, ("计算", "")), (3, ("甲", "3")), (5, ("注：含热备", "")))


def test_one_row_is_no_header_and_an_empty_grid_is_nothing() -> None:
    assert understand(grid("*甲 | *乙")) == Shape((), (), ((0, ("甲", "乙")),))
    assert understand(grid(" | ")) == Shape((), (), ())
