"""The child with the model: started, reached, started again, ended with its parent. With an engine that is not real."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import psutil
import pytest

from ingest.errors import ModelUnavailable
from ingest.settings import Settings
from retrieval.local_llm import endpoint
from retrieval.local_llm.endpoint import LocalEndpoint, local_endpoint
from tests.retrieval.local_llm.fake_engine import put_engine

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def model(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings that name a GGUF file, and an engine for it."""
    put_engine(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "talker.gguf").write_text("good")
    monkeypatch.setenv("CASELORE_LLM_API_KEY", "not for the child")
    return settings.model_copy(update={"llm_model": str(tmp_path / "talker.gguf"), "llm_context_tokens": 2048})


def misbehave(model: Settings, how: str) -> None:
    Path(model.llm_model or "").write_text(how)


def ask(talker: LocalEndpoint, key: str | None = None) -> httpx.Response:
    headers = {"Authorization": f"Bearer {key or talker.api_key}"}
    return httpx.get(f"{talker.base_url}/models", headers=headers)


def ends(pid: int, seconds: float = 20) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.05)
    return False


def test_it_is_reached_on_loopback_by_who_has_the_key(model: Settings) -> None:
    with local_endpoint(model) as talker:
        talker.wait_ready()
        assert talker.base_url.startswith("http://127.0.0.1:")
        assert talker.model == "talker"
        assert ask(talker, "guessed").status_code == 401
        told = ask(talker)
    assert told.status_code == 200
    assert "n_ctx=2048" in told.text
    assert f"n_threads={len(os.sched_getaffinity(0))}" in told.text
    assert "words that stood before" in told.text
    assert "cache_prompt=True" in told.text


def test_the_key_is_not_among_the_arguments(model: Settings) -> None:
    with local_endpoint(model) as talker:
        talker.wait_ready()
        assert talker.pid
        process = psutil.Process(talker.pid)
        assert talker.api_key not in " ".join(process.cmdline())
        assert talker.api_key not in str(process.environ())


def test_two_have_each_their_own_port_and_key(model: Settings) -> None:
    with local_endpoint(model) as one, local_endpoint(model) as other:
        assert one.base_url != other.base_url
        assert one.api_key != other.api_key


def test_it_is_started_again_when_it_died_at_the_same_place(model: Settings) -> None:
    with local_endpoint(model) as talker:
        talker.wait_ready()
        first = talker.pid
        assert first
        os.kill(first, signal.SIGKILL)
        assert ends(first)
        time.sleep(0.1)  # for the keeper to see it
        talker.wait_ready()
        assert talker.pid != first
        assert ask(talker).status_code == 200


def test_one_that_keeps_dying_is_told_with_its_last_words(model: Settings) -> None:
    misbehave(model, "no good")
    with (
        local_endpoint(model) as talker,
        pytest.raises(ModelUnavailable, match=r"ended 3 times \(exit code 1: this file holds no model\)"),
    ):
        talker.wait_ready()


def test_after_a_rest_it_is_tried_again(model: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "_MOST_DEATHS", 1)
    monkeypatch.setattr(endpoint, "_STEADY_S", 3)
    misbehave(model, "no good")
    with local_endpoint(model) as talker:
        with pytest.raises(ModelUnavailable):
            talker.wait_ready()
        misbehave(model, "good")
        until = time.monotonic() + 30
        while time.monotonic() < until and not talker.pid:
            time.sleep(0.05)
        talker.wait_ready()
        assert ask(talker).status_code == 200


def test_waiting_for_one_that_loads_for_long_has_an_end(model: Settings) -> None:
    misbehave(model, "slow")
    with local_endpoint(model) as talker, pytest.raises(ModelUnavailable, match=r"not loaded within 0\.2 s"):
        talker.wait_ready(0.2)


def test_one_that_never_loads_is_ended(model: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "_START_S", 0.3)
    monkeypatch.setattr(endpoint, "_MOST_DEATHS", 1)
    misbehave(model, "slow")
    with local_endpoint(model) as talker, pytest.raises(ModelUnavailable, match="SIGKILL"):
        talker.wait_ready(30)


@pytest.mark.parametrize("how", ["good", "slow"])
def test_closing_ends_it_whatever_it_does(model: Settings, how: str) -> None:
    misbehave(model, how)
    talker = local_endpoint(model)
    until = time.monotonic() + 20
    while not talker.pid and time.monotonic() < until:
        time.sleep(0.01)
    pid = talker.pid
    assert pid
    talker.close()
    talker.close()
    assert ends(pid)
    with pytest.raises(ModelUnavailable, match="it was ended"):
        talker.wait_ready()


@pytest.mark.parametrize("how", ["good", "slow"])
@pytest.mark.parametrize("end", ["os.kill(os.getpid(), 9)", "sys.exit()", "raise KeyboardInterrupt"])
def test_it_ends_with_its_parent_however_that_ends(model: Settings, tmp_path: Path, how: str, end: str) -> None:
    if how == "slow" and "kill" in end and sys.platform != "linux":
        pytest.skip("only Linux tells a process that is busy in a library of its parent's end")
    misbehave(model, how)
    code = (
        "import os, sys, time\n"
        "from pathlib import Path\n"
        "from ingest.settings import Settings\n"
        "from retrieval.local_llm.endpoint import local_endpoint\n"
        "talker = local_endpoint(Settings(llm_model=sys.argv[1], _env_file=None))\n"
        "while not talker.pid: time.sleep(.01)\n"
        f"talker.wait_ready() if {how == 'good'} else time.sleep(3)\n"
        "print(talker.pid, flush=True)\n"
        f"{end}\n"
    )
    command = [sys.executable, "-c", code, str(model.llm_model)]
    environment = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}"}
    parent = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert ends(int(parent.stdout)), parent.stderr
