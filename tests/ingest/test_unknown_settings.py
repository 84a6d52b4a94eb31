"""Settings that do not exist: told of, with the one that was meant."""

from pathlib import Path

import pytest

from ingest.settings import Settings
from ingest.unknown_settings import unknown_settings


def told(tmp_path: Path, *names: str, file: str = "") -> list[str]:
    path = tmp_path / ".env"
    path.write_text(file, encoding="utf-8")
    return list(unknown_settings(names, path))


def test_a_misspelt_setting_is_told_with_the_one_meant(tmp_path: Path) -> None:
    assert told(tmp_path, "CASELORE_EMBED_MODELL", "PATH") == [
        "CASELORE_EMBED_MODELL is not a setting and changes nothing. Did you mean CASELORE_EMBED_MODEL?"
    ]
    assert "`.env.example`" in told(tmp_path, "CASELORE_ZZZ")[0]


def test_the_env_file_is_read_too(tmp_path: Path) -> None:
    file = "\ufeff# CASELORE_NOTHING=1\nexport CASELORE_DATADIR=/x\nCASELORE_OCR=true\nno setting\n"
    assert [line.split()[0] for line in told(tmp_path, file=file)] == ["CASELORE_DATADIR"]


def test_all_settings_are_known_in_either_case(tmp_path: Path) -> None:
    names = [f"CASELORE_{name}" for name in Settings.model_fields]
    assert told(tmp_path, *names, *map(str.upper, names)) == []


def test_a_file_that_is_missing_or_no_text_says_nothing(tmp_path: Path) -> None:
    assert list(unknown_settings((), tmp_path / "none")) == []
    (tmp_path / "gbk").write_bytes("CASELORE_名=1".encode("gbk"))
    assert list(unknown_settings((), tmp_path / "gbk")) == []


def test_lower_case_is_a_setting_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("caselore_collection", "other")
    assert Settings().collection == "other"
    assert told(tmp_path, "caselore_collection") == []
