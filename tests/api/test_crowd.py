"""More questions than are taken: told at once, and when to come again; a place is free again however it was left."""

import threading
import time
from collections import Counter

import httpx
import pytest

from ingest.library import Library
from tests.api.test_ask_model import ASKED, TRUE, asking, serving
from tests.fake_llm_server import Play, fake_llm, reply

pytestmark = pytest.mark.usefixtures("corpus")

MOST = 3


def test_who_comes_too_many_is_told_at_once(library: Library) -> None:
    library.settings = library.settings.model_copy(update={"ask_queue": MOST})
    slow = Play(reply(TRUE), piece=4, pause_s=0.05)
    found: list[httpx.Response] = []
    with fake_llm(slow) as fake, serving(library, fake) as url:
        threads = [
            threading.Thread(target=lambda: found.append(httpx.post(f"{url}/api/ask", json=ASKED, timeout=60)))
            for _ in range(MOST * 4)
        ]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        after = httpx.post(f"{url}/api/ask/stream", json=ASKED, timeout=60)
        metrics = httpx.get(f"{url}/metrics").text
    counted = Counter(one.status_code for one in found)
    assert set(counted) == {200, 503}
    assert counted[200] >= MOST
    busy = next(one for one in found if one.status_code == 503)
    assert busy.json()["type"] == "urn:caselore:service-busy"
    assert int(busy.headers["Retry-After"]) > 0
    assert busy.elapsed.total_seconds() < max(one.elapsed.total_seconds() for one in found)
    assert after.status_code == 200
    assert f"caselore_turned_away_total {counted[503]}.0" in metrics


def test_a_stream_is_refused_before_it_begins(library: Library) -> None:
    library.settings = library.settings.model_copy(update={"ask_queue": 1})
    with fake_llm(Play(hang=True)) as fake, serving(library, fake) as url:
        with httpx.stream("POST", f"{url}/api/ask/stream", json=ASKED, timeout=20) as response:
            # Kept: the connection would be closed with it.
            lines = response.iter_lines()
            assert next(lines) == "event: passages"
            refused = httpx.post(f"{url}/api/ask/stream", json=ASKED, timeout=20)
        assert (refused.status_code, refused.headers["content-type"]) == (503, "application/problem+json")
        # Its place is free once it is seen to have gone.
        _until(url, "caselore_asking 0.0")


def test_a_wrong_question_keeps_no_place(library: Library) -> None:
    library.settings = library.settings.model_copy(update={"ask_queue": 1})
    with fake_llm(Play(reply(TRUE))) as fake, asking(library, fake) as client:
        assert [client.post("/api/ask", json={"question": ""}).status_code for _ in range(3)] == [422] * 3
        assert client.post("/api/ask", json=ASKED).status_code == 200


def _until(url: str, line: str) -> None:
    deadline = time.monotonic() + 5
    while line not in httpx.get(f"{url}/metrics").text:
        assert time.monotonic() < deadline
        time.sleep(0.05)
