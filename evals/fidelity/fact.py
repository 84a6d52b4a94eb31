"""What the suite is made of: files with known content, and the facts that stand in them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ingest.document import BBox, ElementKind, LeftOutReason


@dataclass(frozen=True)
class Fact:
    """One thing that a file says in one place.

    `text` is unique in its file and stands so in the original, where `raw` is empty; else `raw` is what the original
    holds at that place (a cell's bare number, a line's markup). `shown` is what the element must show (a number in
    front, a percentage), `text` when empty. `place` are the fields that the locator must have, those of a heading path
    included. A table's fact also names the `key`, another cell of its row, and the `column`, its header.
    `box` is where it stands on its page or picture, to be met by the locator's box.

    A fact that is not `unique` may stand in other places, too. With `kept` false it must not be among the elements, and
    where a `reason` is given it must be left out for that. What the file says about itself is in the `field` of its
    properties.
    """

    topic: str
    text: str
    place: Mapping[str, Any] = field(default_factory=dict)
    kind: ElementKind | None = None
    level: int | None = None
    key: str = ""
    column: str = ""
    raw: str = ""
    shown: str = ""
    box: BBox | None = None
    unique: bool = True
    kept: bool = True
    reason: LeftOutReason | None = None
    field: str = ""


@dataclass
class MadeFile:
    """A file of the suite; `made_by` says with what. `encoding` is that of a text file; `stand_in` is the format that a
    file without an opener is saved in to be opened; `formulas` asks for these beside the values; `twin` is the
    same document in a form that can be opened.
    """

    path: Path
    format: str
    made_by: str
    facts: list[Fact] = field(default_factory=list)
    encoding: str = "utf-8"
    stand_in: str = ""
    formulas: bool = False
    twin: Path | None = None

    def plant(self, topic: str, text: str, place: Mapping[str, Any] | None = None, **more: Any) -> str:
        """Write a fact down; gives its text back, so that it can stand in the call that writes the file."""
        self.facts.append(Fact(topic, text, place or {}, **more))
        return text

    def keep_out(self, topic: str, text: str, reason: LeftOutReason | None = None) -> str:
        """Write down what must not be among the elements."""
        self.facts.append(Fact(topic, text, kept=False, reason=reason))
        return text

    def says(self, field: str, text: str) -> str:
        """Plant what the file says about itself: `field` is that of `Properties`."""
        self.facts.append(Fact(f"stated {field}", text, field=field))
        return text

    def within(self, name: str, facts: list[Fact]) -> None:
        """Plant the facts of a file that lies inside this one under `name`."""
        for fact in facts:
            place = {**fact.place, "within": (name, *fact.place.get("within", ()))}
            self.facts.append(replace(fact, place=place if fact.kept else fact.place))


Maker = Callable[[Path], MadeFile]
"""Writes one file into the folder given."""
