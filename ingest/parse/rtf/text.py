"""The text of an RTF file and nothing else, for mail bodies."""

from ingest.parse.rtf.reader import Reader


def plain_text(source: bytes) -> str:
    """The visible text, a line for each paragraph; empty when there is none."""
    pieces: list[str] = []
    for event in Reader().read(source):
        if event.look.destination != "body" or event.look.hidden or event.look.deleted:
            continue
        pieces.append(
            event.text if event.kind == "text" else {"paragraph": "\n", "row": "\n", "cell": "\t"}.get(event.kind, "")
        )
    return whole("".join(pieces))


def whole(text: str) -> str:
    """The text with characters beyond U+FFFF put together from the halves that RTF writes."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
