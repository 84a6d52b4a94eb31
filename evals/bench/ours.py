"""Our side: ingest and questions as a user runs them. Run as a process; prints one JSON document."""

import json
import sys
import time
from pathlib import Path

from evals.bench.measure import Laps, load_questions, peak_memory_mb
from ingest.index.lock import Holder
from ingest.library import Library
from ingest.pipeline import ingest
from ingest.settings import Settings
from retrieval.assistant import Assistant


def main(documents: Path, questions: Path, work: Path) -> None:
    """Ingest `documents` and ask `questions`; `work` takes what is written."""
    settings = Settings()
    laps = Laps()
    with Library(settings.model_copy(update={"data_dir": work}), Holder("bench"), create=True) as library:
        laps.lap("load")
        report = ingest(library, [documents])
        characters = sum(len(stored.chunk.text) for stored in library.store.scroll())
        assistant = Assistant(library)
        queries = []
        for question in load_questions(questions):
            found = assistant.search(question, 10)
            started = time.perf_counter()
            assistant.ask(question)
            queries.append({**found.timings_ms, "whole answer": (time.perf_counter() - started) * 1000})
    result = {
        "documents": sum(report.documents.values()),
        "failed": [failure.error for failure in report.failures],
        "chunks": report.chunks,
        "characters": characters,
        "stages": {**laps.seconds, **report.stages},
        "queries": queries,
        "peak_mb": peak_memory_mb(),
    }
    print(json.dumps(result))  # noqa: T201 (the parent process reads it)


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:4]))
