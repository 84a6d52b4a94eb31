"""Whose documents a claim speaks of: customers and projects by the names that the shown documents give them."""

import re
from collections.abc import Sequence

from ingest.document import DocumentMeta
from ingest.terms import fold
from retrieval.answer import Passage

_KIND_OF_FIRM = re.compile(
    r"(?:农村商业银行|农商银行|银行|证券|期货|电力|燃气|保险|基金|信托|水务|集团|股份|有限公司|公司)+$"
)


class Projects:
    """The projects of the passages shown, and the names they go by."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._names: dict[str, set[str]] = {}
        self._texts: dict[str, list[str]] = {}
        for passage in passages:
            document = passage.document
            whose = owner(document)
            if not whose:
                continue
            for name in filter(None, (document.customer, document.project)):
                full = fold(name)
                for form in {full, _KIND_OF_FIRM.sub("", full)}:
                    if len(form) > 1:
                        self._names.setdefault(form, set()).add(whose)
            self._texts.setdefault(whose, []).append(fold(f"{document.title}\n{passage.chunk.text}"))

    def named(self, folded: str) -> set[str]:
        """The projects that a text names."""
        return set().union(*(whose for name, whose in self._names.items() if name in folded))

    def is_name(self, folded: str) -> bool:
        """Whether a text is nothing but a project's name."""
        return folded.strip() in self._names

    def known_by(self, name: str) -> set[str]:
        """The projects whose passages have a name, or are called by it."""
        having = {whose for whose, texts in self._texts.items() if any(name in text for text in texts)}
        return having | self.named(name)


def owner(document: DocumentMeta) -> str:
    """Whose document it is: its customer, or else its project; empty when it says neither."""
    return document.customer or document.project or ""
