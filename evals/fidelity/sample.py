"""The sample corpus's own facts: the quotes that its questions rest on, at the places they state."""

import re
from collections.abc import Iterator
from pathlib import Path

from evals.dataset import DATASETS, Gold, load_questions
from evals.fidelity.fact import MadeFile

_CORPUS = Path(__file__).resolve().parents[2] / "corpus"
_NUMBER = re.compile(r"-?[\d,]+(?:\.\d+)?%?")
_FORMATS = ("docx", "pptx", "xlsx", "pdf", "md", "html", "eml", "txt")


def gold_files() -> Iterator[MadeFile]:
    """Each document of the corpus that a question rests on, with the quotes from it; scans are scored elsewhere."""
    by_path: dict[str, dict[str, Gold]] = {}
    for split in ("dev", "test"):
        if (DATASETS / "caselore" / f"{split}.jsonl").is_file():
            for question in load_questions("caselore", split):
                for gold in question.places:
                    by_path.setdefault(gold.path, {})[gold.quote] = gold
    for path, golds in sorted(by_path.items()):
        file = _CORPUS / path
        form = file.suffix.lower().removeprefix(".")
        if file.is_file() and form in _FORMATS and "扫描" not in file.name:
            made = MadeFile(file, form, "the sample corpus")
            for quote in golds:
                for part in quote.split(" | "):
                    if len(part.strip()) > 1:
                        made.plant("quote of a question", part.strip(), unique=False, raw=_stored(part.strip(), form))
            yield made


def _stored(shown: str, form: str) -> str:
    """What a workbook, or a deck's chart, holds where it shows a percentage, decimals or thousands set apart; empty
    where it is the same.

    A percentage is rounded for show: its last digit is not asked for.
    """
    if form not in ("xlsx", "pptx") or not _NUMBER.fullmatch(shown):
        return ""
    number = float(shown.rstrip("%").replace(",", ""))
    if not shown.endswith("%"):
        return f"{number:.10g}"
    share = f"{number / 100:g}"
    return share[:-1] if len(share) > len("0.00") else share
