"""Finds the lines of text in a picture and reads them, with the PP-OCR models that come in rapidocr's wheel.

Every model is named by its file, so rapidocr has no reason to fetch one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.errors import ModelUnavailable
from ingest.said import Said

Image = NDArray[np.uint8]
"""Grey values, height × width."""
Point = tuple[float, float]

_DETECTOR = "PP-OCRv6_det_small.onnx"
_READER = "PP-OCRv6_rec_small.onnx"
_TURNER = "ch_ppocr_mobile_v2.0_cls_mobile.onnx"
_LONGEST_SIDE = 1280
"""Lines are looked for at this size; larger takes longer and finds no more."""
_UPRIGHT = 1.5
"""A line's box this much higher than wide stands upright; rapidocr turns it anticlockwise before it is read."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character: the middle of it, as the share (0 to 1) of the line's length, and whether a blank stands before."""

    text: str
    at: float
    spaced: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line as read. `corners` in pixels: where the text begins above, ends above, ends below, begins below."""

    text: str
    confidence: float
    corners: tuple[Point, Point, Point, Point]
    glyphs: tuple[Glyph, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a line of text is. `corners` clockwise from the top left; `crop` is it, level, with the text from left to
    right if it begins at the corner of index `start`.
    """

    corners: NDArray[np.float32]
    crop: NDArray[np.uint8]
    start: int

    @property
    def stands(self) -> bool:
        """Whether its text runs downwards or upwards."""
        return self.start % 2 == 1

    @property
    def length(self) -> float:
        """Of its longer side."""
        return max(_sides(self.corners))

    def turned(self, quarters: int) -> "Spot":
        """The same, if its text begins so many corners further on, clockwise."""
        crop = np.ascontiguousarray(np.rot90(self.crop, quarters))
        return Spot(self.corners, crop, (self.start + quarters) % 4)


class Recogniser:
    """The models, loaded at the first picture. May be called from several threads; each call uses one core.

    Raises `ModelUnavailable` when a model has gone from the package.
    """

    def __init__(self) -> None:
        self._models = _models()
        self._loading = Lock()
        self._loaded: Any = None

    @property
    def _engine(self) -> Any:
        with self._loading:
            if self._loaded is None:
                self._loaded = _engine(self._models)
            return self._loaded

    def spots(self, image: Image) -> list[Spot]:
        """Where there is text in the picture, from top to bottom."""
        done: dict[str, Any] = {}
        colour = np.repeat(image[:, :, None], 3, axis=2)
        try:
            crops, found = self._engine.detect_and_crop(colour, done)
        except Exception as error:
            if type(error).__name__ == "RapidOCRError":  # its way to say that there is none
                return []
            raise
        padding = done["padding_1"]
        corners = found.boxes.astype(np.float32) - np.array([padding["left"], padding["top"]], np.float32)
        return [Spot(box, crop, int(_stands(box))) for box, crop in zip(corners, crops, strict=True)]

    def read(self, spots: Sequence[Spot]) -> list[ReadLine]:
        """The text at each of the spots."""
        if not spots:
            return []
        found = self._engine.recognize_txt([spot.crop for spot in spots])
        return [
            _line(text, confidence, words, spot)
            for spot, text, confidence, words in zip(spots, found.txts, found.scores, found.word_results, strict=True)
        ]


@cache
def recogniser() -> Recogniser:
    """The one of this process. Raises `ModelUnavailable` when a model has gone from the package."""
    return Recogniser()


def _models() -> Path:
    package = find_spec("rapidocr")
    folder = Path(package.origin).parent / "models" if package and package.origin else Path()
    for name in (_DETECTOR, _READER, _TURNER):
        if not (folder / name).is_file():
            raise ModelUnavailable(
                Said("Pictures cannot be read: rapidocr's model {name} is not there.", name=name),
                "Install rapidocr anew, or set CASELORE_OCR=false.",
            )
    return folder


def _engine(models: Path) -> Any:
    import rapidocr

    engine = rapidocr.RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.text_score": 0.0,
            "Det.model_path": str(models / _DETECTOR),
            "Det.limit_type": "max",
            "Det.limit_side_len": _LONGEST_SIDE,
            "Rec.model_path": str(models / _READER),
            "Rec.rec_batch_num": 1,
            "Cls.model_path": str(models / _TURNER),
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
    engine.return_word_box = True
    return engine


def _sides(corners: NDArray[np.float32]) -> tuple[float, float]:
    top, right, bottom, left = (np.linalg.norm(corners[at] - corners[(at + 1) % 4]) for at in range(4))
    return float(max(top, bottom)), float(max(right, left))


def _stands(corners: NDArray[np.float32]) -> bool:
    across, down = _sides(corners)
    return down >= _UPRIGHT * across


def _line(text: str, confidence: float, words: Any, spot: Spot) -> ReadLine:
    """`words` tells at which of the reader's columns each character was seen, blanks left out; `text` has the blanks,
    and one confidence was given for each of its characters.
    """
    first, second, third, fourth = ((float(x), float(y)) for x, y in np.roll(spot.corners, -spot.start, axis=0))
    columns = [column for word in words.word_cols or () for column in word]
    glyphs: list[Glyph] = []
    spaced = False
    for char, sure in zip(text, words.confs or (), strict=False):
        if char.isspace():
            spaced = True
            continue
        at = (columns[len(glyphs)] + 0.5) / max(words.line_txt_len, 1.0)
        glyphs.append(Glyph(char, min(at, 1.0), spaced and bool(glyphs), float(sure)))
        spaced = False
    return ReadLine(text.strip(), float(confidence), (first, second, third, fourth), tuple(glyphs))
