"""`caselore serve` as a process of its own: questions beside uploads, other commands, signals, kills, failed starts."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from ingest.registry import Registry
from ingest.settings import Settings
from tests.quick_disk import quick_folder

CASELORE = [sys.executable, "-c", "from caselore import main; main()"]
ROOT = Path(__file__).resolve().parents[1]
START_S = 60
"""Far more than a start takes, for machines that do other things besides."""

DRILL = "# 演练安排\n\n灾备演练定在每季度第二个周五，切换步骤共十二步。\n"
QUESTION = "演练的切换步骤共多少步？"


class Server:
    """A running `caselore serve`, and a client of it."""

    def __init__(self, process: "subprocess.Popen[str]", url: str) -> None:
        self.process = process
        self.url = url
        self.client = httpx.Client(base_url=url, timeout=60, trust_env=False)

    def upload(self, *files: tuple[str, str]) -> httpx.Response:
        return self.client.post("/api/documents", files=[("files", (name, text.encode())) for name, text in files])

    def titles(self) -> list[str]:
        return [one["title"] for one in self.client.get("/api/documents").json()["documents"]]

    def status(self) -> str:
        return str(self.client.post("/api/ask", json={"question": QUESTION}).json()["status"])

    def end(self, by: signal.Signals) -> tuple[int, str]:
        """Send a signal, and give the exit code and what was still said on stderr."""
        self.process.send_signal(by)
        _, said = self.process.communicate(timeout=30)
        return self.process.returncode, said


@pytest.fixture
def data_dir() -> Iterator[Path]:
    with quick_folder() as folder:
        yield folder / "data"


def environment(data_dir: Path, **more: str) -> dict[str, str]:
    own = {"CASELORE_DATA_DIR": str(data_dir), "CASELORE_EMBED_MODEL": "hashing", "PYTHONPATH": str(ROOT)}
    return {**os.environ, **own, **more}


def command(data_dir: Path, *arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*CASELORE, *arguments], env=environment(data_dir, **more), capture_output=True, text=True, timeout=120
    )


@contextmanager
def serving(data_dir: Path, *arguments: str) -> Iterator[Server]:
    """Start a server on a free port and stop it at the end, if it still runs."""
    process = subprocess.Popen(
        [*CASELORE, "serve", "--port", "0", *arguments], env=environment(data_dir), stderr=subprocess.PIPE, text=True
    )
    try:
        yield Server(process, announced(process))
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def announced(process: "subprocess.Popen[str]") -> str:
    assert process.stderr
    for line in process.stderr:
        if found := re.search(r"answers at (http://\S+)", line):
            return found[1]
    pytest.fail(f"the server ended with {process.wait()}")


def advice(done: "subprocess.CompletedProcess[str]") -> str:
    """What a failed command said: one line, and exit code 4."""
    assert (done.returncode, done.stdout) == (4, "")
    (line,) = done.stderr.splitlines()
    return line


def long_document(sections: int) -> str:
    return "# 大文件\n" + "".join(f"\n## 第 {n} 节\n\n{f'第 {n} 节讲蓝鲸系统的扩容。' * 30}\n" for n in range(sections))


def test_questions_are_answered_while_a_document_comes_in_and_never_see_half_of_it(data_dir: Path) -> None:
    sections, waits, seen = 400, [0.0], set[int]()
    with serving(data_dir) as server:
        server.upload(("演练.md", DRILL))
        reports: list[httpx.Response] = []
        uploading = threading.Thread(target=lambda: reports.append(server.upload(("大.md", long_document(sections)))))
        uploading.start()
        while uploading.is_alive():
            started = time.monotonic()
            assert server.status() == "answered"
            waits.append(time.monotonic() - started)
            found = server.client.get("/api/search", params={"q": "蓝鲸系统的扩容", "k": 100}).json()
            seen.add(sum(one["document"]["title"] == "大文件" for one in found))
        uploading.join()
        chunks = reports[0].json()["chunks"]
        assert chunks >= sections
        assert len(waits) > 3, "questions waited for the upload"
        assert max(waits) < 10
        assert seen <= {0, 100}
        assert server.client.get("/readyz").json()["chunks"] == chunks + 1


def test_a_second_upload_waits_for_the_first_and_both_are_taken(data_dir: Path) -> None:
    with serving(data_dir) as server:
        answers: list[httpx.Response] = []
        threads = [
            threading.Thread(target=lambda n=n: answers.append(server.upload((f"{n}.md", f"# 文件{n}\n\n{DRILL}"))))
            for n in range(6)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [answer.status_code for answer in answers] == [200] * 6
        assert sorted(server.titles()) == [f"文件{n}" for n in range(6)]


def test_other_commands_are_told_where_the_server_is(data_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(DRILL, encoding="utf-8")
    with serving(data_dir) as server:
        server.upload(("演练.md", DRILL))
        asked = advice(command(data_dir, "ask", QUESTION))
        assert f"POST {server.url}/api/ask" in asked
        assert f"pid {server.process.pid}" in asked
        assert f"POST {server.url}/api/documents" in advice(command(data_dir, "ingest", str(tmp_path)))
        assert f"GET {server.url}/api/search" in advice(command(data_dir, "search", QUESTION))
        assert server.url in advice(command(data_dir, "serve", "--port", "0"))
        assert server.status() == "answered"


@pytest.mark.parametrize(("by", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_signal_ends_it_cleanly(data_dir: Path, by: signal.Signals, code: int) -> None:
    with serving(data_dir) as server:
        server.upload(("演练.md", DRILL))
        ended, said = server.end(by)
    assert (ended, said) == (code, "")
    answer = json.loads(command(data_dir, "ask", QUESTION, "--json").stdout)
    assert answer["status"] == "answered"


def test_a_signal_does_not_wait_for_a_long_document(data_dir: Path) -> None:
    with serving(data_dir) as server:
        server.upload(("演练.md", DRILL))
        answers: list[httpx.Response] = []
        document = ("大.md", long_document(6000))
        uploading = threading.Thread(target=lambda: answers.append(server.upload(document)))
        uploading.start()
        while not list(data_dir.glob("uploads/*/大.md")):
            time.sleep(0.02)
        time.sleep(0.5)
        ended, said = server.end(signal.SIGTERM)
        uploading.join()
    assert (ended, said) == (0, "")
    assert answers[0].status_code == 503
    assert "大.md" in answers[0].json()["detail"]
    assert_whole(data_dir, at_most=1)


def test_a_signal_ends_an_upload_after_the_file_in_hand(data_dir: Path) -> None:
    files = [(f"{n}.md", f"# 文件{n}\n\n{long_document(20)}") for n in range(100)]
    with serving(data_dir) as server:
        answers: list[httpx.Response] = []
        uploading = threading.Thread(target=lambda: answers.append(server.upload(*files)))
        uploading.start()
        while not server.titles():
            time.sleep(0.02)
        ended, said = server.end(signal.SIGTERM)
        uploading.join()
    assert (ended, said) == (0, "")
    assert answers[0].status_code == 503
    assert "stopping" in answers[0].json()["detail"]
    assert_whole(data_dir, at_most=99)


@pytest.mark.parametrize("after", [0.0, 0.2, 0.5])
def test_a_killed_server_starts_again_and_holds_whole_documents(data_dir: Path, after: float) -> None:
    files = [(f"{n}.md", f"# 文件{n}\n\n{long_document(20)}") for n in range(100)]
    with serving(data_dir) as server:
        server.upload(("演练.md", DRILL))
        uploading = threading.Thread(target=upload_in_vain, args=(server, files))
        uploading.start()
        while len(server.titles()) < 2:
            time.sleep(0.02)
        time.sleep(after)
        server.end(signal.SIGKILL)
        uploading.join()
    assert_whole(data_dir, at_most=101)


def upload_in_vain(server: Server, files: list[tuple[str, str]]) -> None:
    with contextlib.suppress(httpx.HTTPError):
        server.upload(*files)


def assert_whole(data_dir: Path, at_most: int) -> None:
    """A server started on the folder holds some documents, each with all its chunks and its original."""
    with serving(data_dir) as server:
        # What was stored and not yet ingested is being taken in.
        uploads = data_dir / "uploads"
        end = time.monotonic() + START_S
        while len(server.titles()) < len(list(uploads.glob("[!.]*"))) and time.monotonic() < end:
            time.sleep(0.05)
        documents = server.client.get("/api/documents").json()["documents"]
        assert 1 <= len(documents) <= at_most
        assert len(list(uploads.iterdir())) == len(documents)
        for document in documents:
            assert server.client.get(f"/api/documents/{document['id']}/source").status_code == 200
        chunks = sum(document["chunks"] for document in documents)
        assert server.client.get("/readyz").json()["chunks"] == chunks
        code, _ = server.end(signal.SIGTERM)
        assert code == 0


def test_a_port_that_is_taken_is_told(data_dir: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        line = advice(command(data_dir, "serve", "--port", str(port)))
    assert f"127.0.0.1:{port}" in line
    assert "--port" in line
    assert not data_dir.exists()


@pytest.mark.parametrize("host", ["203.0.113.7", "no-such-host.invalid", "a..b"])
def test_an_address_that_cannot_be_had_is_told(data_dir: Path, host: str) -> None:
    line = advice(command(data_dir, "serve", "--port", "0", "--host", host))
    assert host in line
    assert "--host" in line


def test_a_data_folder_that_cannot_be_written_is_told(data_dir: Path) -> None:
    data_dir.write_text("a file", encoding="utf-8")
    line = advice(command(data_dir / "inside", "serve", "--port", "0"))
    assert str(data_dir) in line
    assert "CASELORE_DATA_DIR" in line


def test_a_model_that_cannot_be_had_is_told(data_dir: Path) -> None:
    line = advice(command(data_dir, "serve", "--port", "0", CASELORE_EMBED_MODEL=str(data_dir / "no-model")))
    assert "no-model" in line


def test_an_index_of_another_model_is_told(data_dir: Path) -> None:
    with serving(data_dir) as server:
        server.upload(("演练.md", DRILL))
        server.end(signal.SIGTERM)
    registry = Registry(Settings(data_dir=data_dir, _env_file=None))
    registry.set_index_facts({"model": "bge-m3", "fingerprint": "another"})
    registry.close()
    line = advice(command(data_dir, "serve", "--port", "0"))
    assert "CASELORE_EMBED_MODEL=bge-m3" in line
    assert "--rebuild" in line


def test_an_address_that_others_reach_asks_for_a_token(data_dir: Path) -> None:
    process = subprocess.Popen(
        [*CASELORE, "serve", "--port", "0", "--host", "0.0.0.0"],
        env=environment(data_dir),
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr
        told = re.search(r"needs this token: (\S+)", process.stderr.readline())
        assert told
        assert "TLS" in process.stderr.readline()
        server = Server(process, announced(process))
        assert server.url.startswith("http://127.0.0.1:")
        assert server.client.get("/healthz").status_code == 200
        assert server.client.get("/api/documents").status_code == 401
        bearer = {"Authorization": f"Bearer {told.group(1)}"}
        assert server.client.get("/api/documents", headers=bearer).status_code == 200
        assert server.end(signal.SIGTERM)[0] == 0
    finally:
        process.kill()
        process.wait()
