"""The names of a library's projects, learned at first use and again when documents have come or gone."""

from threading import Lock

from ingest.index.store import Filter, VectorQuery
from ingest.lexical import sparse_query
from ingest.library import Library
from retrieval.glossary import Glossary
from retrieval.names import NO_GLOSSARY, Names, learn
from retrieval.stated_names import LEADS_TO

STATING = 500
"""Most chunks read for the names they state. They are found lexically, so nothing else of the library is read."""


class NameBook:
    """Gives the names of one library. Safe to use from several threads."""

    def __init__(self, library: Library, glossary: Glossary = NO_GLOSSARY) -> None:
        self._library = library
        self._glossary = glossary
        self._lock = Lock()
        self._learned: tuple[int, Names] | None = None

    def names(self, visible: Filter) -> Names:
        """The names as of now. Call it while reading the library (`visible` is what may be seen)."""
        held = self._library.registry.mark()
        with self._lock:
            if self._learned is None or self._learned[0] != held:
                self._learned = held, self._learn(visible)
            return self._learned[1]

    def _learn(self, visible: Filter) -> Names:
        store = self._library.store
        leads = sparse_query(LEADS_TO)["bigrams"]
        stating = store.search([VectorQuery("bigrams", leads, STATING, visible)])[0]
        documents = [document for document, _ in self._library.registry.documents()]
        return learn(documents, store.retrieve([one.id for one in stating]), self._glossary)
