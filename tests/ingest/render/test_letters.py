from ingest.render.letters import Finder, Letters


def page(text: str) -> Letters:
    """Ten letters a line, each 10 points wide and 12 high."""
    boxes = tuple(
        (at % 10 * 10.0, at // 10 * 20.0, at % 10 * 10.0 + 10, at // 10 * 20.0 + 12) for at in range(len(text))
    )
    return Letters(text=text, boxes=boxes)


def test_a_text_is_found_with_one_box_for_each_line() -> None:
    finder = Finder([page("甲乙丙丁戊己庚辛壬癸子丑寅卯")])
    assert finder.find("庚辛 壬癸\n子丑") == [(0, (60.0, 0.0, 100.0, 12.0)), (0, (0.0, 20.0, 20.0, 32.0))]


def test_the_same_words_are_found_one_after_the_other() -> None:
    finder = Finder([page("说明甲说明乙"), page("说明丙")])
    assert [finder.find("说明")[0] for _ in range(3)] == [
        (0, (0.0, 0.0, 20.0, 12.0)),
        (0, (30.0, 0.0, 50.0, 12.0)),
        (0, (0.0, 0.0, 20.0, 12.0)),
    ]
    assert finder.find("说明", only=1) == [(1, (0.0, 0.0, 20.0, 12.0))]


def test_what_is_not_there_is_not_found() -> None:
    finder = Finder([page("甲乙丙")])
    assert finder.find("丁") == []
    assert finder.find("  ") == []
    assert finder.find("甲", only=5) == []
