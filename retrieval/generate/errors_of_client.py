"""What the client of an endpoint raises, as failures."""

import json
from typing import TYPE_CHECKING

from ingest.errors import ModelUnavailable
from retrieval.generate.failure import FormRefused, ModelFailed

if TYPE_CHECKING:
    import openai

_OF_LENGTH = ("context", "too long", "maximum length", "max_tokens", "token limit", "exceed")
_REFUSED = (400, 415, 422)


def translated(error: Exception) -> ModelFailed | FormRefused:
    """The failure that an exception of the client, or of starting a model, stands for."""
    # Who asks no model need not wait for its client to load; whoever gets here has loaded it.
    import httpx
    import openai

    said = f"{type(error).__name__}: {error}"[:300]
    if isinstance(error, ModelUnavailable):
        return ModelFailed("away", said)
    if isinstance(error, openai.APIStatusError):
        return _of_status(error, said)
    # Before the connection errors, which it is one of.
    if isinstance(error, openai.APITimeoutError | httpx.TimeoutException):
        return ModelFailed("silent", said)
    if isinstance(error, openai.APIConnectionError):
        return ModelFailed("away", said)
    if isinstance(error, httpx.TransportError | httpx.StreamError):
        return ModelFailed("cut", said)
    if isinstance(error, json.JSONDecodeError | UnicodeDecodeError):
        return ModelFailed("garbage", said)
    return ModelFailed("error", said)


def _of_status(error: "openai.APIStatusError", said: str) -> ModelFailed | FormRefused:
    status, words = error.status_code, str(error).lower()
    if status in (400, 413, 422) and any(one in words for one in _OF_LENGTH):
        return ModelFailed("context", said)
    if status in _REFUSED:
        return FormRefused(said)
    if status in (401, 403):
        return ModelFailed("denied", said)
    if status == 404:
        return ModelFailed("unknown", said)
    return ModelFailed("busy" if status == 429 else "error", said)
