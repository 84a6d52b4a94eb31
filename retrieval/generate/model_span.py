"""What a trace tells of a request to the language model, by OpenTelemetry's conventions for generative models.

https://opentelemetry.io/docs/specs/semconv/gen-ai/. What is asked and answered is not told.
"""

from pathlib import PurePath
from typing import Any
from urllib.parse import urlsplit

from ingest.settings import Settings
from ingest.tracing import Attribute
from retrieval.answer import Usage


def request(settings: Settings, form: dict[str, Any], most_tokens: int) -> tuple[str, dict[str, Attribute]]:
    """The span's name and what is known before an answer comes; `form` is what goes along with the chat."""
    endpoint = urlsplit(settings.llm_base_url or "")
    name = settings.llm_model or ""
    # On this machine it may be a file: where that lies is nobody's business.
    model = name if endpoint.hostname else PurePath(name).name
    told: dict[str, Attribute] = {
        "gen_ai.operation.name": "chat",
        # Which make an endpoint is of it does not say; what it speaks is OpenAI's.
        "gen_ai.provider.name": "openai" if endpoint.hostname else "llama.cpp",
        "gen_ai.request.model": model,
        "gen_ai.request.max_tokens": most_tokens,
        "gen_ai.request.stream": True,
        "gen_ai.output.type": "json" if {"response_format", "extra_body"} & form.keys() else "text",
    }
    if endpoint.hostname:
        told["server.address"] = endpoint.hostname
    if endpoint.port:
        told["server.port"] = endpoint.port
    return f"chat {model}", told


def response(usage: Usage | None, finish: str | None) -> dict[str, Attribute]:
    """What a piece of the answer tells of the whole."""
    told: dict[str, Attribute] = {}
    if usage:
        told["gen_ai.usage.input_tokens"] = usage.prompt_tokens
        told["gen_ai.usage.output_tokens"] = usage.completion_tokens
        told["gen_ai.usage.cache_read.input_tokens"] = usage.cached_tokens
    if finish:
        told["gen_ai.response.finish_reasons"] = (finish,)
    return told
