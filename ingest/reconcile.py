"""Brings registry and store together again after a killed run, a lost folder or a lost database."""

from collections.abc import Collection

from ingest.index.store import Store
from ingest.registry import Registry


def reconcile(registry: Registry, store: Store) -> None:
    """Afterwards the store holds the points of whole documents and no others.

    Points of half-written, superseded or unknown documents are deleted; documents whose points are not all there are
    hidden until they are made anew.
    """
    whole = registry.indexed()
    stored = store.facet("document_id")
    drop_points(registry, store, sorted(set(stored) - set(whole)))
    registry.forget(registry.hidden() - set(stored))
    registry.hide(key for key, chunks in whole.items() if stored.get(key, 0) != chunks)


def drop_points(registry: Registry, store: Store, document_ids: Collection[str]) -> None:
    """Delete the points of documents that are no longer seen, then forget these."""
    if document_ids:
        store.delete_documents(list(document_ids))
        registry.forget(document_ids)
