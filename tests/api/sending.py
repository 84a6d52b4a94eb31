"""How tests upload, and what they find in the upload folder."""

from fastapi.testclient import TestClient

from ingest.settings import Settings
from tests.api.reading import Response

HERE = "http://127.0.0.1:8000"
DRILL = "# 演练安排\n\n灾备演练定在每季度第二个周五，切换步骤共十二步。\n"
NAME = "演练安排.md"
MULTIPART = "multipart/form-data; boundary=x"
TEXT_FOR_FILE = b'--x\r\nContent-Disposition: form-data; name="files"\r\n\r\ntext\r\n--x--\r\n'


def upload(client: TestClient, *files: tuple[str, bytes | str], **said: str) -> Response:
    return client.post("/api/documents", files=[("files", file) for file in files], data=said)


def stored(settings: Settings) -> list[str]:
    """The names of everything in the upload folder, as `key/name`, without the manifests."""
    root = settings.data_dir / "uploads"
    return sorted(path.name for path in root.rglob("*") if path.is_file() and path.name != "manifest.jsonl")
