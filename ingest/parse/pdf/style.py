"""Measures the body text of a PDF: everything that stands out does so against it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.parse.pdf.lines import Line
from ingest.parse.pdf.page_text import PageText

_FULL_LINES = 3
_MARK_AT_END = re.compile(r"\W$")


@dataclass(frozen=True)
class Style:
    """The look of the body text, by which everything else is measured."""

    size: float
    bold: bool
    font: str
    leading: float  # distance from line to line, in ems
    left: float
    right: float


def body_style(pages: Sequence[PageText]) -> Style:
    """The look that most characters outside tables have."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 10.5
    body = [line for page in pages for line in page.lines if abs(line.size - size) < 1]
    bold = sum(len(line.text) for line in body if line.bold) * 2 > sum(len(line.text) for line in body)
    left = min((line.box[0] for line in body), default=0.0)
    fonts = Counter(line.font for line in body if not line.text.isascii() for _ in line.text)
    steps: Counter[float] = Counter()
    for page in pages:
        for above, below in pairwise(page.lines):
            step = (below.box[3] - above.box[3]) / size
            if above.size == below.size == size and 0.9 < step < 3:
                steps[round(step, 1)] += 1
    return Style(
        size,
        bold,
        fonts.most_common(1)[0][0] if fonts else "",
        min(steps, key=lambda step: (-steps[step], step)) if steps else 1.5,
        left,
        _right_margin(pages, body, left),
    )


def _right_margin(pages: Sequence[PageText], body: Sequence[Line], left: float) -> float:
    """Where full lines end: where several long lines do, else as far from the edge of the page as lines begin."""
    # A mark at a line's end may hang over the margin.
    ends = [line.box[2] for line in body if not _MARK_AT_END.search(line.text)]
    width = max((page.width for page in pages), default=0.0)
    last = max(ends, default=0.0)
    size = max((line.size for line in body), default=0.0)
    full = sum(end > last - 1.5 * size for end in ends)
    return last if full >= _FULL_LINES and last - left > width / 2 else max(last, width - left)
