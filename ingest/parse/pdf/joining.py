"""Joins the parts of a table that goes on over pages: repeated headers, rows and merged cells cut by the break."""

from dataclasses import replace

from ingest.parse.pdf.tables import PageTable, PlacedRow
from ingest.parse.plain.typed_lists import join_wrapped
from ingest.parse.table.grid import common_look, distinct, texts

_EDGE, _LOOSE_EDGE = 4.0, 30.0
"""Column edges no farther apart (points) are the same column on the next page."""


def goes_on(above: PageTable, below: PageTable) -> bool:
    """Whether `below`, first on its page, is the next part of `above`, last on the page before: the columns are the
    same, and it has the same header or nothing that looks like one.
    """
    if len(above.xs) != len(below.xs) or above.loose is not below.loose:
        return False
    if any(abs(a - b) > (_LOOSE_EDGE if above.loose else _EDGE) for a, b in zip(above.xs, below.xs, strict=True)):
        return False
    if above.loose:
        return _repeats_header(above, below) or not below.shape.header
    head, first = (common_look(distinct(table.rows[0].cells)) for table in (above, below))
    return _repeats_header(above, below) or head != first or head == (False, "")


def continued(above: PageTable, below: PageTable) -> PageTable:
    """Both parts as one: a repeated header is dropped, a row or a merged cell cut by the page break made whole."""
    rows = list(below.rows[above.head :] if _repeats_header(above, below) else below.rows)
    before = list(above.rows)
    if rows and len(before) > above.head:
        blank = [not text for text in texts(rows[0].cells)]
        if blank[0] and sum(blank) >= len(blank) / 2:
            before[-1] = _whole(before[-1], rows[0])
            rows = rows[1:]
        elif blank[0]:
            rows = _filled_down(rows, before[-1])
    return PageTable(above.xs, (*before, *rows), above.stated, above.loose)


def _repeats_header(above: PageTable, below: PageTable) -> bool:
    heads = ([texts(row.cells) for row in table.rows[: above.head]] for table in (above, below))
    return above.head > 0 and next(heads) == next(heads)


def _whole(last: PlacedRow, first: PlacedRow) -> PlacedRow:
    """A row whose text goes on after the page break."""
    cells = tuple(
        replace(above, text=join_wrapped(above.text, below.text) if above.text else below.text)
        if above and below and below.text
        else above
        for above, below in zip(last.cells, first.cells, strict=True)
    )
    return replace(last, cells=cells)


def _filled_down(rows: list[PlacedRow], last: PlacedRow) -> list[PlacedRow]:
    """A merged cell that began on the page before, put into the rows that it covers on this one."""
    empty = rows[0].cells[0]
    covered = empty.rows if empty else 1
    carried = last.cells[0]
    return [replace(row, cells=(carried, *row.cells[1:])) if at < covered else row for at, row in enumerate(rows)]
