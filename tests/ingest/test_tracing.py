"""Spans by the API alone: nested however a generator's steps are taken, silent about words, going where OTEL_* says."""

import json
import logging
import subprocess
import sys
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from ingest import tracing
from ingest.errors import Stopped
from ingest.index.lock import Holder
from ingest.library import Library
from ingest.pipeline import ingest
from ingest.settings import Settings
from ingest.trace_export import exporters

ROOT = Path(__file__).resolve().parents[2]
ENDPOINT = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318"}


def parents(spans: InMemorySpanExporter) -> dict[str, str | None]:
    """Each span's name with that of the span that it is part of."""
    done = spans.get_finished_spans()
    names = {one.context.span_id: one.name for one in done if one.context}
    return {one.name: names.get(one.parent.span_id) if one.parent else None for one in done}


def counting() -> Generator[int, None, str]:
    for number in range(3):
        with tracing.span(f"inner {number}"):
            pass
        yield number
    return "counted"


def test_steps_in_any_thread_are_one_span(spans: InMemorySpanExporter) -> None:
    counted = tracing.steps("counting", counting())
    with tracing.span("outer"):
        assert next(counted) == 0
    with ThreadPoolExecutor(2) as threads:
        assert [threads.submit(next, counted).result() for _ in range(2)] == [1, 2]
    with pytest.raises(StopIteration) as end:
        next(counted)
    assert end.value.value == "counted"
    assert parents(spans) == {
        "outer": None,
        "counting": "outer",
        "inner 0": "counting",
        "inner 1": "counting",
        "inner 2": "counting",
    }


def test_what_is_left_half_way_ends_its_span(spans: InMemorySpanExporter) -> None:
    counted = tracing.steps("counting", counting())
    next(counted)
    counted.close()
    assert set(parents(spans)) == {"inner 0", "counting"}


def test_an_error_is_told_by_its_kind_alone(spans: InMemorySpanExporter) -> None:
    with pytest.raises(ValueError, match="客户"), tracing.span("wrong"):
        raise ValueError("客户的话")
    with pytest.raises(Stopped), tracing.span("left"):
        raise Stopped("Nobody waits.")
    wrong, left = spans.get_finished_spans()
    assert (wrong.status.status_code, wrong.attributes) == (StatusCode.ERROR, {"error.type": "ValueError"})
    assert (left.status.status_code, left.attributes) == (StatusCode.UNSET, {"caselore.stopped": True})
    assert "客户" not in wrong.to_json()


def test_an_ingest_tells_its_stages(settings: Settings, tmp_path: Path, spans: InMemorySpanExporter) -> None:
    (tmp_path / "秘密客户.md").write_text("# 双活设计\n\nRPO 不超过 30 秒。\n", "utf-8")
    with Library(settings, Holder("test"), create=True) as library:
        ingest(library, [tmp_path / "秘密客户.md"])
    found = parents(spans)
    assert found["ingest"] is None
    assert (found["read"], found["document"]) == ("ingest", "ingest")
    assert {found[stage] for stage in ("parse", "split", "embed", "lexical", "write")} == {"document"}
    of_one = {
        one.attributes["caselore.document.id"]
        for one in spans.get_finished_spans()
        if one.attributes and one.name in ("read", "document")
    }
    assert len(of_one) == 1
    everything = "".join(
        json.dumps(json.loads(one.to_json()), ensure_ascii=False) for one in spans.get_finished_spans()
    )
    assert "秘密" not in everything
    assert "双活" not in everything


def test_a_request_goes_on_with_the_trace_and_keeps_baggage_here(spans: InMemorySpanExporter) -> None:
    from opentelemetry import baggage, context

    assert tracing.headers() == {}
    assert tracing.trace_id() is None
    held = context.attach(baggage.set_baggage("customer", "secret"))
    try:
        with tracing.span("asking"):
            carried, here = tracing.headers(), tracing.trace_id()
    finally:
        context.detach(held)
    assert carried.keys() == {"traceparent"}
    assert carried["traceparent"].split("-")[1] == here


def test_asking_another_service_is_a_clients_span(spans: InMemorySpanExporter) -> None:
    list(tracing.steps("chat", counting(), {"gen_ai.request.model": "m"}, asks_another=True))
    assert spans.get_finished_spans()[-1].kind is SpanKind.CLIENT


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, []),
        (ENDPOINT, ["otlp_proto_http"]),
        (ENDPOINT | {"OTEL_SDK_DISABLED": "true"}, []),
        (ENDPOINT | {"OTEL_TRACES_EXPORTER": "none"}, []),
        (ENDPOINT | {"OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"}, ["otlp_proto_grpc"]),
        ({"OTEL_TRACES_EXPORTER": "console,otlp"}, ["console", "otlp_proto_http"]),
    ],
)
def test_the_standard_variables_say_where_to(environment: dict[str, str], wanted: list[str]) -> None:
    assert exporters(environment) == wanted


_RUN = """
import logging, sys
logging.basicConfig(format="%(levelname)s %(message)s")
from ingest.trace_export import start_exporting
start_exporting()
from ingest import tracing
with tracing.span("work", {"caselore.chunks": 3}):
    logging.getLogger().warning("told inside")
logging.getLogger().warning("told outside")
print(*(one for one in sys.modules if one.startswith("opentelemetry.sdk")), file=sys.stderr)
"""


def run(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", _RUN], capture_output=True, text=True, cwd=ROOT, env=environment, timeout=60, check=True
    )


def test_asked_for_nothing_it_loads_no_sdk() -> None:
    done = run()
    assert done.stderr.split("\n")[:2] == ["WARNING told inside", "WARNING told outside"]
    assert "opentelemetry.sdk" not in done.stderr


def test_spans_go_where_the_environment_says_and_logs_name_the_trace() -> None:
    done = run(OTEL_TRACES_EXPORTER="console", OTEL_RESOURCE_ATTRIBUTES="deployment.environment=lab")
    told = json.loads(done.stdout)
    trace_id = told["context"]["trace_id"].removeprefix("0x")
    assert (told["name"], told["attributes"]) == ("work", {"caselore.chunks": 3})
    assert told["resource"]["attributes"]["service.name"] == "caselore"
    assert told["resource"]["attributes"]["deployment.environment"] == "lab"
    assert f"WARNING told inside trace_id={trace_id}\nWARNING told outside\n" in done.stderr


def test_what_is_set_in_the_environment_names_the_service() -> None:
    told = json.loads(run(OTEL_TRACES_EXPORTER="console", OTEL_SERVICE_NAME="caselore-lab").stdout)
    assert told["resource"]["attributes"]["service.name"] == "caselore-lab"


def test_an_exporter_that_is_not_there_costs_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    done = run(OTEL_TRACES_EXPORTER="carrier-pigeon")
    assert "no such exporter is installed" in done.stderr
    assert "told inside" in done.stderr
    assert logging.getLogger().handlers
