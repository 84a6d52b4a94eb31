"""A library of a folder's passages, each one a small document, as the whole assistant needs it."""

from pathlib import Path

from evals.beir import document_of, index_folder
from evals.beir_files import read_corpus
from evals.progress import Watch, unwatched
from ingest.library import Library

_RECIPE = "passage"


def fill(library: Library, folder: Path, watch: Watch = unwatched) -> int:
    """Write the folder's passages into the empty library, and into its registry; gives how many.

    Raises `UsageError` for a malformed folder.
    """
    count, _ = index_folder(folder, library.store, library.embedder, watch)
    for row in read_corpus(folder):
        library.registry.activate(document_of(row), _RECIPE, 1, folder / row.id, folder)
    return count
