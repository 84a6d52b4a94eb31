"""Many inside together, or one alone: reads go on side by side, and closing waits for them."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition


class Gate:
    """A lock for many readers or one owner. Who asks to be alone is let in before readers that come later."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._inside = 0
        self._alone = False

    @contextmanager
    def together(self) -> Iterator[None]:
        """Be inside with others. Not to be nested: a second entry would wait for one who waits for the first to end."""
        with self._changed:
            self._changed.wait_for(lambda: not self._alone)
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Be inside with nobody else."""
        with self._changed:
            self._changed.wait_for(lambda: not self._alone)
            self._alone = True
        try:
            with self._changed:
                self._changed.wait_for(lambda: not self._inside)
            yield
        finally:
            with self._changed:
                self._alone = False
                self._changed.notify_all()
