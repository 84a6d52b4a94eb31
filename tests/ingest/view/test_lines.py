from pathlib import Path

from ingest.document import Locator
from tests.ingest.view.opened import Opened


def test_lines_and_headings_are_counted_as_the_parser_counts(tmp_path: Path) -> None:
    lines = ["# 手册", "", "```", "# 不是标题", "```", *(f"第{number}步" for number in range(6, 1000)), "## 末节"]
    (tmp_path / "a.md").write_text("\n".join(lines), "utf-8")
    opened = Opened(tmp_path / "a.md")
    assert [(one.text, one.at) for one in opened.description.outline] == [("手册", 1), ("末节", 1000)]
    found = opened.place(Locator(kind="lines", line_start=900, line_end=901))
    assert found
    assert found.lines == (900, 901)
    first = opened.description.parts[0].pieces[found.piece - 1][0]
    assert opened.piece(1, found.piece)[900 - first] == "第900步"
