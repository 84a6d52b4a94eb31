"""Every setting is described, listed in `.env.example`, and named in both READMEs."""

from pathlib import Path

import pytest

from ingest.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
NAMES = sorted(f"CASELORE_{name.upper()}" for name in Settings.model_fields)


@pytest.mark.parametrize("field", Settings.model_fields.values(), ids=NAMES)
def test_is_described(field: object) -> None:
    assert getattr(field, "description", None)


@pytest.mark.parametrize("file", [".env.example", "README.md", "README.zh.md"])
def test_is_listed(file: str) -> None:
    text = (ROOT / file).read_text("utf-8")
    assert [name for name in NAMES if name not in text] == []


def test_example_lists_nothing_else() -> None:
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    listed = sorted(line.lstrip("# ").partition("=")[0] for line in lines if "CASELORE_" in line.partition("=")[0])
    assert listed == NAMES
