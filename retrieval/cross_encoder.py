"""Models that read two texts together, by sentence-transformers. Only where one is configured: they bring torch."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.errors import ModelUnavailable
from ingest.said import Said

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


def load_cross_encoder(name: str, cache: Path, setting: str) -> "CrossEncoder":
    """The model in a folder or fetched from the hub (`HF_ENDPOINT`, `HF_HUB_OFFLINE`) that `setting` names.

    Raises `ModelUnavailable`.
    """
    # Loaded here: whoever configures none does without torch, which takes seconds.
    from sentence_transformers import CrossEncoder
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
    try:
        model: CrossEncoder = CrossEncoder(
            name, cache_folder=str(cache), trust_remote_code=False, model_kwargs={"dtype": "float32"}
        )
    except Exception as error:  # hub, parser and torch each raise their own
        raise ModelUnavailable(
            Said(
                "The model {name} cannot be loaded: {why}",
                name=name,
                why=(str(error).splitlines() or [repr(error)])[0],
            ),
            Said(
                "Set {setting} to the folder of a cross-encoder, or unset it: answers come without it.", setting=setting
            ),
        ) from error
    return model


def predicted(model: "CrossEncoder", pairs: list[tuple[str, str]], setting: str, **more: Any) -> Any:
    """What the model says of each pair, as numpy has it. Raises `ModelUnavailable` when it fails."""
    try:
        return model.predict(pairs, show_progress_bar=False, **more)
    except RuntimeError as error:  # what torch raises for memory and device trouble
        raise ModelUnavailable(
            Said("The model of {setting} failed: {why}", setting=setting, why=str(error).splitlines()[0]),
            Said("Check that memory is left, or unset {setting}.", setting=setting),
        ) from error
