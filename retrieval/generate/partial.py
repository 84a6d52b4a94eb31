"""Claims out of a reply that is still being written, each as soon as it is whole."""

from collections.abc import Iterator

from pydantic import ValidationError
from pydantic_core import from_json

from retrieval.generate.reply import body
from retrieval.generate.schema import Claimed


class ClaimReader:
    """Takes the pieces of a reply in order. A reply that is no JSON yields nothing here; it is read at its end."""

    def __init__(self) -> None:
        self.text = ""
        self.read = 0
        """Claims given so far, whether or not they could be understood."""

    def feed(self, piece: str) -> Iterator[Claimed]:
        """The claims that have become whole with this piece."""
        self.text += piece
        # Only a bracket can end a claim, and only what follows shows that one is whole.
        if not set(piece) & set('{}[],"'):
            return
        try:
            so_far = from_json(body(self.text), allow_partial=True)
        except ValueError:
            return
        claims = so_far.get("claims") if isinstance(so_far, dict) else None
        if not isinstance(claims, list):
            return
        whole = len(claims) if "missing" in so_far or body(self.text).rstrip().endswith("}]") else len(claims) - 1
        while self.read < whole:
            self.read += 1
            try:
                yield Claimed.model_validate(claims[self.read - 1])
            except ValidationError:
                continue
