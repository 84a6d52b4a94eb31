"""What a language model is asked to return: claims, each with its sources and the words it rests on."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

MOST_CLAIMS = 8
"""Claims in a reply; small models that find no end are stopped there."""

MOST_SOURCES = 3
MOST_QUOTES = 2
MOST_MISSING = 4


class Claimed(BaseModel):
    """One statement. The fields stand in the order they are to be written: who has copied the words states them better.

    `sources` are numbers of passages, from 1; `quotes` the words of theirs that the statement rests on.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    sources: tuple[int, ...] = Field(max_length=MOST_SOURCES)
    quotes: tuple[str, ...] = Field((), max_length=MOST_QUOTES)
    text: str


class Reply(BaseModel):
    """All of a reply; `missing` are the parts of the question that the passages leave open."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    claims: tuple[Claimed, ...] = Field(max_length=MOST_CLAIMS)
    missing: tuple[str, ...] = Field((), max_length=MOST_MISSING)


def json_schema() -> dict[str, Any]:
    """The schema of a `Reply` as endpoints take it: nothing referred to, nothing left out, nothing beside it."""
    text = {"type": "string"}
    claim = _strict(
        sources={"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": MOST_SOURCES},
        quotes={"type": "array", "items": text, "minItems": 1, "maxItems": MOST_QUOTES},
        text=text,
    )
    return _strict(
        claims={"type": "array", "items": claim, "maxItems": MOST_CLAIMS},
        missing={"type": "array", "items": text, "maxItems": MOST_MISSING},
    )


def _strict(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": [*properties], "additionalProperties": False}
