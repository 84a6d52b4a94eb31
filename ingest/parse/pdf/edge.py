"""Tells which repeated lines stand at the edge of their page, apart from its text."""

from ingest.parse.pdf.lines import Line
from ingest.parse.pdf.page_text import PageText

_OTHER_SIZE = 0.04  # share of the body's size by which another size differs
_APART = 1.0  # of the body's size: more than this lies between a header and the text, less between lines of text


def at_edge(page: PageText, candidates: set[int], size: float) -> set[int]:
    """The identities of those lines among `candidates` that no text of the body's `size` stands outside of, and that
    are parted from the text by more than lines of text are from each other, or are set in another size.
    """
    others = [table.box for table in page.tables]
    below = sorted(((line.box[1], line.box[3], line) for line in page.lines), key=lambda one: one[:2])
    above = sorted(((-line.box[3], -line.box[1], line) for line in page.lines), key=lambda one: one[:2])
    heads = _outermost(below, [box[1] for box in others], candidates, size)
    return heads | _outermost(above, [-box[3] for box in others], candidates, size)


def _outermost(
    lines: list[tuple[float, float, Line]], tables: list[float], candidates: set[int], size: float
) -> set[int]:
    """As `at_edge`, for one edge; `lines` come from the edge inwards, with their near and far side."""
    first_table = min(tables, default=float("inf"))
    run: list[tuple[float, float, Line]] = []
    text = first_table
    for near, far, line in lines:
        if near > first_table:
            break
        if id(line) in candidates:
            run.append((near, far, line))
        elif line.size >= size * (1 - _OTHER_SIZE) and not (run and near < run[-1][1]):
            text = near
            break
    while run:
        near, far, line = run[-1]
        if abs(line.size - size) > _OTHER_SIZE * size or text - far > _APART * size:
            break
        text = near
        run.pop()
    return {id(line) for _, _, line in run}
