"""Sends spans to where the standard variables of OpenTelemetry say; loads its SDK only when they say so."""

import logging
import os
from collections.abc import Iterator, Mapping
from importlib.metadata import entry_points, version
from typing import TYPE_CHECKING

from opentelemetry import trace

from ingest.tracing import trace_id

if TYPE_CHECKING:
    from opentelemetry.sdk.trace.export import SpanExporter

_ENDPOINTS = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
_GROUP = "opentelemetry_traces_exporter"

log = logging.getLogger(__name__)


def start_exporting(environment: Mapping[str, str] = os.environ) -> None:
    """Export spans from now on to the end of the process, if the environment names an exporter or an endpoint.

    A provider that is there already (`opentelemetry-instrument`) is left alone. What is missing or wrong is logged: for
    want of traces nobody goes without an answer.
    """
    wanted = exporters(environment)
    if not wanted:
        return
    for handler in logging.getLogger().handlers:
        handler.setFormatter(_WithTrace(handler.formatter))
    if not isinstance(trace.get_tracer_provider(), trace.ProxyTracerProvider):
        return
    try:
        from opentelemetry.sdk.resources import OTELResourceDetector, Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        log.warning("Traces are asked for by OTEL_*, but cannot be sent: pip install '.[otel]'")
        return
    ours = Resource.create({"service.name": "caselore", "service.version": version("caselore")})
    provider = TracerProvider(resource=ours.merge(OTELResourceDetector().detect()))
    for exporter in _made(wanted):
        provider.add_span_processor(BatchSpanProcessor(exporter))
    trace.set_tracer_provider(provider)


def exporters(environment: Mapping[str, str]) -> list[str]:
    """The exporters asked for, by the names they are registered under; none unless something is said of it.

    The specification would send to this machine's port 4318 unasked, which is not there on most.
    """
    if environment.get("OTEL_SDK_DISABLED", "").strip().lower() == "true":
        return []
    named = environment.get("OTEL_TRACES_EXPORTER", "").strip().lower()
    if not named and any(environment.get(name) for name in _ENDPOINTS):
        named = "otlp"
    protocol = (
        environment.get("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL") or environment.get("OTEL_EXPORTER_OTLP_PROTOCOL") or ""
    )
    otlp = "otlp_proto_grpc" if protocol.strip() == "grpc" else "otlp_proto_http"
    names = [one.strip() for one in named.split(",")]
    return [otlp if one == "otlp" else one for one in names if one not in ("", "none")]


def _made(wanted: list[str]) -> Iterator["SpanExporter"]:
    for name in wanted:
        found = entry_points(group=_GROUP, name=name)
        try:
            made: SpanExporter = next(iter(found)).load()()
        except StopIteration:
            log.warning("Traces cannot be sent by %s: no such exporter is installed (OTEL_TRACES_EXPORTER)", name)
        # Broad on purpose: exporters of any make read variables of their own.
        except Exception as error:  # noqa: BLE001
            log.warning("Traces cannot be sent by %s: %s", name, error)
        else:
            yield made


class _WithTrace(logging.Formatter):
    """A line of the log with the id of the trace that it was written in."""

    def __init__(self, plain: logging.Formatter | None) -> None:
        super().__init__()
        self._plain = plain or logging.Formatter()

    def format(self, record: logging.LogRecord) -> str:
        line, here = self._plain.format(record), trace_id()
        return f"{line} trace_id={here}" if here else line
