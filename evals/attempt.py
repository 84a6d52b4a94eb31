"""A run in the making: a question set held against the index, gone on with where it was stopped, kept when whole."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from evals.chosen import Chosen
from evals.documents import ids_by_path, reader
from evals.provenance import index_digest, provenance
from evals.record import Runs
from evals.report import RunReport, summarize
from evals.run import Assistant, run
from evals.sample import Sample
from evals.set_check import check_set
from ingest.library import Library


class Attempt:
    """A question set about to be asked over an open library. `misfits` are the gold places that cannot be found.

    What an earlier attempt at the same questions got through, with the same code, settings and index, is not asked
    again, unless this one is `fresh`. Raises `IndexMissing` when no document asked about is there.
    """

    def __init__(self, chosen: Chosen, library: Library, kept: Runs, *, fresh: bool = False) -> None:
        self._chosen, self._library, self._kept = chosen, library, kept
        self.misfits = check_set(chosen.questions, ids_by_path(library), reader(library))
        self._state = provenance(library, chosen.questions)
        self._half = kept.half(self._state)
        if fresh:
            self._half.forget()
        self._before = self._half.samples()

    @property
    def total(self) -> int:
        """How many questions there are."""
        return len(self._chosen.questions)

    @property
    def done(self) -> int:
        """How many of them an earlier attempt has asked."""
        return sum(question.id in self._before for question in self._chosen.questions)

    @property
    def is_stale(self) -> bool:
        """Whether documents came or went since: the scores are of no one state of the library."""
        return index_digest(self._library) != self._state.index

    def samples(self, assistant: Assistant) -> Iterator[Sample]:
        """Ask; each sample is kept before the next question. Raises what the assistant raises."""
        return run(self._chosen.questions, assistant, reader(self._library), self._before, self._half.keep)

    def finish(self, samples: Sequence[Sample]) -> tuple[RunReport, Path]:
        """Keep the whole run; gives it and its file. Raises `DataDirNotWritable`."""
        report = summarize(self._chosen.name, self._chosen.split, samples, self._state)
        path = self._kept.save(report)
        self._half.forget()
        return report, path
