"""Lists and line breaks typed by hand."""

from ingest.parse.plain.typed_lists import TypedList, join_lines, join_wrapped


def test_typed_lists_nest_by_their_numbers() -> None:
    found = TypedList()
    lines = (
        "1. 停写",
        "（1）停网关",
        "（2）停任务",
        "• 先停外呼",
        "2. 切换",
        "- 主站",
        "正文",
        "- 5 度以下",
        "-5 度",
        "2024年计划",
    )
    assert [found.level(line) for line in lines] == [1, 2, 2, 3, 1, 2, 0, 2, 0, 0]


def test_lines_are_joined_as_they_read() -> None:
    assert join_wrapped("必须双人复核，", "方可执行") == "必须双人复核，方可执行"
    assert join_wrapped("see the", "manual") == "see the manual"
    assert join_lines(["估计节省", "（人天）"]) == "估计节省（人天）"
    assert join_lines(["智能外呼", "", "一期 120 路"]) == "智能外呼 一期 120 路"
