"""What a peer is: passages in, ranked ids out."""

from collections.abc import Sequence
from typing import Protocol

from ingest.document import Value


class PeerPassage(Value):
    """A passage as every peer gets it: its id, and title and text in one string, as ours are embedded."""

    id: str
    text: str


class Peer(Protocol):
    """A retrieval system with its own tokenizer, store and ranking. `name` says which, with its settings."""

    name: str

    def index(self, passages: Sequence[PeerPassage]) -> None:
        """Take in all passages, once."""

    def search(self, question: str, k: int) -> list[str]:
        """The ids of the `k` best passages, best first."""
