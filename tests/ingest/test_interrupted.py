"""A run that ends early, killed or stopped with Ctrl-C: what can be seen stays whole, and the next run goes on."""

import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ingest.index.store import StoredChunk
from tests.ingest.shelf import Shelf, assert_whole, counts, environment, text_of
from tests.quick_disk import quick_folder

FILES = 36
ROUNDS = 3
COMMAND = [sys.executable, "-c", "from caselore import main; main()"]


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    with quick_folder() as folder:
        yield Shelf(folder)


def fill(shelf: Shelf, version: str) -> None:
    for number in range(FILES):
        shelf.put(f"{number:03}.md", text_of(f"{version}{number}", 4))


def start(shelf: Shelf, *options: str, **settings: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*COMMAND, "ingest", str(shelf.docs), *options],
        env=environment(shelf, **settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def written(database: Path, since: str) -> int:
    """Documents made since a moment, as another process sees them."""
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            rows = connection.execute("SELECT count(*) FROM documents WHERE ingested_at > ?", (since,)).fetchone()
            return int(rows[0])
    except sqlite3.Error:
        return 0


def wait_until_written(shelf: Shelf, run: subprocess.Popen[str], documents: int) -> None:
    since = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime())
    patience = time.monotonic() + 60
    while written(shelf.settings.data_dir / "registry.sqlite3", since) < documents:
        assert run.poll() is None, f"it ended before it was stopped: {run.communicate()}"
        assert time.monotonic() < patience
        time.sleep(0.002)


def contents(shelf: Shelf) -> dict[str, StoredChunk]:
    with shelf.library() as library:
        assert_whole(library)
        return {stored.chunk.id: stored for stored in library.store.scroll()}


def test_killed_runs_leave_whole_documents_and_the_next_one_finishes(shelf: Shelf) -> None:
    chance = random.Random(20260301)
    for turn in range(ROUNDS):
        # New content, the same content split otherwise, and a first run: every kind of replacement is interrupted.
        fill(shelf, "甲乙"[turn // 2 % 2])
        settings = {"CASELORE_CHUNK_CHARS": "200" if turn % 2 else "400"}
        run = start(shelf, **settings)
        wait_until_written(shelf, run, chance.randint(1, FILES // 2))
        time.sleep(chance.random() * 0.05)
        run.send_signal(signal.SIGKILL)
        run.communicate()
        with shelf.library() as library:
            assert_whole(library)
            assert 0 < len(library.registry.documents()) <= FILES
    report = shelf.ingest()
    assert report.documents["failed"] == 0
    with quick_folder() as folder:
        fresh = Shelf(folder)
        fresh.docs = shelf.docs
        fresh.ingest()
        assert contents(shelf) == contents(fresh)
        assert shelf.documents() == fresh.documents()
    assert counts(shelf.ingest()) == {"unchanged": FILES}


def test_ctrl_c_keeps_what_was_done_and_says_so(shelf: Shelf) -> None:
    fill(shelf, "甲")
    run = start(shelf, "--json")
    wait_until_written(shelf, run, 5)
    run.send_signal(signal.SIGINT)
    out, err = run.communicate(timeout=60)
    assert run.returncode == 130
    (line,) = err.splitlines()
    assert "Stopped after" in line
    assert "Run the same command to go on" in line
    assert set(json.loads(out)) == {"error", "hint"}
    with shelf.library() as library:
        assert_whole(library)
        kept = len(library.registry.documents())
    # It may be stopped between a document's last step and the telling of it.
    assert any(f"Stopped after {done} of {FILES} files" in line for done in (kept - 1, kept))
    assert counts(shelf.ingest()) == {"added": FILES - kept, "unchanged": kept}
