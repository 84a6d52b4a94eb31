"""How a long run shows where it is: the run says what it goes through, the command decides how that looks."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

T = TypeVar("T")


class Watch(Protocol):
    """Wraps what is gone through; `what` names the work, `total` says how many items there are."""

    def __call__(self, items: Iterable[T], what: str, total: int) -> Iterable[T]:
        """The same items, while the progress is shown."""


def unwatched(items: Iterable[T], what: str, total: int) -> Iterable[T]:  # noqa: ARG001
    """Shows nothing."""
    return items
