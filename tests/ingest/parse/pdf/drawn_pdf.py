"""Draws small PDF files to the point, so that tests know where everything stands."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

SONG = "STSong-Light"
BOLD = "Helvetica-Bold"
pdfmetrics.registerFont(UnicodeCIDFont(SONG))


class Drawing:
    """A PDF being drawn. Positions are points from the top left; text stands on the line `y`, as its baseline."""

    def __init__(self, path: Path, size: tuple[float, float] = A4, **options: Any) -> None:
        self.path, self.width, self.height = path, *size
        self.canvas = Canvas(str(path), pagesize=size, **options)

    def text(self, x: float, y: float, text: str, size: float = 10.5, font: str = SONG) -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.height - y, text)

    def lines(self, x: float, y: float, texts: Sequence[str], size: float = 10.5, leading: float = 18) -> None:
        for at, text in enumerate(texts):
            self.text(x, y + at * leading, text, size)

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.setLineWidth(0.5)
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def shade(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.setFillColorRGB(0.85, 0.89, 0.95)
        self.canvas.rect(x0, self.height - y1, x1 - x0, y1 - y0, stroke=0, fill=1)
        self.canvas.setFillColorRGB(0, 0, 0)

    def grid(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        rows: Sequence[Sequence[str | None]],
        *,
        header: int = 0,
    ) -> None:
        """A ruled table. None goes on from the cell to the left, "^" from the cell above; `header` rows are shaded."""
        if header:
            self.shade(xs[0], ys[0], xs[-1], ys[header])
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                if text is not None:
                    self.rule(xs[column], ys[at], xs[column], ys[at + 1])
                if text != "^":
                    self.rule(xs[column], ys[at], xs[column + 1], ys[at])
                if text not in (None, "^", ""):
                    self.lines(xs[column] + 4, ys[at] + 14, str(text).split("\n"), leading=14)
            self.rule(xs[-1], ys[at], xs[-1], ys[at + 1])
        self.rule(xs[0], ys[-1], xs[-1], ys[-1])

    def end_page(self) -> None:
        self.canvas.showPage()

    def save(self) -> Path:
        self.canvas.save()
        return self.path
