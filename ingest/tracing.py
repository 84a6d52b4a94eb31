"""Spans of what goes on, by the OpenTelemetry API alone: without a provider they cost microseconds and go nowhere.

Attributes say how many, how long, which model and how it ended. No question, no document's words, names or paths are
among them, and no error's message, which may hold any of these: a span tells an error by its kind.
"""

from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

from opentelemetry import propagate, trace
from opentelemetry.trace import Span, SpanKind, StatusCode

from ingest.errors import Stopped

Attribute = str | int | float | bool | tuple[str, ...]

Step = TypeVar("Step")
Result = TypeVar("Result")

_tracer = trace.get_tracer("caselore")


@contextmanager
def span(name: str, attributes: Mapping[str, Attribute] = {}) -> Iterator[None]:
    """What goes on inside is one span. Not around a `yield`: the next step may run elsewhere; use `steps` there."""
    with (
        _tracer.start_as_current_span(
            name, attributes=attributes, record_exception=False, set_status_on_exception=False
        ) as begun,
        _told(begun),
    ):
        yield


def steps(
    name: str,
    generator: Generator[Step, None, Result],
    attributes: Mapping[str, Attribute] = {},
    *,
    asks_another: bool = False,
) -> Generator[Step, None, Result]:
    """The same generator, all of whose steps are one span, whichever threads and contexts take them.

    It is part of the span that the first step is taken in. `asks_another`: it waits for another service.
    """
    kind = SpanKind.CLIENT if asks_another else SpanKind.INTERNAL
    begun = _tracer.start_span(name, attributes=attributes, kind=kind)
    try:
        while True:
            with _inside(begun):
                try:
                    step = next(generator)
                except StopIteration as end:
                    result: Result = end.value
                    return result
            yield step
    finally:
        with _inside(begun):
            generator.close()
        begun.end()


def note(attributes: Mapping[str, Attribute]) -> None:
    """Add what is known by now to the span that this runs in."""
    trace.get_current_span().set_attributes(attributes)


def headers() -> dict[str, str]:
    """What a request carries so that the service asked goes on with the trace; empty when there is none."""
    carrier: dict[str, str] = {}
    propagate.inject(carrier)
    # What a client put into its baggage is for this service, not for whoever it asks.
    carrier.pop("baggage", None)
    return carrier


def trace_id() -> str | None:
    """The id of the trace that this runs in, as 32 hexadecimal digits."""
    here = trace.get_current_span().get_span_context()
    return trace.format_trace_id(here.trace_id) if here.is_valid else None


@contextmanager
def _inside(begun: Span) -> Iterator[None]:
    with trace.use_span(begun, record_exception=False, set_status_on_exception=False), _told(begun):
        yield


@contextmanager
def _told(begun: Span) -> Iterator[None]:
    try:
        yield
    except Stopped:
        # Nobody waits any more: no fault of anything that is being watched.
        begun.set_attribute("caselore.stopped", True)
        raise
    except Exception as error:
        begun.set_attribute("error.type", type(error).__qualname__)
        begun.set_status(StatusCode.ERROR)
        raise
