"""Runs on disk: kept whole, found by name, gone on with where they were stopped."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from evals.record import RunNotFound, Runs, bare, read_report
from ingest.errors import DataDirNotWritable, UsageError
from tests.evals.runs import STATE, report, sample


def test_a_run_is_found_by_its_id_its_beginning_its_file_and_as_the_latest(tmp_path: Path) -> None:
    runs = Runs(tmp_path)
    first = runs.save(report(sample("a", correct=1.0)))
    second = runs.save(report(sample("a", correct=0.0), created="2026-01-06T09:30:00+00:00"))
    assert first.stem == "20260105-093000-hand-dev"
    assert runs.find(first.stem) == runs.find("20260105") == runs.find(str(first)) == read_report(first)
    assert runs.find("latest") == read_report(second)


def test_runs_of_one_second_are_all_kept_each_under_its_own_id(tmp_path: Path) -> None:
    runs = Runs(tmp_path)
    with ThreadPoolExecutor(8) as many:
        saved = list(many.map(runs.save, [report(sample("a", correct=number / 8)) for number in range(8)]))
    assert len(set(saved)) == 8
    assert runs.files()[0].stem == "20260105-093000-hand-dev"
    assert {runs.find(file.stem).metrics["correct"] for file in saved} == {number / 8 for number in range(8)}
    assert {file.suffix for file in tmp_path.iterdir()} == {".json"}


def test_what_a_killed_writer_left_is_passed_by(tmp_path: Path) -> None:
    (tmp_path / "20260105-093000-hand-dev.part").write_text("{")
    saved = Runs(tmp_path).save(report(sample("a", correct=1.0)))
    assert saved.stem == "20260105-093000-hand-dev-2"
    assert Runs(tmp_path).files() == [saved]


@pytest.mark.parametrize("name", ["2027", "2026", "baseline-none"])
def test_a_name_that_fits_none_or_several_is_told(tmp_path: Path, name: str) -> None:
    runs = Runs(tmp_path)
    runs.save(report())
    runs.save(report(created="2026-01-06T09:30:00+00:00"))
    with pytest.raises(UsageError, match="run"):
        runs.find(name)


def test_a_bare_run_keeps_the_scores_and_no_text() -> None:
    whole = report(sample("a", correct=1.0).model_copy(update={"answer": "RPO 为 0", "points": ("RPO 为 0",)}))
    kept = bare(whole)
    assert kept.metrics == whole.metrics
    assert kept.per_question[0].scores == {"correct": 1.0}
    assert "RPO" not in kept.model_dump_json()


def test_a_file_that_is_no_run_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}")
    with pytest.raises(UsageError, match=r"x\.json"):
        Runs(tmp_path).find(str(tmp_path / "x.json"))


def test_a_stopped_run_goes_on_without_a_line_cut_short(tmp_path: Path) -> None:
    half = Runs(tmp_path).half(STATE)
    half.keep(sample("a"))
    half.keep(sample("b"))
    (kept,) = tmp_path.glob("half-*.jsonl")
    kept.write_text(kept.read_text("utf-8")[:-20], "utf-8")
    again = Runs(tmp_path).half(STATE.model_copy(update={"created": "2026-02-01T00:00:00+00:00"}))
    assert list(again.samples()) == ["a"]
    again.forget()
    assert list(tmp_path.iterdir()) == []


def test_other_code_or_another_index_begins_anew(tmp_path: Path) -> None:
    Runs(tmp_path).half(STATE).keep(sample("a"))
    for change in ({"commit": "def"}, {"index": "j"}, {"settings": {"chunk_chars": "300"}}):
        assert not Runs(tmp_path).half(STATE.model_copy(update=change)).samples()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "evals").write_text("a file")
    with pytest.raises(DataDirNotWritable):
        Runs(tmp_path / "evals").save(report())


def test_a_run_is_deleted_by_its_whole_id_and_nothing_else_is(tmp_path: Path) -> None:
    runs = Runs(tmp_path)
    first = runs.save(report())
    second = runs.save(report(created="2026-01-06T09:30:00+00:00"))
    for name in ("2026", "latest", "baseline-dev", str(second), ""):
        with pytest.raises(RunNotFound):
            runs.remove(name)
    runs.remove(first.stem)
    assert runs.files() == [second]
