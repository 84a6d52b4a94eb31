"""The passages for a question as it was understood: each project that it names searched by itself."""

from dataclasses import replace

from ingest import tracing
from ingest.index.store import Filter
from retrieval.folding import folded
from retrieval.prefer import about, by_project, in_turn, joined, preferred, ranked, woven
from retrieval.search import Mode, Searcher, SearchResult
from retrieval.understood import Understood
from retrieval.versions import asks_for_older

DEEP = 50
"""Passages among which those of preferred documents move up."""

DEEP_FOR_ALL = 200
"""The same for a question about all projects: the papers of a few could fill the first fifty places."""


class Fetcher:
    """Fetches through one searcher. Holds no state: threads may share it."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher

    @tracing.span("fetch")
    def fetch(self, understood: Understood, k: int, mode: Mode, where: Filter) -> SearchResult:
        """The `k` best passages among the chunks that `where` lets through. Raises what `Searcher.search` raises."""
        deep = max(k, DEEP_FOR_ALL if understood.of_all else DEEP)
        is_change = asks_for_older(understood.on_versions)
        if not understood.subjects:
            found = self._searcher.search(understood.topic, deep, mode, where, understood.also)
            best = preferred(found.passages, understood.preferences, is_change=is_change)
            if understood.of_all:
                best = in_turn(by_project(best))
            return replace(found, passages=tuple(ranked(folded(understood.on_versions, best, k))))
        each = [about(where, one) for one in understood.subjects]
        own = self._searcher.search_each(understood.topic, deep, mode, each, understood.also)
        # Who else says the name is a question of letters, not of meaning.
        others = self._searcher.search(understood.question, k, "sparse", where)
        names = [one.words for one in understood.mentions]
        rankings = [preferred(one.passages, understood.preferences, is_change=is_change) for one in own]
        found_by_turns = woven(in_turn(rankings), others.passages, names)
        best = ranked(folded(understood.on_versions, found_by_turns, k))
        return joined(understood.question, best, [*own, others])
