"""The command as a whole: help, version, and errors turned into advice and exit codes."""

import io
import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

import caselore
from ingest import cli
from ingest.errors import CaseloreError, DamagedDocument, IndexMissing, Stopped, UsageError

_ROOT = Path(__file__).resolve().parents[1]


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["caselore", *arguments])
    with pytest.raises(SystemExit) as ended:
        caselore.main()
    return int(ended.value.code or 0)


def test_help_names_every_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for flag in ("--help", "-h"):
        assert run(monkeypatch, flag) == 0
        told = capsys.readouterr().out
        for name in ("ingest", "documents", "doctor", "search", "ask", "serve", "eval", "models"):
            assert f" {name} " in told


@pytest.mark.parametrize("name", ["ingest", "documents", "doctor", "search", "ask", "serve", "eval", "models"])
def test_each_command_has_help(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert run(monkeypatch, name, "--help") == 0
    assert f"Usage: caselore {name}" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["ask", "serve"])
def test_who_waits_for_an_answer_does_not_wait_for_the_rest(command: str) -> None:
    code = f"import sys, caselore; caselore.build_app({command!r}); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=_ROOT, capture_output=True, text=True, check=True).stdout
    assert not {"evals", "evals.cli", "ingest.pipeline", "ingest.parse_cli", "openpyxl"} & set(loaded.split())


def test_version(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "--version") == 0
    assert capsys.readouterr().out == f"caselore {version('caselore')}\n"


@pytest.mark.parametrize("arguments", [["nosuch"], ["ingest", "--nosuch"], ["ask"]])
def test_wrong_usage(monkeypatch: pytest.MonkeyPatch, arguments: list[str]) -> None:
    assert run(monkeypatch, *arguments) == 2


@pytest.mark.parametrize(("error", "code"), [(UsageError, 2), (DamagedDocument, 3), (IndexMissing, 4)])
def test_an_error_is_one_line_and_its_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: type[CaseloreError], code: int
) -> None:
    def fail(*_: object) -> None:
        raise error("The thing is wrong.", "Do this.")

    monkeypatch.setattr(cli, "open_registry", fail)
    assert run(monkeypatch, "documents") == code
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "Error: The thing is wrong. Do this.\n")
    assert run(monkeypatch, "documents", "--json") == code
    told = capsys.readouterr()
    assert json.loads(told.out) == {"error": "The thing is wrong.", "hint": "Do this."}
    assert told.err == "Error: The thing is wrong. Do this.\n"


def test_being_stopped_is_no_error(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def stop(*_: object) -> None:
        raise Stopped("Stopped after 1 of 2 files.", "Go on.")

    monkeypatch.setattr(cli, "open_registry", stop)
    assert run(monkeypatch, "documents") == 130
    assert capsys.readouterr().err == "Stopped after 1 of 2 files. Go on.\n"


def test_a_setting_that_cannot_be_read_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CASELORE_CHUNK_CHARS", "many")
    assert run(monkeypatch, "documents") == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "CASELORE_CHUNK_CHARS is 'many'" in line


def test_an_env_file_in_another_encoding_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(".env").write_bytes("CASELORE_DATA_DIR=资料库\n".encode("gbk"))
    assert run(monkeypatch, "documents") == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("Error: .env ")
    assert "UTF-8" in line


def test_an_undecodable_text_that_is_not_the_env_file_is_not_blamed_on_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["caselore", "documents"])
    monkeypatch.setattr(cli, "open_registry", lambda _: b"\xff".decode())
    with pytest.raises(UnicodeDecodeError):
        caselore.main()


def test_stopping_is_no_traceback(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "open_registry", stop)
    assert run(monkeypatch, "documents") == 130
    monkeypatch.setattr(caselore, "build_app", stop)
    assert run(monkeypatch, "documents") == 130
    assert "Traceback" not in capsys.readouterr().err


def test_an_output_that_lacks_characters_gets_their_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", narrow)
    monkeypatch.setattr(cli, "open_registry", lambda _: (_ for _ in ()).throw(IndexMissing("没有索引。")))
    assert run(monkeypatch, "documents", "--json") == 4
    narrow.flush()
    assert json.loads(narrow.buffer.getvalue()) == {"error": "没有索引。", "hint": ""}


def test_stopped_while_it_is_loaded_it_says_so() -> None:
    code = (
        "import sys\n"
        "class Stopping:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'ingest.settings': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Stopping())\n"
        "from caselore import main\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=_ROOT)
    assert (run.returncode, run.stdout) == (130, "")
    assert run.stderr == "Stopped before it began. Run the same command again.\n"
