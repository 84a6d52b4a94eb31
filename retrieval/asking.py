"""A question with all that says how it is to be taken: what every way of asking is given."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from retrieval.query import check_filters, read_dropped, read_question


@dataclass(frozen=True)
class Asking:
    """A question, and what goes with it.

    `filters` narrow it to documents: for each key the values of which any will do. `history` are the questions asked
    before, oldest first, that complete it. With `guess`, what its words tell of projects, kinds of document, versions
    and times is used; without, it is searched for as it is written. `without` names guesses to drop (`version`,
    `version=终版`).
    """

    question: str
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    history: Sequence[str] = ()
    guess: bool = True
    without: Collection[str] = ()

    @classmethod
    def of(cls, asking: "Asking | str") -> "Asking":
        """What is asked; a string is a question with nothing to it."""
        return cls(asking) if isinstance(asking, str) else asking

    def checked(self, max_chars: int) -> "Asking":
        """The same in order, its question at most `max_chars` characters long. Raises `UsageError`s."""
        return replace(
            self,
            question=read_question(self.question, max_chars),
            filters=check_filters(self.filters),
            without=read_dropped(self.without),
        )
