"""What the pages say, in Chinese as written in templates and scripts, and in English by a gettext catalogue."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from starlette.requests import Request

from api.languages import Language, read_catalogue

COOKIE = "caselore_lang"

_LOCALE = Path(__file__).parent / "locale"


def language_of(request: Request) -> Language:
    """The language a reader has chosen by `?lang=` or before; Chinese until then."""
    chosen = request.query_params.get("lang") or request.cookies.get(COOKIE)
    return "en" if chosen == "en" else "zh"


@cache
def catalogue(language: Language) -> Mapping[str, str]:
    """Chinese message to the same in `language`; empty for Chinese itself."""
    if language == "zh":
        return {}
    return read_catalogue(_LOCALE / f"{language}.po", language)
