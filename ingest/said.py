"""What is said to a person, so that it can be said in another language: the English sentence, and how it was made.

The English template is the message's key in every catalogue (as in gettext); what stands in its places is kept apart.
A message without places is an ordinary string, and its own key.
"""

from collections.abc import Callable
from typing import Annotated, Any, cast

from pydantic import PlainSerializer, PlainValidator


class Said(str):
    """An English message made of a template and the values in its `{places}`. To all who do not ask it is a string."""

    __slots__ = ("template", "values")
    template: str
    values: dict[str, str]

    def __new__(cls, template: str, /, **values: object) -> "Said":
        """`Said("{name} is empty.", name=path.name)`. A value that is itself `Said` stays so."""
        texts = {key: value if isinstance(value, str) else str(value) for key, value in values.items()}
        made = super().__new__(cls, template.format_map(texts))
        made.template, made.values = template, texts
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, str]]:
        """Copies and pickles keep template and values."""
        return (self.template,), self.values


def packed(message: str) -> Any:
    """The message as JSON can hold it; `unpacked` gives it back. An ordinary string is itself."""
    if not isinstance(message, Said):
        return str(message)
    return {"template": message.template, "values": {key: packed(value) for key, value in message.values.items()}}


def unpacked(kept: Any) -> str:
    """The message that `packed` made this of. Raises `ValueError` for what is none."""
    match kept:
        case str():
            return kept
        case {"template": str(template), "values": dict(values)}:
            return Said(template, **{str(key): unpacked(value) for key, value in values.items()})
    raise ValueError("no message")


def retold(message: str, change: Callable[[str], str]) -> str:
    """The message with `change` made to what stands in it, as when a file is known by another name."""
    if not isinstance(message, Said):
        return change(message)
    return Said(message.template, **{key: retold(value, change) for key, value in message.values.items()})


Message = Annotated[
    str, PlainValidator(unpacked), PlainSerializer(packed, return_type=cast("type[Any]", Any), when_used="json")
]
"""A field that holds a message: whole also in JSON."""
