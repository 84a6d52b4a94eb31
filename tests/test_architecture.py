"""The one law of imports: data flows `ingest ◀ retrieval ◀ {api, evals}`, and each heavy library has one door."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("ingest", "retrieval", "api", "evals")

MAY_IMPORT = {
    "ingest": {"ingest"},
    "retrieval": {"retrieval", "ingest"},
    "api": {"api", "retrieval", "ingest"},
    "evals": {"evals", "retrieval", "ingest"},
}
ONLY_DOOR = {
    "unstructured": "ingest/parse/",
    "qdrant_client": "ingest/index/",
    "qdrant_edge": "ingest/index/",
    "fastapi": "api/",
    "fastapi_offline": "api/",
}
MAX_LINES = 300


def sources() -> list[Path]:
    return sorted(file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative import"
            assert node.module
            yield node.module


def name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("file", sources(), ids=name)
def test_imports_run_with_the_data(file: Path) -> None:
    package = file.relative_to(ROOT).parts[0]
    ours = {module.split(".")[0] for module in imports(file)} & {*PACKAGES, "tests", "caselore"}
    assert ours <= MAY_IMPORT[package]


@pytest.mark.parametrize("file", sources(), ids=name)
def test_each_heavy_library_has_one_door(file: Path) -> None:
    # A bench measures peers, and a peer brings its own client.
    if name(file).startswith("evals/bench/"):
        return
    for module in imports(file):
        door = ONLY_DOOR.get(module.split(".")[0])
        assert door is None or name(file).startswith(door), f"{module} belongs to {door}"


@pytest.mark.parametrize("file", [file for file in sources() if file.name == "__init__.py"], ids=name)
def test_packages_import_nothing_eagerly(file: Path) -> None:
    body = ast.parse(file.read_text("utf-8")).body
    assert len(body) == 1
    assert isinstance(body[0], ast.Expr)


@pytest.mark.parametrize("file", sources(), ids=name)
def test_rooms_are_small(file: Path) -> None:
    assert len(file.read_text("utf-8").splitlines()) <= MAX_LINES


def test_answering_loads_no_parser_and_no_torch() -> None:
    code = "import retrieval.cli, retrieval.assistant, sys; print(*sys.modules, sep='\\n')"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    heavy = {
        "ingest.parse.dispatch",
        "docx",
        "openpyxl",
        "pdfplumber",
        "unstructured",
        "torch",
        "sentence_transformers",
    }
    assert not heavy & set(loaded.split())
