"""The command `caselore`: ties the stages' sub-commands together and turns errors into advice and exit codes."""

import logging
import sys

import typer

from ingest.errors import CaseloreError


def build_app() -> typer.Typer:
    """The command with all its sub-commands."""
    import api.cli
    import evals.cli
    import ingest.cli
    import ingest.models_cli
    import retrieval.cli

    app = typer.Typer(
        help="Answers architecture questions from your own documents, each claim with the place it rests on.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    for stage in (ingest.cli, retrieval.cli, api.cli):
        app.registered_commands += stage.app.registered_commands
    app.add_typer(evals.cli.app, name="eval", help="Score retrieval and answers on question sets.")
    app.add_typer(ingest.models_cli.app, name="models", help="List and fetch embedding models.")
    return app


def main() -> None:
    """Entry point. Exit codes: 0 done, 2 wrong usage, 3 some documents failed, 4 cannot be had now, 130 stopped."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        build_app()()
    except CaseloreError as error:
        typer.echo(f"Error: {error}", err=True)
        sys.exit(error.exit_code)
