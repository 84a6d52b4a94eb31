"""What a run was made with: what differs tells runs apart, secrets are not told."""

from evals.provenance import provenance
from ingest.index.lock import Holder
from ingest.library import Library
from ingest.settings import Settings
from tests.evals.test_set_check import question
from tests.retrieval.library import fill


def test_it_names_the_index_and_the_questions(settings: Settings) -> None:
    with Library(settings, Holder("test"), create=True) as library:
        empty = provenance(library, [])
        fill(library)
        full = provenance(library, [question("q", "a", "b")])
    assert empty.index != full.index
    assert empty.questions != full.questions
    assert (full.documents > 0, full.chunks > 0, full.model) == (True, True, settings.embed_model)


def test_it_tells_no_secret(settings: Settings) -> None:
    own = settings.model_copy(update={"qdrant_api_key": "secret", "database_url": "sqlite:///x", "chunk_chars": 300})
    with Library(settings, Holder("test"), create=True) as library:
        library.settings = own
        told = provenance(library, []).settings
    assert told["chunk_chars"] == "300"
    assert not {"qdrant_api_key", "database_url", "data_dir"} & set(told)
