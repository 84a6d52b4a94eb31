"""What a killed process left of uploads is finished at the next start."""

import io
import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api import uploads
from api.app import create_app
from api.upload_folder import UploadFolder
from ingest.document import Properties
from ingest.errors import UnavailableError
from ingest.library import Library
from ingest.pipeline import ingest
from ingest.settings import Settings
from tests.api.sending import HERE


def put(settings: Settings, name: str, text: str, **said: str) -> Path:
    return UploadFolder.of(settings).put(name, io.BytesIO(text.encode()), Properties(**said))


def resume(library: Library) -> None:
    uploads.resume(library, lambda: False)


def held(library: Library) -> dict[str, str | None]:
    """Path and project of every document."""
    return {meta.path: meta.project for meta, _ in library.registry.documents()}


def test_a_file_stored_and_not_ingested_is_taken_in(library: Library, settings: Settings) -> None:
    put(settings, "a.md", "# 甲\n\n正文。", project="云澜证券")
    resume(library)
    assert held(library) == {"a.md": "云澜证券"}


def test_a_file_half_received_is_deleted(library: Library, settings: Settings) -> None:
    half = settings.data_dir / "uploads" / ".incoming-0"
    half.mkdir(parents=True)
    (half / "a.md").write_text("# 甲", encoding="utf-8")
    resume(library)
    assert held(library) == {}
    assert not half.exists()


@pytest.mark.parametrize("ingested", [("old",), ("old", "new"), ()])
def test_of_two_files_of_a_name_the_newer_stays(
    library: Library, settings: Settings, ingested: tuple[str, ...]
) -> None:
    paths = {"old": put(settings, "a.md", "# 旧\n\n旧文。"), "new": put(settings, "a.md", "# 新\n\n新文。")}
    for one in ingested:
        ingest(library, [paths[one]])
    resume(library)
    assert [meta.title for meta, _ in library.registry.documents()] == ["新"]
    assert [path.exists() for path in paths.values()] == [False, True]
    assert library.store.count() == 1


def test_a_newer_file_that_cannot_be_read_leaves_the_older_in_place(library: Library, settings: Settings) -> None:
    ingest(library, [put(settings, "a.md", "# 旧\n\n旧文。")])
    broken = put(settings, "a.md", " ")
    resume(library)
    assert [meta.title for meta, _ in library.registry.documents()] == ["旧"]
    assert [path for path, _, _ in library.registry.failures()] == [broken]


def test_a_document_that_lost_its_chunks_is_made_anew(library: Library, settings: Settings) -> None:
    path = put(settings, "a.md", "# 甲\n\n正文。")
    ingest(library, [path])
    library.registry.hide(library.registry.indexed())
    resume(library)
    assert held(library) == {"a.md": None}


def test_what_was_removed_stays_removed(library: Library, settings: Settings) -> None:
    path = put(settings, "a.md", "# 甲\n\n正文。")
    ingest(library, [path])
    (document_id,) = library.registry.indexed()
    assert uploads.remove(library, document_id) == []
    resume(library)
    assert held(library) == {}
    assert not path.exists()


def test_a_service_that_stops_takes_in_no_more(library: Library, settings: Settings) -> None:
    put(settings, "a.md", "# 甲\n\n正文。")
    with pytest.raises(UnavailableError):
        uploads.resume(library, lambda: True)
    assert held(library) == {}


def test_the_application_finishes_uploads_when_it_starts(library: Library, settings: Settings) -> None:
    put(settings, "a.md", "# 甲\n\n正文。")
    with TestClient(create_app(library), HERE) as client:
        assert client.get("/healthz").status_code == 200
        end = time.monotonic() + 20
        while not held(library) and time.monotonic() < end:
            time.sleep(0.01)
        assert [one["path"] for one in client.get("/api/documents").json()["documents"]] == ["a.md"]
