"""Two processes that write to one server's collection: one does, the other is told; nothing is lost."""

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from uuid import uuid4

import pytest

from ingest.errors import IndexLocked
from ingest.index.lock import Holder
from ingest.index.open import drop_store
from ingest.library import Library, drop_index
from ingest.settings import Settings
from ingest.writer_lock import WriterLock
from tests.ingest.shelf import Shelf, assert_whole, counts, environment, text_of
from tests.qdrant_server import qdrant_url as qdrant_url
from tests.quick_disk import quick_folder

COMMAND = [sys.executable, "-c", "from caselore import main; main()"]
FILES = 24


@pytest.fixture
def shelf(qdrant_url: str) -> Iterator[Shelf]:
    with quick_folder() as folder:
        shelf = Shelf(folder)
        own = {"qdrant_url": qdrant_url, "collection": f"test-{uuid4().hex}"}
        shelf.settings = shelf.settings.model_copy(update=own)
        for number in range(FILES):
            shelf.put(f"{number:03}.md", text_of(f"甲{number}", 4))
        yield shelf
        drop_store(shelf.settings, Holder("test"))


def start(shelf: Shelf, *options: str) -> subprocess.Popen[str]:
    assert shelf.settings.qdrant_url
    own = {"CASELORE_QDRANT_URL": shelf.settings.qdrant_url, "CASELORE_COLLECTION": shelf.settings.collection}
    return subprocess.Popen(
        [*COMMAND, "ingest", str(shelf.docs), *options],
        env=environment(shelf, **own),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.server
def test_of_two_ingests_at_once_one_is_told_and_nothing_is_lost(shelf: Shelf) -> None:
    runs = [start(shelf), start(shelf)]
    ended = [(run.communicate(timeout=120)[1], run.returncode) for run in runs]
    assert sorted(code for _, code in ended) == [0, 4]
    (refusal,) = [said for said, code in ended if code]
    assert "held by `caselore ingest`" in refusal
    assert "Wait for it to end" in refusal
    assert counts(shelf.ingest()) == {"unchanged": FILES}


@pytest.mark.server
def test_what_a_killed_writer_left_is_put_right_by_the_next(shelf: Shelf) -> None:
    run = start(shelf)
    with shelf_reader(shelf) as reader:
        while len(reader.registry.documents()) < 5:
            assert run.poll() is None, run.communicate()
        run.send_signal(signal.SIGKILL)
        run.communicate()
        # A service that was open all the while writes next, without being started again.
        with reader.writing():
            assert_whole(reader)
    shelf.ingest()
    assert len(shelf.documents()) == FILES


def shelf_reader(shelf: Shelf) -> Library:
    return Library(shelf.settings, Holder("serve"), create=True)


@pytest.mark.server
def test_a_service_answers_and_writes_in_between_and_a_rebuild_waits_for_neither(shelf: Shelf) -> None:
    shelf.ingest()
    with shelf_reader(shelf) as service, service.writing():
        with shelf_reader(shelf) as other, other.reading() as visible:
            assert other.store.count(visible) > FILES
            with pytest.raises(IndexLocked, match="caselore serve"), other.writing():
                pass
        with pytest.raises(IndexLocked):
            drop_index(shelf.settings, Holder("ingest"), keep_files=True)
    assert counts(shelf.ingest()) == {"unchanged": FILES}


def test_threads_share_the_right_and_the_first_puts_things_right(settings: Settings) -> None:
    taken: list[str] = []
    lock = WriterLock(settings, Holder("serve"), lambda: taken.append("anew"))
    other = WriterLock(settings, Holder("ingest"), lambda: None)
    both_inside = threading.Barrier(2, timeout=20)

    def write() -> None:
        with lock.held(), lock.held():
            both_inside.wait()

    threads = [threading.Thread(target=write) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert taken == ["anew"]
    with other.held(), pytest.raises(IndexLocked), lock.held():
        pass
    with lock.held():
        assert taken == ["anew", "anew"]


def test_a_writer_that_cannot_put_things_right_lets_go(settings: Settings) -> None:
    def fail() -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError), WriterLock(settings, Holder("serve"), fail).held():
        pass
    with WriterLock(settings, Holder("ingest"), lambda: None).held():
        pass
