"""Which edition of a document is being written."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Edition:
    """`edition(old, new)` is the text of the edition at hand."""

    new: bool

    def __call__(self, old: str, latest: str) -> str:
        return latest if self.new else old
