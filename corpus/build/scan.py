"""A document as it comes out of a scanner: each page a grey picture, a little askew and noisy, and no text at all."""

import io
import tempfile
import time
from pathlib import Path

import numpy as np
import pypdfium2
from kit_docx import Doc
from kit_pdf import save_pdf
from PIL import Image

DPI = 150
NOISE = 9.0  # standard deviation in grey levels
SKEWS = (0.6, -0.4, 0.3, -0.7, 0.5)  # degrees, page after page


def save_scan(doc: Doc, path: Path) -> None:
    """Prints `doc`, then writes the pages to `path` as JPEG pictures in a PDF. The same document gives the same bytes."""
    with tempfile.TemporaryDirectory() as folder:
        printed = Path(folder) / path.name
        save_pdf(doc, printed)
        with pypdfium2.PdfDocument(printed) as pdf:
            pages = [_scanned(page.render(scale=DPI / 72, grayscale=True).to_pil(), n) for n, page in enumerate(pdf)]
    stamp = f"{doc.created:%Y%m%d}090000Z"
    first, *rest = pages
    moment = time.strptime(stamp, "%Y%m%d%H%M%SZ")
    first.save(
        path, "PDF", resolution=DPI, save_all=True, append_images=rest, quality=62, creationDate=moment, modDate=moment
    )


def _scanned(page: Image.Image, number: int) -> Image.Image:
    turned = page.convert("L").rotate(SKEWS[number % len(SKEWS)], Image.Resampling.BICUBIC, fillcolor=250)
    grain = np.random.default_rng(number).normal(0, NOISE, (turned.height, turned.width))
    grey = np.clip(np.asarray(turned, dtype=float) * 0.95 + grain, 0, 255).astype(np.uint8)
    data = io.BytesIO()
    Image.fromarray(grey).save(data, "JPEG", quality=62)
    return Image.open(data)
