"""How many characters of scanned pages are read right: known pages, printed, scanned well and badly, and read again.

`python -m evals.fidelity.scans` prints the table of `docs/benchmarks.md`. The measure is 1 − CER (edit distance by
length) over all text in reading order, without blanks and with full-width forms folded (NFKC): those look alike.
"""

import io
import tempfile
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from rapidfuzz.distance import Levenshtein
from rich.console import Console
from rich.table import Table

from evals.fidelity.made.pictures import font_file
from ingest.document import Element
from ingest.parse.context import Context
from ingest.parse.ocr.reading import reading_pictures
from ingest.parse.pdf.parser import parse

_A4 = (595, 842)  # points
_MARGIN = 80
_SIZE = 10.5
_LEADING = 18
_TEXTS = ("20250929_青禾压测评审会议纪要.md", "云陵电力POC中期评审会议纪要_20251017.md")
_DOCUMENTS = Path(__file__).resolve().parents[2] / "corpus" / "documents"
_ROWS = (
    ("模型", "并发", "卡型", "张数", "首字时延", "备注"),
    ("Qwen3-32B", "200", "昇腾910B3", "48", "≤1.2秒", "推理，W8A8"),
    ("bge-m3", "1,000", "昇腾910B3", "8", "≤80毫秒", "向量化"),
    ("DeepSeek-671B", "64", "昇腾910B3", "128", "≤2.5秒", "两机柜，RoCE 200GE"),
    ("72B SFT", "1", "昇腾910B3", "74", "—", "训练，含10%冗余"),
    ("合计", "", "", "258", "", "RPO≤15分钟，RTO≤30分钟"),
)


@dataclass(frozen=True)
class Scan:
    """How a page was scanned: `skew` in degrees clockwise, `noise` a standard deviation in grey levels, `turn` how far
    the sheet lay turned clockwise, `quality` of the JPEG.
    """

    dpi: int
    noise: float = 0.0
    skew: float = 0.0
    turn: int = 0
    quality: int = 90


@dataclass(frozen=True)
class Outcome:
    """`accuracy` of all characters (1 − CER), `seconds` of processor time a page, and each text recognised: how sure,
    and whether it stands so on the page.
    """

    accuracy: float
    seconds: float
    texts: tuple[tuple[float, bool], ...]


SCANS = {
    "150 dpi": Scan(150),
    "200 dpi": Scan(200),
    "300 dpi": Scan(300),
    "200 dpi, noise": Scan(200, noise=9, quality=62),
    "150 dpi, noise, 0.6° askew": Scan(150, noise=9, skew=0.6, quality=62),
    "200 dpi, 2° askew": Scan(200, noise=5, skew=2),
    "200 dpi, −4° askew": Scan(200, noise=5, skew=-4),
    "200 dpi, turned 90°": Scan(200, noise=5, turn=90),
    "200 dpi, turned 180°": Scan(200, noise=5, turn=180),
    "200 dpi, turned 270°, 1° askew": Scan(200, noise=5, turn=270, skew=1),
}


