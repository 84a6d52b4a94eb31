"""What a grid of cells means: caption, header, pairs."""

from ingest.parse.table.grid import Row
from ingest.parse.table.shape import Shape, understand
from tests.ingest.parse.table.grids import grid


def rows(shape: Shape) -> list[tuple[str, ...]]:
    return [row.cells for row in shape.rows]


def header(*lines: str, stated: int | None = None) -> tuple[str, ...]:
    return understand(grid(*lines), stated).header


def test_names_of_columns_make_a_header_where_nothing_is_set_apart() -> None:
    assert understand(grid("序号 | 事项 | 负责人", "1 | 扩容 | 林岚")).header == ("序号", "事项", "负责人")
    assert understand(grid("指标 | 值", "RPO | 0")).header == ("指标", "值")
    assert understand(grid("城市 | 站点数 | 机柜总计", "北京 | 2 | 40", "厦门 | 1 | 20")).header[0] == "城市"


def test_what_stands_below_names_is_no_name() -> None:
    assert header("北京 | 2025-11-04 | 达标", "厦门 | 2025-11-05 | 达标") == ()
    assert header("项目经理 | 沈知白 | 2025年9月30日", "客户对接人 | 岳临 | 2025年10月9日") == ()
    assert header("FALSE | 通过 | 一号", "TRUE | 不通过 | 二号") == ()
    assert header("待补 | 待补 | 待补 | 待补", "甲 | 乙 | 丙 | 丁") == ()
    assert header("切换已完成。 | 无遗留。 | 归档。", "演练已完成。 | 有遗留。 | 归档。") == ()


def test_labels_and_values_have_no_header() -> None:
    form = understand(grid("客户 | 海川银行", "周期 | 三个月"))
    assert form.header == ()
    assert rows(form) == [("客户", "海川银行"), ("周期", "三个月")]
    assert header("*版本 | 说明", "*日期 | 终版") == ()
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


def test_pairs_are_told_by_words_where_nothing_sets_labels_apart() -> None:
    shape = understand(grid("项目经理 | 沈知白 | 交付日期 | 2025年9月30日", "对接人 | 岳临 | 合同编号 | QH-2509-117"))
    assert rows(shape)[1:3] == [("交付日期", "2025年9月30日"), ("对接人", "岳临")]
    assert [(row.row, row.columns) for row in shape.rows] == [(0, (0, 2)), (0, (2, 4)), (1, (0, 2)), (1, (2, 4))]
    assert header("名称 | 数量 | 单位 | 备注", "网关 | 若干 | 台 | 含热备") == ("名称", "数量", "单位", "备注")
    assert rows(understand(grid("FirstName | LastName | BirthDate | Rating"))) == [
        ("FirstName", "LastName", "BirthDate", "Rating")
    ]


def test_a_stated_header_covers_what_hangs_over_it() -> None:
    shape = understand(grid("型号 | 资源 | <", "^ | 核数 | 内存", "甲 | 64 | 256"), 1)
    assert shape.header == ("型号", "资源 / 核数", "资源 / 内存")
    assert rows(shape) == [("甲", "64", "256")]


def test_what_the_file_states_is_believed() -> None:
    lines = ("甲 | 3 | 待定", "乙 | 4 | 待定")
    assert header(*lines) == ()
    assert header(*lines, stated=1) == ("甲", "3", "待定")
    assert header("*名称 | *数量", "甲 | 3", stated=0) == ()
    assert header(*lines, stated=2) == ("甲", "3", "待定")  # all rows marked


def test_a_row_of_figures_is_no_header_though_the_file_says_so() -> None:
    lines = ("子项 | 人天", "数据清洗 | 17人天", "评测集构建 | 23人天")
    assert header(*lines, stated=2) == ("子项", "人天")
    assert header("科目 | 金额", "1 | 2", "驻场 | 10300", stated=2) == ("科目 / 1", "金额 / 2")
    titled = understand(grid("资源表 | <", "甲 | 3", "乙 | 4"), 2)
    assert (titled.captions, titled.header) == (((0, "资源表"),), ("甲", "3"))


