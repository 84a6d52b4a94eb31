"""Front matter is taken off, in YAML or as people write it; a rule at the top of a text is no front matter."""

import pytest

from ingest.document import Properties
from ingest.parse.markup.front_matter import take_off


def test_yaml_is_read_and_its_lines_are_counted() -> None:
    front = take_off(
        "---\ntitle: 双活方案\nversion: 1.2\ndate: 2025-09-30\nauthor: [张三, 李四]\ntags: [x]\n---\n\n# 一\n"
    )
    assert front.properties == Properties(title="双活方案", version="1.2", date="2025-09-30", author="张三、李四")
    assert front.body == "# 一"
    assert front.lines == 8


@pytest.mark.parametrize(
    "block",
    [
        "---\n标题：双活: 方案\n版本：V1.2\n编制人：张三\n---\n正文",  # full-width colons are no YAML
        "---\n\n**@标题**：双活: 方案\n**@版本**：V1.2\n**@作者**：张三\n\n---\n正文",
        "---\ntitle: 双活: 方案\nversion: V1.2\nauthor: 张三\n---\n正文",  # two colons in a line are no YAML either
    ],
)
def test_what_only_looks_like_yaml_is_read_line_by_line(block: str) -> None:
    front = take_off(block)
    assert front.properties == Properties(title="双活: 方案", version="V1.2", author="张三")
    assert block.split("\n", front.lines)[front.lines] == front.body == "正文"


@pytest.mark.parametrize("text", ["---\n引言一段。\n\n---\n正文", "正文\n---\ntitle: x\n---\n", "# 一\n"])
def test_without_front_matter_nothing_is_cut_off(text: str) -> None:
    front = take_off(text)
    assert (front.properties, front.body, front.lines) == (Properties(), text, 0)


def test_nested_aliases_are_not_unfolded() -> None:
    bomb = "---\na: &a [x, x, x, x, x, x, x, x, x]\n"
    bomb += "".join(
        f"{two}: &{two} [{', '.join(['*' + one] * 9)}]\n" for one, two in zip("abcdefgh", "bcdefghi", strict=True)
    )
    front = take_off(f"{bomb}title: *i\nversion: V1.0\n---\n正文")
    assert front.properties == Properties(version="V1.0")
