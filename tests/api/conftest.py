"""The application over a small library, called in process."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from ingest.index.lock import Holder
from ingest.library import Library
from ingest.pipeline import ingest
from ingest.settings import Settings
from tests.api.sending import HERE
from tests.quick_disk import quick_folder

FILES = {
    "云澜证券/双活设计 V1.0.md": "# 双活设计\n\n## 数据同步\n\nES 采用跨集群复制，RPO 不超过 30 秒。\n",
    "禾川银行/算力评估.md": "# 算力评估\n\n## 结论\n\n昇腾 910B3 共评估 74 张，按 32B 模型 200 路并发计算。\n",
    "禾川银行/交接文档.txt": "交接说明\n\n未完事项由李工接手，账号另行申请。\n",
}


@pytest.fixture
def settings(settings: Settings) -> Iterator[Settings]:
    """A library in memory where there is room, and limits that a test reaches."""
    with quick_folder() as folder:
        yield settings.model_copy(update={"data_dir": folder / "data", "max_file_mb": 1, "max_archive_mb": 4})


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    """An open library without documents."""
    with Library(settings, Holder("serve"), create=True) as library:
        yield library


@pytest.fixture
def client(library: Library) -> Iterator[TestClient]:
    """A client of the application over a library without documents."""
    with TestClient(create_app(library), HERE, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def corpus(library: Library, tmp_path: Path) -> Path:
    """The folder that the library's documents were ingested from."""
    folder = tmp_path / "corpus"
    rows = [json.dumps({"path": name, "project": Path(name).parent.name}, ensure_ascii=False) for name in FILES]
    folder.mkdir()
    (folder / "manifest.jsonl").write_text("\n".join(rows), encoding="utf-8")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    report = ingest(library, [folder])
    assert report.documents["added"] == len(FILES)
    return folder
