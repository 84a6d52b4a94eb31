"""What the styles of an OpenDocument text say: heading levels, bold, hidden, how lists and headings count."""

import re
from dataclasses import dataclass

from ingest.parse.odt.package import Node, q

_HEADING = re.compile(r"(?:Heading|标题)(?:_20_|\s)*(?P<level>\d+)$")
_HAN = "一二三四五六七八九十"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_DEEPEST_STYLE = 20


@dataclass(frozen=True)
class Level:
    """One level of a list: a bullet, or a number format (`1`, `a`, `I`, `一`) with what stands around the number and
    how many levels it shows (`1.2.3`).
    """

    bullet: str = ""
    format: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    shown: int = 1


class Styles:
    """The styles of `content.xml` and `styles.xml`, by name."""

    def __init__(self, roots: list[Node]) -> None:
        self._styles: dict[str, Node] = {}
        self.lists: dict[str, dict[int, Level]] = {}
        self.outline: dict[int, Level] = {}
        for root in roots:
            for style in root.iter(q("style:style")):
                self._styles.setdefault(style.get(q("style:name"), ""), style)
            for style in root.iter(q("text:list-style")):
                self.lists.setdefault(style.get(q("style:name"), ""), _levels(style))
            for style in root.iter(q("text:outline-style")):
                self.outline = self.outline or _levels(style)

    def heading_level(self, name: str) -> int:
        """The level of a paragraph style that is one of headings, its ancestors looked at; else 0."""
        for style in self._family(name):
            stated = style.get(q("style:default-outline-level"), "")
            found = _HEADING.match(style.get(q("style:name"), ""))
            if stated.isdigit() and int(stated):
                return int(stated)
            if found:
                return int(found["level"])
        return 1 if any(style.get(q("style:name")) == "Title" for style in self._family(name)) else 0

    def is_bold(self, name: str) -> bool:
        """Whether text of this style is bold."""
        return self._stated(name, "fo:font-weight") in {"bold", "600", "700", "800", "900"}

    def is_hidden(self, name: str) -> bool:
        """Whether text of this style is not shown."""
        return self._stated(name, "text:display") == "none"

    def fill(self, name: str) -> str:
        """The background of a cell style; empty when it has none."""
        for style in self._family(name):
            for properties in style:
                colour = properties.get(q("fo:background-color"), "")
                if colour and colour != "transparent":
                    return colour
        return ""

    def _stated(self, name: str, attribute: str) -> str:
        for style in self._family(name):
            for properties in style.iter(q("style:text-properties")):
                if properties.get(q(attribute)):
                    return properties.get(q(attribute), "")
        return ""

    def _family(self, name: str) -> list[Node]:
        """The style and its ancestors."""
        found: list[Node] = []
        while name in self._styles and len(found) < _DEEPEST_STYLE:
            found.append(self._styles[name])
            name = found[-1].get(q("style:parent-style-name"), "")
        return found


class Counter:
    """Counts the items of one list, or the headings of the document."""

    def __init__(self, levels: dict[int, Level]) -> None:
        self._levels = levels
        self._numbers: dict[int, int] = {}

    def mark(self, depth: int, start: int | None = None) -> str:
        """The mark of the next item at `depth` (from 1): a bullet, a number, or nothing. `start` sets the number."""
        level = self._levels.get(depth, Level())
        for deeper in [one for one in self._numbers if one > depth]:
            del self._numbers[deeper]
        self._numbers[depth] = start if start is not None else self._numbers.get(depth, level.start - 1) + 1
        if level.bullet:
            return level.bullet
        if not level.format:
            return ""
        shown = range(max(1, depth - level.shown + 1), depth + 1)
        parts = [
            numeral(self._numbers.get(one, 1), self._levels.get(one, level).format)
            for one in shown
            if self._levels.get(one, level).format
        ]
        return f"{level.prefix}{'.'.join(parts)}{level.suffix}"


def numeral(number: int, kind: str) -> str:
    """`number` in the format that the first number of a series shows: `1`, `a`, `A`, `i`, `I`, `一`, `①`."""
    first = kind.split(",")[0].strip()
    if first in ("a", "A") and 0 < number <= 26:
        return chr(ord(first) + number - 1)
    if first in ("i", "I") and 0 < number < 5000:
        return _roman(number) if first == "I" else _roman(number).lower()
    if first in ("一", "壹") and 0 < number < 100:
        tens, ones = divmod(number, 10)
        head = "" if not tens else "十" if tens == 1 else f"{_HAN[tens - 1]}十"
        return head + (_HAN[ones - 1] if ones else "")
    if first == "①" and 0 < number <= 20:
        return chr(ord("①") + number - 1)
    return str(number)


def _roman(number: int) -> str:
    found = ""
    for value, letters in _ROMAN:
        found += letters * (number // value)
        number %= value
    return found


def _levels(style: Node) -> dict[int, Level]:
    found: dict[int, Level] = {}
    for one in style:
        depth = one.get(q("text:level"), "")
        if not depth.isdigit():
            continue
        start, shown = one.get(q("text:start-value"), "1"), one.get(q("text:display-levels"), "1")
        bullet = one.get(q("text:bullet-char"), "")
        # Symbol fonts put bullets into the private use area, where they mean nothing.
        bullet = "•" if bullet and "\ue000" <= bullet <= "\uf8ff" else bullet
        found[int(depth)] = Level(
            bullet,
            one.get(q("style:num-format"), ""),
            one.get(q("style:num-prefix"), ""),
            one.get(q("style:num-suffix"), ""),
            int(start) if start.isdigit() else 1,
            int(shown) if shown.isdigit() else 1,
        )
    return found
