"""Words that mean the same: the field's own (`glossary.csv`), and the user's."""

import csv
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from ingest.errors import UsageError
from ingest.said import Said
from ingest.terms import fold

SHIPPED = Path(__file__).with_name("glossary.csv")
"""The glossary that comes with Caselore: one group of synonyms a line."""

FILE = "glossary.csv"
"""The user's glossary, in the data folder, unless `CASELORE_GLOSSARY` names another."""

_HAN = re.compile(r"[\u4e00-\u9fff]")


class Glossary:
    """Groups of words that mean the same, folded. Immutable."""

    def __init__(self, groups: Iterable[Iterable[str]] = ()) -> None:
        alike: dict[str, dict[str, None]] = {}
        for group in groups:
            words = [fold(word.strip()) for word in group if word.strip()]
            for word in words:
                alike.setdefault(word, {}).update(dict.fromkeys(one for one in words if one != word))
        self._alike: Mapping[str, tuple[str, ...]] = {word: tuple(others) for word, others in alike.items()}
        longest_first = sorted(self._alike, key=lambda word: (-len(word), word))
        self._pattern = re.compile("|".join(map(_standing, longest_first))) if longest_first else None

    def alike(self, word: str) -> tuple[str, ...]:
        """What else a folded word is called; nothing when the glossary does not have it."""
        return self._alike.get(word, ())

    def words_in(self, folded: str) -> list[str]:
        """The glossary's words in a folded text, in order; of overlapping ones the longest."""
        return self._pattern.findall(folded) if self._pattern else []

    def in_other_words(self, text: str) -> list[str]:
        """What the glossary's words in a text are called elsewhere, but for what the text says itself."""
        folded = fold(text)
        found = (other for word in self.words_in(folded) for other in self._alike[word])
        return [other for other in dict.fromkeys(found) if other not in folded]


def read_glossary(path: Path) -> list[list[str]]:
    """The groups in a file: one a line, its words set apart by commas; lines that begin with # are remarks.

    Raises `UsageError` when the file cannot be read.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            Said("The glossary {path} cannot be read: {error}.", path=path, error=error),
            "Save it as a CSV file in UTF-8, or mend CASELORE_GLOSSARY.",
        ) from error
    return [row for row in csv.reader(line for line in lines if not line.startswith("#")) if row]


def load_glossary(given: Path | None, data_dir: Path) -> Glossary:
    """The shipped glossary with the user's: the file `given`, or `glossary.csv` in the data folder where there is one.

    A group of the user's joins every shipped group that it shares a word with.
    """
    own = given or data_dir / FILE
    return Glossary([*_shipped(), *(read_glossary(own) if given or own.is_file() else [])])


@cache
def _shipped() -> list[list[str]]:
    return read_glossary(SHIPPED)


def _standing(word: str) -> str:
    return re.escape(word) if _HAN.search(word) else rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])"
