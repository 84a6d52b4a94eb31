"""Opens a place in a picture: what stands inside its box, cut out and read anew."""

import io
import zipfile
from pathlib import Path

import numpy as np
from PIL import Image

from ingest.document import Locator
from ingest.parse.ocr.page_reading import read_page_picture
from ingest.parse.ocr.recogniser import recogniser

_MARGIN = 12
"""Pixels around the box: the recogniser wants some ground around a line."""


def picture(path: Path, locator: Locator) -> str:
    """The words inside the box of a picture that is a part of an Office file."""
    if locator.bbox is None or not zipfile.is_zipfile(path):
        raise LookupError(f"no box in {locator.picture}")
    with zipfile.ZipFile(path) as package:
        names = [
            one for one in package.namelist() if one.endswith(f"media/{(locator.picture or '').rpartition('/')[2]}")
        ]
        if not names:
            raise LookupError(f"no picture {locator.picture}")
        whole = Image.open(io.BytesIO(package.read(names[0]))).convert("L")
    x0, y0, x1, y1 = locator.bbox
    if not (0 <= x0 < x1 <= whole.width + 1 and 0 <= y0 < y1 <= whole.height + 1):
        raise LookupError(f"box {locator.bbox} in a picture of {whole.size}")
    cut = whole.crop((int(x0) - _MARGIN, int(y0) - _MARGIN, int(x1) + _MARGIN, int(y1) + _MARGIN))
    larger = cut.resize((2 * cut.width, 2 * cut.height))
    reading = read_page_picture(np.asarray(larger, np.uint8), recogniser())
    return "".join(one.line.text for one in reading.written)
