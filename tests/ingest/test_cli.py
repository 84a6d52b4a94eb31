"""`caselore ingest`, `documents` and `doctor` as a user meets them: output, exit codes, bad input."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

import caselore
from ingest import cli
from ingest.document import Locator, Unread
from ingest.index.edge import EdgeStore
from ingest.index.lock import Holder
from ingest.library import Library
from ingest.parse import reading
from ingest.parse.options import ReadOptions
from ingest.parse.reading import Told
from ingest.parse.workers.pool import ParsePool
from tests.ingest.shelf import SECTIONS, Shelf, environment, text_of
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


def put_bad_files(shelf: Shelf) -> dict[str, str]:
    """Files that cannot be taken, each with what its error must name."""
    shelf.put("empty.docx", b"")
    shelf.put("huge.md", "字" * 400_000)
    shelf.put("picture.docx", b"\x89PNG\r\n\x1a\n" + bytes(100))
    shelf.put("truncated.docx", b"PK\x03\x04" + bytes(range(256)) * 8)
    locked = Canvas(str(shelf.docs / "locked.pdf"), encrypt=StandardEncryption("secret"))
    locked.drawString(72, 720, "secret")
    locked.save()
    whole = (shelf.docs / "locked.pdf").read_bytes()
    shelf.put("truncated.pdf", whole[: len(whole) // 2])
    return {
        "empty.docx": "empty",
        "huge.md": "1 MiB",
        "locked.pdf": "password",
        "picture.docx": "PNG",
        "truncated.docx": "truncated",
        "truncated.pdf": "truncated",
    }


def test_files_that_cannot_be_taken_are_told_and_the_rest_is_indexed(
    shelf: Shelf, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = put_bad_files(shelf)
    monkeypatch.setenv("CASELORE_MAX_FILE_MB", "1")
    outcome = command("ingest", shelf.docs, "--json")
    assert (outcome.code, outcome.err) == (3, "")
    report = outcome.json
    assert report["documents"] | {"unchanged": 0} == {
        "added": 1,
        "updated": 0,
        "unchanged": 0,
        "removed": 0,
        "failed": len(bad),
    }
    assert [Path(one["path"]).name for one in report["failures"]] == sorted(bad)
    for one in report["failures"]:
        name = Path(one["path"]).name
        assert name in one["error"]
        assert bad[name] in one["error"]
        assert one["hint"]
        assert "\n" not in one["error"] + one["hint"]
    listed = command("documents", "--json").json
    assert [one["path"] for one in listed["documents"]] == ["a.md"]
    assert listed["failures"] == report["failures"]
    plain = command("ingest", shelf.docs)
    assert plain.code == 3
    assert all(f"✗ {shelf.docs / name}\n" in plain.out for name in bad)


def test_long_names_are_not_wrapped(shelf: Shelf, command: Command) -> None:
    name = "项目交接与未完事项说明" * 7 + ".docx"
    shelf.put(name, b"")
    assert str(shelf.docs / name) in command("ingest", shelf.docs).out.splitlines()[1]
    assert any(name in line and "0 bytes" in line for line in command("documents").out.splitlines())
    assert any(name in line and "0 bytes" in line for line in command("doctor").out.splitlines())


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


def test_what_could_not_be_read_of_a_document_is_told_and_no_failure(
    shelf: Shelf, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = Unread(message="图1.emf could not be read.", hint="Save it as PNG.", locator=Locator(kind="page", page=3))
    with_loss(monkeypatch, lost)
    first = command("ingest", shelf.docs)
    assert (first.code, first.err) == (0, "")
    assert f"! {shelf.docs / 'a.md'}" in first.out
    assert "图1.emf could not be read. (第3页)\n    → Save it as PNG." in first.out
    expected = {
        "path": str(shelf.docs / "a.md"),
        "error": "图1.emf could not be read. (第3页)",
        "hint": "Save it as PNG.",
    }
    listed = command("documents", "--json").json
    assert (listed["warnings"], listed["failures"]) == ([expected], [])
    assert "! " in command("documents").out
    shelf.put("a.md", text_of("乙"))
    report = command("ingest", shelf.docs, "--json")
    assert (report.code, report.json["warnings"]) == (0, [expected])
    with_loss(monkeypatch)
    shelf.put("a.md", text_of("丙"))
    command("ingest", shelf.docs)
    assert command("documents", "--json").json["warnings"] == []


def with_loss(monkeypatch: pytest.MonkeyPatch, *lost: Unread) -> None:
    """Let parts of every file be lost in the reading."""

    def read(_: ParsePool, path: Path, options: ReadOptions, told: Told) -> bytes:
        parsed = reading.read(path, options, told)
        document = parsed.document.model_copy(update={"unread": lost})
        return parsed.model_copy(update={"document": document}).model_dump_json().encode()

    monkeypatch.setattr(ParsePool, "read", read)


def test_a_copy_is_told_once_with_what_it_equals(shelf: Shelf, command: Command) -> None:
    copy = shelf.put("z/copy.md", text_of("甲"))
    first = command("ingest", shelf.docs)
    assert f"= {copy}\n    The same content as a.md." in first.out
    assert "= " not in command("ingest", shelf.docs).out


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
