"""What a language model drafts, before anything of it is believed."""

from ingest.document import Value


class DraftClaim(Value):
    """One statement as the model wrote it.

    `sources` are the places, from 1, of the passages that the model names, in the order they were shown to it; `quotes`
    the words it says it rests on. Both may be wrong, sloppy or empty.
    """

    text: str
    sources: tuple[int, ...] = ()
    quotes: tuple[str, ...] = ()
