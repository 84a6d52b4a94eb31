"""Requests and the trace they belong to: that of the caller, passed on, named in the response, without the query."""

import pytest
from fastapi.testclient import TestClient
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from ingest.library import Library
from tests.api.test_ask_model import ASKED, TRUE, asking
from tests.fake_llm_server import Play, fake_llm, reply
from tests.ingest.test_tracing import parents

TRACE, CALLER = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
FROM_A_TRACE = {"traceparent": f"00-{TRACE}-{CALLER}-01"}


@pytest.mark.usefixtures("corpus")
@pytest.mark.parametrize("path", ["/api/ask", "/api/ask/stream"])
def test_the_callers_trace_goes_on_to_the_model(library: Library, spans: InMemorySpanExporter, path: str) -> None:
    with fake_llm(Play(reply(TRUE))) as fake, asking(library, fake) as client:
        response = client.post(path, json=ASKED, headers=FROM_A_TRACE)
        sent = fake.headers[0]["traceparent"]
    assert response.status_code == 200
    found = parents(spans)
    assert (found[f"POST {path}"], found["ask"], found["chat fake-1"]) == (None, f"POST {path}", "write")
    assert {one.context.trace_id for one in spans.get_finished_spans() if one.context} == {int(TRACE, 16)}
    (request,) = (one for one in spans.get_finished_spans() if one.name == f"POST {path}")
    assert request.parent
    assert request.context
    assert request.parent.span_id == int(CALLER, 16)
    assert response.headers["traceresponse"] == f"00-{TRACE}-{request.context.span_id:016x}-01"
    assert sent.startswith(f"00-{TRACE}-")


def test_the_query_is_not_told(client: TestClient, spans: InMemorySpanExporter) -> None:
    client.get("/api/search", params={"q": "secret"})
    (request,) = (one for one in spans.get_finished_spans() if one.name == "GET /api/search")
    assert request.attributes
    assert request.attributes["url.query"] == "REDACTED"
    assert not [one for one in spans.get_finished_spans() if "secret" in one.to_json()]


def test_probes_are_not_traced(client: TestClient, spans: InMemorySpanExporter) -> None:
    assert client.get("/healthz").status_code == 200
    assert client.get("/metrics").status_code == 200
    assert not spans.get_finished_spans()


def test_where_nobody_traces_nothing_is_said(client: TestClient) -> None:
    assert "traceresponse" not in client.get("/api/facets", headers=FROM_A_TRACE).headers
