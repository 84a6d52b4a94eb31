"""The names of a library are learned once, and again when its documents have changed."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest.document import DocumentMeta
from ingest.index.lock import Holder
from ingest.index.store import Filter
from ingest.library import Library
from ingest.settings import Settings
from retrieval.name_book import NameBook
from tests.retrieval.library import fill


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    with Library(settings, Holder("test"), create=True) as library:
        yield library


def add(library: Library, name: str, project: str) -> None:
    meta = DocumentMeta(id=name, title=name, path=f"{name}.pdf", format="pdf", project=project)
    library.registry.begin(meta)
    library.registry.activate(meta, "by hand", 0, Path("/made", f"{name}.pdf"), Path("/made"))


def test_an_empty_library_has_no_names(library: Library) -> None:
    assert NameBook(library).names(Filter()).mentions("云澜证券的 RPO") == ()


def test_the_projects_of_a_library_are_known_by_their_names(library: Library) -> None:
    fill(library)
    (mention,) = NameBook(library).names(Filter()).mentions("云澜证券的 RPO")
    assert [one.documents for one in mention.subjects] == [{"sync", "drill", "handover"}]


def test_names_are_learned_once_while_nothing_changes(library: Library) -> None:
    fill(library)
    book = NameBook(library)
    assert book.names(Filter()) is book.names(Filter())


def test_documents_that_come_go_or_change_are_noticed(library: Library) -> None:
    book = NameBook(library)
    add(library, "plan", "玄圃水务")
    assert book.names(Filter()).mentions("玄圃水务")
    library.registry.detach(Path("/made/plan.pdf"))
    assert not book.names(Filter()).mentions("玄圃水务")
    add(library, "plan", "玄圃水务")
    assert book.names(Filter()).mentions("玄圃水务")
    # The same content under another description.
    add(library, "plan", "昆吾燃气")
    assert book.names(Filter()).mentions("昆吾燃气")
    assert not book.names(Filter()).mentions("玄圃水务")


def test_threads_that_ask_together_get_the_same_names(library: Library) -> None:
    fill(library)
    book = NameBook(library)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: book.names(Filter()), range(16)))
    assert len({id(names) for names in found}) == 1
