"""`python -m evals.bench NAME`: one command for each table of measurements in docs/benchmarks.md."""

import sys
from collections.abc import Callable
from importlib import import_module

import typer

BENCHES = {
    "pipeline": "Ingest and questions as a user runs them, beside a plain LlamaIndex pipeline.",
    "startup": "From nothing running to an answer, and to a service that answers; its memory.",
    "parsing": "Reading speed per format, beside unstructured.",
    "chunks": "Chunks a second into the index, beside LlamaIndex in fp32; needs a BEIR-style folder.",
    "retrieval": "One question on 20 000 chunks, stage by stage; needs BEIR-style folders.",
    "quality": "What each way of searching finds, on the own questions and BEIR-style folders.",
    "aside": "Makes a BEIR-style folder that nothing was tuned on, of SQuAD files or documentation with questions.",
}
"""Each a module here with a `main()` that reads the command line; `NAME --help` says what it takes."""

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False)


def _command(name: str) -> Callable[[typer.Context], None]:
    def run(context: typer.Context) -> None:
        sys.argv = [name, *context.args]
        # One is run, so one is imported: the peers alone take seconds.
        import_module(f"evals.bench.{name}").main()

    return run


for _name, _about in BENCHES.items():
    _takes_all = {"allow_extra_args": True, "ignore_unknown_options": True}
    app.command(_name, help=_about, context_settings=_takes_all, add_help_option=False)(_command(_name))


if __name__ == "__main__":
    app()
