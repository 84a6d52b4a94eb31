"""LlamaIndex metadata filters as a `Filter`, as far as it goes: values of document fields, joined by `and`."""

from collections.abc import Iterable, Iterator

from llama_index.core.vector_stores.types import FilterCondition, FilterOperator, MetadataFilter, MetadataFilters

from ingest.errors import UsageError
from ingest.index.payload import check_key
from ingest.index.store import Filter

_EQUAL = {FilterOperator.EQ, FilterOperator.IN, FilterOperator.ANY}
_UNEQUAL = {FilterOperator.NE, FilterOperator.NIN}


def to_filter(filters: MetadataFilters | None, document_ids: Iterable[str] | None = None) -> Filter:
    """`==` and `in` on any filter key, `!=` and `nin` on `document_id`, joined by `and`; and, when `document_ids` are
    given, only those documents. Raises `UnknownFilter` for other keys and `UsageError` for other operators.
    """
    equals: dict[str, set[str]] = {}
    excluded: set[str] = set()
    if document_ids is not None:
        equals["document_id"] = set(document_ids)
    for one in _flat(filters):
        check_key(one.key)
        values = {str(value) for value in (one.value if isinstance(one.value, list) else [one.value])}
        if one.operator in _EQUAL:
            equals[one.key] = equals.get(one.key, values) & values
        elif one.operator in _UNEQUAL and one.key == "document_id":
            excluded |= values
        else:
            raise _unsupported(f"{one.key} {one.operator.value}")
    return Filter({key: tuple(sorted(values)) for key, values in equals.items()}, frozenset(excluded))


def _flat(filters: MetadataFilters | None) -> Iterator[MetadataFilter]:
    if filters is None:
        return
    condition = filters.condition or FilterCondition.AND
    if condition == FilterCondition.NOT or (condition == FilterCondition.OR and len(filters.filters) > 1):
        raise _unsupported(condition.value)
    for one in filters.filters:
        if isinstance(one, MetadataFilters):
            yield from _flat(one)
        else:
            yield one


def _unsupported(what: str) -> UsageError:
    return UsageError(
        f"The store cannot filter by `{what}`.",
        "Use == or in on document fields (or != and nin on document_id), joined by `and`.",
    )