def measure(scan: Scan) -> Outcome:
    """Scan the pages so, and read them."""
    pages = [_text_page(scan.dpi, name) for name in _TEXTS] + [_table_page(scan.dpi)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scan.pdf"
        first, *rest = [_scanned(image, scan, at) for at, (image, _) in enumerate(pages)]
        first.save(path, "PDF", resolution=scan.dpi, save_all=True, append_images=rest, quality=scan.quality)
        begun = time.process_time()
        read = parse(path, reading_pictures(Context()))
        seconds = (time.process_time() - begun) / len(pages)
    truth = [_folded("".join(texts)) for _, texts in pages]
    found: list[tuple[str, float]] = []
    wrong = length = 0
    for number, text in enumerate(truth, start=1):
        mine = [one for one in read.elements if one.locator.page == number]
        lost = [one.text for one in read.left_out if one.locator.page == number]
        said = [(_folded(piece), sure) for one in mine for piece, sure in _texts(one)]
        wrong += Levenshtein.distance("".join(piece for piece, _ in said) + _folded("".join(lost)), text)
        length += len(text)
        found += [(piece, sure) for piece, sure in said if piece]
    whole = "\n".join(truth)
    return Outcome(1 - wrong / length, seconds, tuple((sure, piece in whole) for piece, sure in found))


def _texts(element: Element) -> Iterator[tuple[str, float]]:
    sure = element.confidence or 0.0
    if element.table is None:
        yield element.text, sure
        return
    yield "".join(element.table.header), sure
    for row in element.table.rows:
        yield "".join(row.cells), row.confidence or 0.0


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _text_page(dpi: int, name: str) -> tuple[Image.Image, list[str]]:
    """As much of a document as fits on a page, in a Song face."""
    picture, pen, scale = _sheet(dpi)
    source = (_DOCUMENTS / name).read_text("utf-8").partition("\n---\n")[2]
    font = ImageFont.truetype(font_file().replace("Sans", "Serif"), round(_SIZE * scale), index=2)
    room = picture.width - 2 * _MARGIN * scale
    y, lines = float(_MARGIN), list[str]()
    for paragraph in source.splitlines():
        if set(paragraph) <= set("|- :"):  # of a table in Markdown: a sign for programs, no text
            continue
        text = paragraph.lstrip("#-> ").replace("*", "").replace("`", "").replace("|", " ")
        while text.strip() and y < _A4[1] - _MARGIN:
            end = len(text)
            while font.getlength(text[:end]) > room:
                end -= 1
            pen.text((_MARGIN * scale, y * scale), text[:end], font=font, fill=0)
            lines.append(text[:end])
            text, y = text[end:], y + _LEADING
    return picture, lines


def _table_page(dpi: int) -> tuple[Image.Image, list[str]]:
    """A ruled sizing sheet below a heading."""
    picture, pen, scale = _sheet(dpi)
    sans = ImageFont.truetype(font_file(), round(_SIZE * scale), index=2)
    large = ImageFont.truetype(font_file(), round(16 * scale), index=2)
    title = "算力评估表（终版2）"
    pen.text((_MARGIN * scale, _MARGIN * scale), title, font=large, fill=0)
    xs, top, high = (60, 160, 215, 295, 340, 400, 545), 130, 22
    for down, row in enumerate(_ROWS):
        for across, text in enumerate(row):
            x0, x1, y = xs[across] * scale, xs[across + 1] * scale, (top + high * down) * scale
            fill = 225 if down == 0 else 255
            pen.rectangle((x0, y, x1, y + high * scale), fill=fill, outline=0, width=max(1, round(0.5 * scale)))
            pen.text((x0 + 4 * scale, y + 3 * scale), text, font=sans, fill=0)
    return picture, [title, *(cell for row in _ROWS for cell in row)]


def _sheet(dpi: int) -> tuple[Image.Image, ImageDraw.ImageDraw, float]:
    scale = dpi / 72
    picture = Image.new("L", (round(_A4[0] * scale), round(_A4[1] * scale)), 255)
    return picture, ImageDraw.Draw(picture), scale


def _scanned(page: Image.Image, scan: Scan, seed: int) -> Image.Image:
    askew = page.rotate(-scan.skew, Image.Resampling.BICUBIC, fillcolor=255)
    grey: NDArray[np.float64] = np.asarray(askew, dtype=np.float64)
    if scan.noise:
        grey = grey * 0.95 + np.random.default_rng(seed).normal(0, scan.noise, grey.shape)
    made = Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)).rotate(-scan.turn, expand=True)
    file = io.BytesIO()
    made.save(file, "JPEG", quality=scan.quality)
    return Image.open(file)


def main() -> None:
    """Print what came out for each kind of scan, and how far confidence tells right from wrong."""
    table = Table("scan", "characters right", "CPU s a page")
    texts: list[tuple[float, bool]] = []
    for name, scan in SCANS.items():
        outcome = measure(scan)
        texts += outcome.texts
        table.add_row(name, f"{outcome.accuracy:.2%}", f"{outcome.seconds:.1f}")
    bands = Table("confidence", "texts", "without a wrong character")
    for low, high in ((0.0, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 0.98), (0.98, 1.01)):
        right = [ok for sure, ok in texts if low <= sure < high]
        bands.add_row(f"{low:.2f} to {min(high, 1.0):.2f}", str(len(right)), f"{np.mean(right):.1%}" if right else "—")
    Console().print(table, bands)


if __name__ == "__main__":
    main()
