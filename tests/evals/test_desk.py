"""The desk over a small library: a run begun, stopped, gone on with, looked at."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from evals import run as running
from evals.background import NoRunGoesOn, RunGoesOn
from evals.desk import Desk
from evals.own_sets import SetNotFound
from evals.record import RunNotFound
from evals.sample import Sample
from ingest.document import DocumentMeta
from ingest.errors import IndexMissing, UsageError
from ingest.index.lock import Holder
from ingest.library import Library
from ingest.settings import Settings
from tests.retrieval.library import fill

QUESTIONS = """问题,可回答,依据,数字,资料没有的
910B3 评了多少张？,是,sizing.pdf | 910B3 共评估 74 张,74,
报价是多少？,否,,,报价
食堂菜单是什么？,否,,,菜单
""".encode()
PATIENCE_S = 30


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    with Library(settings, Holder("serve"), create=True) as library:
        fill(library)
        yield library


@pytest.fixture
def desk(library: Library) -> Iterator[Desk]:
    desk = Desk(library)
    desk.add_set("题.csv", QUESTIONS)
    yield desk
    desk.close()


def until(desk: Desk, *states: str) -> dict[str, object]:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        now = desk.progress()
        if now and now["state"] in states:
            return now
        time.sleep(0.01)
    raise AssertionError(desk.progress())


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> threading.Semaphore:
    """As many questions are asked as this lets through."""
    gate = threading.Semaphore(0)
    score: Callable[..., Sample] = running._score

    def slowly(*given: object) -> Sample:
        gate.acquire(timeout=PATIENCE_S)
        return score(*given)

    monkeypatch.setattr(running, "_score", slowly)
    return gate


def test_a_set_of_ones_own_is_run_and_kept(desk: Desk) -> None:
    assert {"set": "题.csv", "name": "题", "split": "own", "questions": 3, "own": True} in desk.sets()
    assert desk.check("题.csv", "own") == {"questions": 3, "misfits": []}
    assert desk.start("题.csv", "own")["total"] == 3
    done = until(desk, "done")
    (row,) = desk.runs()
    assert done["run"] == row["id"]
    assert (done["done"], done["stale"], row["set"], row["split"], row["n"]) == (3, False, "题", "own", 3)
    assert len(desk.run(row["id"])["questions"]) == 3
    assert desk.question(row["id"], "row-2")["gold"][0]["document"]


def test_one_run_at_a_time_stopped_and_gone_on_with(desk: Desk, gate: threading.Semaphore) -> None:
    with pytest.raises(NoRunGoesOn):
        desk.stop()
    desk.start("题.csv", "own")
    with pytest.raises(RunGoesOn):
        desk.start("题.csv", "own")
    assert desk.stop()["state"] == "stopping"
    gate.release()
    assert until(desk, "stopped")["done"] == 1
    assert desk.runs() == []
    gate.release(3)
    assert desk.start("题.csv", "own")["resumed"] == 1
    done = until(desk, "done")
    assert (done["done"], done["total"]) == (3, 3)
    with pytest.raises(NoRunGoesOn):
        desk.stop()


def test_a_fresh_run_begins_anew(desk: Desk, gate: threading.Semaphore) -> None:
    desk.start("题.csv", "own")
    desk.stop()
    gate.release()
    until(desk, "stopped")
    gate.release(3)
    assert desk.start("题.csv", "own", fresh=True)["resumed"] == 0
    until(desk, "done")


def test_closing_waits_for_the_question_being_asked(desk: Desk, gate: threading.Semaphore) -> None:
    desk.start("题.csv", "own")
    gate.release(3)
    desk.close()
    assert until(desk, "stopped", "done")


def test_a_library_that_changed_meanwhile_is_told(desk: Desk, library: Library, gate: threading.Semaphore) -> None:
    desk.start("题.csv", "own")
    gate.release(2)
    meta = DocumentMeta(id="more", title="more", path="more.md", format="md")
    library.registry.begin(meta)
    library.registry.activate(meta, "by hand", 1, Path("/made/more.md"), Path("/made"))
    gate.release()
    assert until(desk, "done")["stale"]


def test_a_run_that_fails_says_why(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Sample:
        raise IndexMissing("The library is empty.", "Upload some.")

    monkeypatch.setattr(running, "_score", fail)
    desk.start("题.csv", "own")
    failed = until(desk, "failed")
    assert (failed["error"], failed["hint"]) == ("The library is empty.", "Upload some.")


def test_an_error_nobody_thought_of_leaves_the_desk_usable(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(running, "_score", lambda *_: 1 / 0)
        desk.start("题.csv", "own")
        assert until(desk, "failed")["hint"] == "The server's log has the details."
    desk.start("题.csv", "own")
    until(desk, "done")


def test_a_misfit_is_told_before_the_run(desk: Desk) -> None:
    desk.add_set("错.csv", "问题,可回答,依据\n几张？,是,sizing.pdf | 评了 99 张\n".encode())
    (misfit,) = desk.check("错.csv", "own")["misfits"]
    assert "评了 99 张" in misfit["what"]


def test_a_set_about_other_documents_does_not_begin(desk: Desk) -> None:
    desk.add_set("别的.csv", "问题,可回答,依据\n几张？,是,没有.md | 评了 99 张\n".encode())
    with pytest.raises(IndexMissing):
        desk.start("别的.csv", "own")
    assert desk.progress() is None
    desk.start("题.csv", "own")
    until(desk, "done")


@pytest.mark.parametrize(("name", "split"), [("caselore", "none"), ("none", "dev"), ("/etc/passwd.csv", "own")])
def test_a_set_that_is_not_listed_is_not_found(desk: Desk, name: str, split: str) -> None:
    with pytest.raises(SetNotFound):
        desk.start(name, split)


def test_a_run_is_known_by_its_id_only(desk: Desk, tmp_path: Path) -> None:
    other = tmp_path / "run.json"
    other.write_text("{}", "utf-8")
    for name in (str(other), "latest", "../x"):
        with pytest.raises(RunNotFound):
            desk.run(name)


def test_two_runs_compare_with_a_verdict(desk: Desk) -> None:
    for _ in range(2):
        desk.start("题.csv", "own")
        until(desk, "done")
        time.sleep(1.1)  # a run is called by the second it was made in
    newest, oldest = (one["id"] for one in desk.runs())
    found = desk.compare(oldest, newest)
    assert found["metrics"]["correct"]["verdict"] == "same"
    assert found["changes"] == ()
    with pytest.raises(UsageError):
        desk.compare(oldest, "baseline-dev")


def test_plots_are_svg(desk: Desk) -> None:
    pytest.importorskip("matplotlib")
    desk.start("题.csv", "own")
    run = str(until(desk, "done")["run"])
    assert (desk.plot(run, "risk") or "").startswith("<svg")
    assert desk.plot(run, "nosuch") is None
    assert desk.trend("题", "own", "correct").startswith("<svg")
    assert desk.trend("题", "own", "correct", kind="unanswerable").startswith("<svg")
    assert "<details" in desk.run_html(run)


def test_the_template_is_a_workbook(desk: Desk) -> None:
    assert desk.template().startswith(b"PK")
