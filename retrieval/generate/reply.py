"""A model's text as a reply: strictly read where it can be, mended where it cannot."""

import re

import json_repair
from pydantic import ValidationError

from retrieval.generate.failure import ModelFailed
from retrieval.generate.schema import Reply

_THOUGHT = re.compile(r"<think>.*?(?:</think>|$)", re.DOTALL)


def body(text: str) -> str:
    """From the first brace on, without what a model thinks aloud and the fence around its JSON; empty without one."""
    spoken = _THOUGHT.sub("", text)
    return spoken[spoken.find("{") :] if "{" in spoken else ""


def read_reply(text: str, *, mend: bool = True) -> Reply:
    """The reply in a text. Raises `ModelFailed` (`garbage`), with what is wrong in words for the model."""
    json = body(text)
    if not json:
        raise ModelFailed("garbage", "没有 JSON")
    try:
        return Reply.model_validate_json(json)
    except ValidationError as error:
        if not mend:
            raise ModelFailed("garbage", "JSON 不完整") from error
        mended = json_repair.loads(json, skip_json_loads=True)
    try:
        return Reply.model_validate(mended)
    except ValidationError as error:
        places = "；".join(".".join(map(str, one["loc"])) or "JSON" for one in error.errors()[:3])
        raise ModelFailed("garbage", f"{places} 不符合要求的结构") from error
