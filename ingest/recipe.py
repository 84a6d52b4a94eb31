"""How one model turns texts into vectors, written down once when the model is prepared."""

from pathlib import Path
from typing import Literal, Self

from ingest.document import Value

RECIPE_FILE = "recipe.json"
TOKENIZER_FILE = "tokenizer.json"
ONNX_FILE = "model.onnx"


class Recipe(Value):
    """What has to be done to a text before the model, and which engine runs the model.

    `engine` is `onnx` when the int8 graph gave the same vectors as torch on the check texts (`cosine_min` and
    `cosine_mean`: int8 against torch), else `torch`, with `reason` saying why. `max_tokens` counts the model's special
    tokens. The fingerprint leaves the engine out: the check made sure that the vectors of both compare.
    """

    fingerprint: str
    dimensions: int
    max_tokens: int
    pooling: str
    lowercase: bool
    query_prefix: str = ""
    passage_prefix: str = ""
    engine: Literal["onnx", "torch"] = "torch"
    cosine_mean: float | None = None
    cosine_min: float | None = None
    reason: str | None = None

    def query(self, text: str) -> str:
        """The question as the model is to read it."""
        return self._clean(self.query_prefix + text)

    def passage(self, text: str) -> str:
        """The passage as the model is to read it."""
        return self._clean(self.passage_prefix + text)

    def _clean(self, text: str) -> str:
        # A lone surrogate (half a character, from a damaged file) cannot be encoded, and tokenizers refuse it.
        text = text.encode("utf-8", "replace").decode("utf-8")
        return text.lower() if self.lowercase else text

    def write(self, folder: Path) -> None:
        """Put the recipe into the folder of a prepared model."""
        (folder / RECIPE_FILE).write_text(self.model_dump_json(indent=2) + "\n", "utf-8")

    @classmethod
    def read(cls, folder: Path) -> Self | None:
        """The recipe in a folder, or None when there is none (or one of another format)."""
        try:
            return cls.model_validate_json((folder / RECIPE_FILE).read_text("utf-8"))
        except (OSError, ValueError):
            return None
