"""The commands of ingest: what was not taken, or not all of it, is told."""

from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from ingest.document import Locator, Unread
from ingest.parse import reading
from ingest.parse.options import ReadOptions
from ingest.parse.reading import Told
from ingest.parse.workers.pool import ParsePool
from tests.ingest.commands import Command
from tests.ingest.commands import command as command
from tests.ingest.commands import shelf as shelf
from tests.ingest.shelf import Shelf, text_of


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