def test_a_label_of_rows_is_no_header_over_them() -> None:
    lines = ("区域 | 环境 | 结论", "华北 | 生产 | 达标", "^ | 测试 | 达标", "华南 | 生产 | 未达标")
    assert header(*lines) == ("区域", "环境", "结论")
    assert header(*lines[1:]) == ("华北", "生产", "达标")


def test_header_rows_that_look_alike_belong_together() -> None:
    assert header("*数据源 | *北京 | *厦门", "*库名 | *方式 | *方式", "工单 | 半同步 | 异步") == (
        "数据源 / 库名",
        "北京 / 方式",
        "厦门 / 方式",
    )
    grouped = understand(grid("*名称 | *状态", "*一、计算 | <", "甲 | 已上线"))
    assert grouped.header == ("名称", "状态")
    assert [(title and title.cells[0], len(members)) for title, members in grouped.groups()] == [("一、计算", 1)]


def test_a_merged_name_says_itself_how_far_it_goes() -> None:
    looks = ("* | *耗时 | < | * ", "*步骤 | *预算 | *实际 | *结论", "切换 | 60 | 48 | 达标")
    assert header(*looks) == ("步骤", "耗时 / 预算", "耗时 / 实际", "结论")
    blank = ("*步骤 | *耗时 | * | *备注", "* | *预算 | *实际 | * ", "切换 | 60 | 48 | 无")
    assert header(*blank) == ("步骤", "耗时 / 预算", "耗时 / 实际", "备注")


def test_columns_without_a_cell_of_their_own_are_left_out() -> None:
    shape = understand(grid("*名称 | < | *数量 | ", "网关 | < | 3 | "))
    assert (shape.columns, shape.header, rows(shape)) == ((0, 2), ("名称", "数量"), [("网关", "3")])


def test_a_group_label_merged_down_the_whole_table_does_not_swallow_it() -> None:
    shape = understand(grid("*硬件 | *名称 | *数量", "^ | 服务器 | 10", "^ | 交换机 | 2"))
    assert shape.header == ("硬件", "名称", "数量")
    assert rows(shape) == [("硬件", "服务器", "10"), ("硬件", "交换机", "2")]


def test_full_width_rows_are_captions_above_and_said_once_within() -> None:
    shape = understand(grid("资源表 | <", "*名称 | *数量", "计算 | <", "甲 | 3", " | ", "注：含热备 | <"))
    assert shape.captions == ((0, "资源表"),)
    assert shape.header == ("名称", "数量")
    assert [(row.row, row.cells, row.group) for row in shape.rows] == [
        (2, ("计算", ""), True),
        (3, ("甲", "3"), False),
        (5, ("注：含热备", ""), True),
    ]


def test_one_row_is_no_header_and_an_empty_grid_is_nothing() -> None:
    assert rows(understand(grid("*甲 | *乙"))) == [("甲", "乙")]
    assert understand(grid(" | ")) == Shape((), (), (), ())
    nothing: list[Row] = []
    assert understand(nothing) == Shape((), (), (), ())


def test_labels_and_values_above_the_names_of_columns_are_the_title() -> None:
    drawn = grid(
        "表名 | t_member | 名称 | 会员表 | <", "列名 | 标题 | 类型 | 长度 | 备注", "pwd | 密码 | varchar | 32 | "
    )
    shape = understand(drawn)
    assert shape.captions == ((0, "表名 t_member 名称 会员表"),)
    assert shape.header == ("列名", "标题", "类型", "长度", "备注")
    assert rows(shape) == [("pwd", "密码", "varchar", "32", "")]


def test_a_merged_name_over_its_columns_is_no_title() -> None:
    grouped = understand(
        grid("序号 | 名称 | 类型 | 资源 | <", "编号 | 站点 | 级别 | 核数 | 内存", "1 | 甲 | 2 | 64 | 256")
    )
    assert grouped.captions == ()
    pairs = understand(
        grid("项目 | 星衡 | 经理 | 林岚 | <", "日期 | 五月 | 状态 | 已上线 | <", "版本 | 2 | 阶段 | 二期 | <")
    )
    assert pairs.captions == ()
