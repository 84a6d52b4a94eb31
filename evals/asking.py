"""A question set asked through from a terminal: gone on with where it was stopped, and watched."""

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

import typer

from evals.attempt import Attempt
from evals.chosen import Chosen
from evals.drafted import Drafting
from evals.judging import Opinion, judge_all, unjudged
from evals.record import Runs
from evals.replies import Replies
from evals.report import RunReport
from evals.set_check import Misfit
from evals.show import watch
from ingest.errors import ModelUnavailable, Stopped
from ingest.library import Library
from ingest.settings import Settings
from retrieval.answer import Answerer
from retrieval.assistant import Assistant


def answering(answerer: Answerer) -> Settings:
    """The settings with that answerer. Raises `ModelUnavailable` where it is a language model and none is set."""
    settings = Settings().model_copy(update={"answerer": answerer})
    if answerer == "llm" and not settings.llm_model:
        raise ModelUnavailable(
            "No language model is set.", "Set CASELORE_LLM_MODEL, and CASELORE_LLM_BASE_URL for one at an endpoint."
        )
    return settings


def ask_through(
    chosen: Chosen, library: Library, kept: Runs, *, fresh: bool = False, opinion: Opinion | None = None
) -> tuple[RunReport, Path]:
    """Ask every question that no earlier attempt has asked, keep the run; gives it and its file.

    Raises what `Attempt` and the assistant raise, and `Stopped` at Ctrl-C, with everything kept.
    """
    with ExitStack() as ending:
        attempt = Attempt(chosen, library, kept, fresh=fresh)
        warn(attempt.misfits)
        if attempt.done:
            tell(f"Going on after {attempt.done} of {attempt.total} questions (--fresh begins anew).")
        told = Replies(kept.replies, fresh=fresh)
        assistant = Drafting(library, told) if library.settings.answerer == "llm" else Assistant(library)
        ending.callback(assistant.close)
        try:
            found = list(watch(attempt.samples(assistant), f"{chosen.name}/{chosen.split}", attempt.total))
            if opinion:
                found = list(judge_all(found, opinion, watch))
        except KeyboardInterrupt:
            raise Stopped("Stopped; what was asked so far is kept.", "Run the same command to go on.") from None
    if opinion and unjudged(found):
        tell(f"{unjudged(found)} answers could not be judged; the same command asks about these again.")
    return attempt.finish(found)


def warn(misfits: Iterable[Misfit]) -> None:
    """Tell the gold places that cannot be found."""
    for one in misfits:
        tell(f"{one.question}: {one.what}")


def tell(text: str) -> None:
    """A line for the person at the terminal, beside the result on standard output."""
    typer.echo(text, err=True)
