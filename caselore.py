"""The command `caselore`: ties the stages' sub-commands together and turns errors into advice and exit codes."""

import json
import logging
import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

try:
    import typer
    from pydantic import ValidationError

    from ingest.errors import CaseloreError, Stopped, UsageError
    from ingest.settings import Settings
    from ingest.trace_export import start_exporting
    from ingest.unknown_settings import unknown_settings
except KeyboardInterrupt:  # these take a moment, in which `main` cannot help yet
    sys.stderr.write("Stopped before it began. Run the same command again.\n")
    sys.exit(130)

if TYPE_CHECKING:
    from api.eval_desk import EvalDesk
    from ingest.library import Library

_ENV_FILE = Path(".env")


def build_app(command: str | None = None) -> typer.Typer:
    """The command with all its sub-commands; of `ask`, `search` and `serve`, which people wait for, with what that one
    needs: the rest takes half a second to load.
    """
    app = typer.Typer(
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_caselore)
    if command in ("ask", "search"):
        app.registered_commands += _asking().registered_commands
    elif command == "serve":
        app.registered_commands += _serving().registered_commands
    else:
        _add_all(app)
    return app


def _add_all(app: typer.Typer) -> None:
    import evals.cli
    import ingest.cli
    import ingest.models_cli
    import ingest.parse_cli
    import retrieval.conversations.cli

    for stage in (ingest.cli.app, ingest.parse_cli.app, _asking(), _serving()):
        app.registered_commands += stage.registered_commands
    app.add_typer(evals.cli.app, name="eval", help="Score retrieval and answers on question sets.")
    app.add_typer(retrieval.conversations.cli.app, name="conversations", help="What was asked before, and its gaps.")
    app.add_typer(ingest.models_cli.app, name="models", help="List and fetch models.")


def _asking() -> typer.Typer:
    import retrieval.cli

    return retrieval.cli.app


def _serving() -> typer.Typer:
    import api.cli

    # The service shows evaluations, and neither package knows the other.
    return api.cli.commands(_open_desk)


def _open_desk(library: "Library") -> "EvalDesk":
    from evals.desk import Desk

    return Desk(library)


def main() -> None:
    """Entry point. Exit codes: 0 done, 2 wrong usage, 3 some documents failed, 4 cannot be had now, 130 stopped."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    start_exporting()
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks a character gets its code, which in JSON stands for the character still.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        build_app(next(iter(sys.argv[1:]), None))()
    except CaseloreError as error:
        _fail(error)
    except ValidationError as error:
        if error.title != Settings.__name__:
            raise
        first = error.errors()[0]
        name = f"CASELORE_{'_'.join(map(str, first['loc'])).upper()}"
        _fail(UsageError(f"{name} is {first['input']!r}: {first['msg']}.", "Correct or unset it (`.env.example`)."))
    except UnicodeDecodeError:
        if _is_utf8(_ENV_FILE):
            raise
        _fail(UsageError(f"{_ENV_FILE} in this folder is not UTF-8 text.", "Save it as UTF-8 (`.env.example`)."))
    except KeyboardInterrupt:
        _fail(Stopped("Stopped before it began.", "Run the same command again."))


def _caselore(
    show_version: Annotated[  # noqa: ARG001
        bool, typer.Option("--version", is_eager=True, callback=lambda asked: _print_version(asked), help="Show it.")
    ] = False,
) -> None:
    """Answers architecture questions from your own documents, each claim with the place it rests on."""
    for advice in unknown_settings():
        typer.echo(f"Warning: {advice}", err=True)


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"caselore {version('caselore')}")
        raise typer.Exit


def _is_utf8(file: Path) -> bool:
    try:
        file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return False
    except OSError:
        pass
    return True


def _fail(error: CaseloreError) -> None:
    if "--json" in sys.argv[1:]:
        print(json.dumps({"error": error.message, "hint": error.hint}, ensure_ascii=False))  # noqa: T201
    typer.echo(str(error) if isinstance(error, Stopped) else f"Error: {error}", err=True)
    sys.exit(error.exit_code)
