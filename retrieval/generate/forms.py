"""Ways to ask an endpoint for JSON, the surest first; which one an endpoint takes is found out once and kept."""

from typing import Any

from retrieval.generate.grammar import grammar
from retrieval.generate.schema import json_schema

_USAGE = {"stream_options": {"include_usage": True}}


def forms(*, here: bool = False) -> list[dict[str, Any]]:
    """What goes along with the chat: a schema that the reply is held to; any JSON; only the wish; nothing at all.

    `here`: the model runs on this machine, in llama.cpp, which takes a grammar; elsewhere it could go unread.
    """
    schema = {"name": "reply", "strict": True, "schema": json_schema()}
    first = [{"extra_body": {"grammar": grammar()}, **_USAGE}] if here else []
    return [
        *first,
        {"response_format": {"type": "json_schema", "json_schema": schema}, **_USAGE},
        {"response_format": {"type": "json_object"}, **_USAGE},
        _USAGE,
        {},
    ]
