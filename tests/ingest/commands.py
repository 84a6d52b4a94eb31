"""Runs the command `caselore` in tests, in this process, over a shelf of documents."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import caselore
from ingest.index.edge import EdgeStore
from tests.ingest.shelf import Shelf, text_of
from tests.quick_disk import quick_folder


class Outcome(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document on stdout."""
        (line,) = self.out.splitlines()
        return json.loads(line)


Command = Callable[..., Outcome]


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    monkeypatch.setattr(EdgeStore, "optimize", lambda _: None)
    with quick_folder() as folder:
        shelf = Shelf(folder)
        shelf.put("a.md", text_of("甲"))
        monkeypatch.setenv("CASELORE_DATA_DIR", str(shelf.settings.data_dir))
        monkeypatch.setenv("CASELORE_EMBED_MODEL", "hashing")
        yield shelf


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    def run(*arguments: str | Path) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["caselore", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            caselore.main()
        told = capsys.readouterr()
        return Outcome(int(ended.value.code or 0), told.out, told.err)

    return run


def assert_advice(outcome: Outcome, code: int, *parts: str) -> None:
    """One line on stderr that names all the parts."""
    assert outcome.code == code
    (line,) = outcome.err.splitlines()
    assert line.startswith("Error: ")
    for part in parts:
        assert part in line
