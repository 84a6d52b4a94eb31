"""`caselore ingest`, `documents` and `doctor` as a user meets them: output, exit codes, bad input."""

import subprocess
import sys

import pytest

import caselore
from ingest import cli
from ingest.index.lock import Holder
from ingest.library import Library
from tests.ingest.commands import Command, assert_advice
from tests.ingest.commands import command as command
from tests.ingest.commands import shelf as shelf
from tests.ingest.shelf import SECTIONS, Shelf, environment, text_of


def test_ingest_says_what_it_did(shelf: Shelf, command: Command) -> None:
    shelf.put("logo.gif", b"GIF89a")
    first = command("ingest", shelf.docs)
    assert (first.code, first.err) == (0, "")
    assert first.out.startswith(f"1 added; {SECTIONS} chunks embedded in ")
    assert "1 file of another kind passed over" in first.out
    shelf.put("icon.gif", b"GIF89a")
    assert "2 files of other kinds passed over" in command("ingest", shelf.docs).out
    again = command("ingest", shelf.docs, "--json")
    report = again.json
    assert report["documents"] == {"added": 0, "updated": 0, "unchanged": 1, "removed": 0, "failed": 0}
    assert (report["chunks"], report["failures"], again.err) == (0, [], "")


def test_without_a_path_the_sample_corpus_is_ingested(
    shelf: Shelf, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli.SAMPLE_CORPUS.is_dir()
    monkeypatch.setattr(cli, "SAMPLE_CORPUS", shelf.docs)
    assert command("ingest", "--json").json["documents"]["added"] == 1


@pytest.mark.parametrize("as_json", [False, True])
def test_a_path_without_documents_is_told(shelf: Shelf, command: Command, as_json: bool) -> None:
    (shelf.docs / "none").mkdir()
    options = ["--json"] if as_json else []
    for path, said in (("none", "No document in"), ("nowhere", "does not exist"), ("x" * 300, "cannot be looked at")):
        outcome = command("ingest", shelf.docs / path, *options)
        assert_advice(outcome, 4, path, said)
        if as_json:
            assert said in outcome.json["error"]
        else:
            assert outcome.out == ""


def test_nothing_is_dropped_for_a_rebuild_that_cannot_be(
    shelf: Shelf, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.ingest()
    assert_advice(command("ingest", "--rebuild", shelf.docs / "nowhere"), 4, "nowhere does not exist")
    monkeypatch.setenv("CASELORE_EMBED_MODEL", "./no-model")
    assert_advice(command("ingest", "--rebuild"), 4, "no-model")
    assert len(shelf.documents()) == 1


def test_an_index_of_another_model_is_mended_by_the_rebuild_it_advises(
    shelf: Shelf, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = shelf.put("../other/bank/b.md", text_of("乙")).parents[1]
    shelf.ingest()
    shelf.ingest(other)
    before = shelf.documents()
    monkeypatch.setattr("ingest.embed_hashing.HashingEmbedder.fingerprint", "another")
    assert_advice(command("ask", "双活？"), 4, "built with hashing", "caselore ingest --rebuild")
    assert_advice(command("ingest", shelf.docs), 4, "built with hashing", "caselore ingest --rebuild")
    # Without a path it takes all files there were, with the paths they had.
    assert command("ingest", "--rebuild", "--json").json["documents"]["updated"] == 2
    assert shelf.documents() == before
    assert command("ask", "双活架构的切换步骤？").code == 0


def test_documents_and_doctor_work_while_a_server_has_the_index(shelf: Shelf, command: Command) -> None:
    shelf.ingest()
    with Library(shelf.settings, Holder("serve", url="http://127.0.0.1:8000")):
        for arguments in (["ingest", shelf.docs], ["ingest", "--rebuild"], ["ask", "双活？"]):
            assert_advice(command(*arguments), 4, "caselore serve", "http://127.0.0.1:8000")
        assert "甲方案" in command("documents").out
        assert command("doctor").code == 0
    assert len(shelf.documents()) == 1


def test_two_runs_at_once_are_told_apart(shelf: Shelf, command: Command) -> None:
    with Library(shelf.settings, Holder("ingest"), create=True):
        assert_advice(command("ingest", shelf.docs), 4, "held by `caselore ingest`", "Wait")


def test_doctor_says_what_to_do(shelf: Shelf, command: Command) -> None:
    before = command("doctor")
    assert before.code == 4
    assert "✗ index: Nothing has been ingested yet." in before.out
    shelf.ingest()
    after = command("doctor")
    assert (after.code, after.out.count("✓"), after.out.count("✗")) == (0, 5, 0)


def test_as_a_process_it_prints_the_result_and_nothing_else(shelf: Shelf) -> None:
    run = subprocess.run(
        [sys.executable, "-c", "from caselore import main; main()", "ingest", str(shelf.docs)],
        env=environment(shelf),
        capture_output=True,
        text=True,
        check=True,
    )
    (line,) = run.stdout.splitlines()
    assert line.startswith(f"1 added; {SECTIONS} chunks embedded")
    assert run.stderr == ""


def test_an_early_ctrl_c_says_a_line(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(caselore, "build_app", interrupted)
    outcome = command("ingest")
    assert (outcome.code, outcome.err) == (130, "Stopped before it began. Run the same command again.\n")


def test_words_first_and_meaning_behind(shelf: Shelf, command: Command) -> None:
    fast = command("ingest", shelf.docs, "--fast")
    assert fast.out.startswith(f"1 added; {SECTIONS} chunks written in ")
    assert "1 document is found by words only so far. → `caselore ingest --deepen`" in fast.out
    assert "found by words only" in command("documents").out
    assert [one["deep"] for one in command("documents", "--json").json["documents"]] == [False]
    deepened = command("ingest", "--deepen")
    assert deepened.out.startswith("1 deepened; ")
    assert "found by words only" not in deepened.out
    assert [one["deep"] for one in command("documents", "--json").json["documents"]] == [True]
    assert command("ingest", "--deepen").out.startswith("nothing to do; ")


def test_deepening_needs_a_library_and_takes_no_paths(shelf: Shelf, command: Command) -> None:
    assert_advice(command("ingest", "--deepen"), 4, "Nothing has been ingested yet")
    assert not shelf.settings.data_dir.exists()
    assert command("ingest", shelf.docs, "--deepen").code == 2
