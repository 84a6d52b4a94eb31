"""The benches run end to end on a tiny folder, with the embedder that needs no download."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from evals.bench import quality, retrieval
from evals.bench.__main__ import BENCHES, app


@pytest.fixture(autouse=True)
def _hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASELORE_EMBED_MODEL", "hashing")


def run(module: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *arguments: str) -> dict[str, Any]:
    out = tmp_path / "figures.json"
    monkeypatch.setattr("sys.argv", ["bench", *arguments, "--json", str(out)])
    module.main()
    found: dict[str, Any] = json.loads(out.read_text("utf-8"))
    return found


def test_retrieval_is_timed_by_stage_beside_the_peer(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # More chunks than the folder has passages: they are taken from the start again, as chunks of their own.
    found = run(retrieval, monkeypatch, tmp_path, str(folder), "--chunks", "10", "--questions", "3")
    assert set(found["stages, ms"]) == {"embed", "search", "fuse", "read", "whole"}
    assert (found["chunks"], found["questions"]) == (10, 3)
    assert found["peer"]["p50"] > 0
    assert "qdrant-client" in capsys.readouterr().out


def test_quality_holds_hybrid_against_its_sides_and_keeps_vectors(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cache = tmp_path / "kept.sqlite3"
    arguments = (str(folder), "--no-own", "--cache", str(cache))
    first = run(quality, monkeypatch, tmp_path, *arguments)
    assert cache.is_file()
    assert run(quality, monkeypatch, tmp_path, *arguments) == first
    (one,) = first.values()
    assert set(one["modes"]) == {"hybrid", "dense", "sparse"}
    assert set(one["gains"]) == {"ndcg@10", "recall@5"}
    assert one["questions"] == 2
    assert folder.name in capsys.readouterr().out


ROOT = Path(__file__).resolve().parents[2]


def test_each_bench_has_its_name_and_says_what_it_takes(capsys: pytest.CaptureFixture[str]) -> None:
    listed = CliRunner().invoke(app, ["--help"]).output
    for name in BENCHES:
        assert name in listed
        if name not in ("chunks", "parsing"):  # their peers need packages of their own
            with pytest.raises(SystemExit) as ended:
                app([name, "--help"], standalone_mode=False)
            assert ended.value.code == 0
            assert f"python -m evals.bench {name} " in capsys.readouterr().out


def test_every_bench_stands_by_its_table() -> None:
    told = (ROOT / "docs" / "benchmarks.md").read_text("utf-8")
    assert [name for name in BENCHES if f"evals.bench {name}" not in told] == []
