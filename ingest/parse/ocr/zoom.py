"""Brings a picture to the size at which its text is read best."""

import cv2
import numpy as np

from ingest.parse.ocr.recogniser import Image

_MOST_SIDE = 4000
_SMALL_SIDE = 1000
"""Of a smaller picture the text is drawn at screen size, and read better at twice that."""


def zoomed(image: Image) -> tuple[Image, float]:
    """The picture, and how many times larger it has become."""
    longest: int = max(image.shape)
    zoom = _MOST_SIDE / longest if longest > _MOST_SIDE else 2.0 if longest < _SMALL_SIDE else 1.0
    if zoom == 1.0:
        return image, zoom
    method = cv2.INTER_AREA if zoom < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(image, None, fx=zoom, fy=zoom, interpolation=method), np.uint8), zoom
