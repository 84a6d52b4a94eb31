"""Finds settings that do not exist, so that a misspelt one does not go unnoticed."""

import os
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

from ingest.settings import Settings

_PREFIX = "CASELORE_"
_ENV_FILE = Path(".env")


def unknown_settings(environment: Iterable[str] = os.environ, file: Path = _ENV_FILE) -> Iterator[str]:
    """A line of advice for each name of ours in the environment or the `.env` file that no setting has.

    A file that cannot be read is passed over: reading the settings says what is wrong with it.
    """
    known = {name.upper() for name in Settings.model_fields}
    named = dict.fromkeys(name.upper() for name in (*environment, *_names_in(file)))
    for name in named:
        if name.startswith(_PREFIX) and name.removeprefix(_PREFIX) not in known:
            near = get_close_matches(name.removeprefix(_PREFIX), known, n=1, cutoff=0.75)
            meant = f" Did you mean {_PREFIX}{near[0]}?" if near else " All settings are in `.env.example`."
            yield f"{name} is not a setting and changes nothing.{meant}"


def _names_in(file: Path) -> Iterator[str]:
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return
    for line in lines:
        name, equals, _ = line.strip().removeprefix("export ").partition("=")
        if equals and not name.startswith("#"):
            yield name.strip()
