"""The languages that readers are answered in, and what goes wrong told in each of them."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from babel.messages.pofile import read_po
from fastapi import Depends, Request
from starlette.datastructures import Headers

from ingest.said import Said

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_CHINESE = Path(__file__).parent / "locale" / "zh.po"


def preferred(headers: Headers) -> Language:
    """The language that `Accept-Language` (RFC 9110, 12.5.4) likes best of those there are; English where it says
    nothing, which is what programs are used to.
    """
    liked: dict[str, float] = {}
    for one in headers.get("accept-language", "").split(","):
        tag, *parameters = (part.strip().lower() for part in one.split(";"))
        weight = next((part[2:] for part in parameters if part.startswith("q=")), "1")
        try:
            liked.setdefault(tag.partition("-")[0], float(weight))
        except ValueError:
            continue
    return "zh" if liked.get("zh", 0.0) > liked.get("en", 0.0) else "en"


def _asked(request: Request) -> Language:
    return preferred(request.headers)


LanguageDep = Annotated[Language, Depends(_asked)]


def told(message: str, language: Language) -> str:
    """What is wrong, or what to do, in the language; in English where it cannot be said there."""
    if language == "en":
        return str(message)
    messages = _chinese()
    if not isinstance(message, Said):
        return messages.get(message, message)
    values = {key: told(value, language) for key, value in message.values.items()}
    return messages.get(message.template, message.template).format_map(values)


def all_told(content: Any, language: Language) -> Any:
    """JSON content with every message in it told in the language: those under `detail`, `error`, `hint`, `note`
    and `what`."""
    if isinstance(content, dict):
        return {
            key: told(value, language) if key in _MESSAGES and isinstance(value, str) else all_told(value, language)
            for key, value in content.items()
        }
    if isinstance(content, list):
        return [all_told(one, language) for one in content]
    return content


_MESSAGES = frozenset({"detail", "error", "hint", "note", "what"})


def read_catalogue(file: Path, language: Language) -> Mapping[str, str]:
    """The messages of a gettext catalogue by what they are there for."""
    with file.open("rb") as opened:
        messages = read_po(opened, locale=language)
    return {str(one.id): str(one.string) for one in messages if one.id and one.string and not one.fuzzy}


@cache
def _chinese() -> Mapping[str, str]:
    return read_catalogue(_CHINESE, "zh")
