"""The pages in a real browser (Debian's chromium), over a served library of a few documents of the sample corpus."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from ingest.cli import SAMPLE_CORPUS
from ingest.index.lock import Holder
from ingest.library import Library
from ingest.pipeline import ingest
from ingest.settings import Settings
from tests.quick_disk import quick_folder

ROOT = Path(__file__).resolve().parents[2]
CASELORE = [sys.executable, "-c", "from caselore import main; main()"]
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

PATIENCE_MS = 20_000
"""Far more than anything takes, for machines that do other things besides."""

FILES = (
    "星衡AICC切换运维手册.md",
    "星衡AICC双活项目交接文档.docx",
    "星衡银行AICC双活方案汇报.pptx",
    "星衡银行AICC双活架构设计说明书_V1.0.docx",
    "星衡银行AICC双活架构设计说明书_V1.2.docx",
    "星衡银行AICC灾备演练报告_20251213.pdf",
    "禾川银行智算平台_算力评估表_终版.xlsx",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test here needs a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if BROWSER is None:
                item.add_marker(pytest.mark.skip(reason="no chromium on the PATH: apt install chromium"))


@pytest.fixture(scope="session")
def url() -> Iterator[str]:
    """The address of a `caselore serve` of its own."""
    with quick_folder() as folder:
        corpus = folder / "corpus"
        (corpus / "documents").mkdir(parents=True)
        shutil.copy(SAMPLE_CORPUS.parent / "manifest.jsonl", corpus)
        for name in FILES:
            shutil.copy(SAMPLE_CORPUS / name, corpus / "documents")
        settings = Settings(data_dir=folder / "data", embed_model="hashing", _env_file=None)
        with Library(settings, Holder("test"), create=True) as library:
            assert not ingest(library, [corpus]).failures
        with served(settings.data_dir) as address:
            yield address


@contextmanager
def served(data_dir: Path, **settings: str) -> Iterator[str]:
    """The address of a `caselore serve` over the library in `data_dir`, with further settings as `TOKEN="…"`."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CASELORE_")}
    settings |= {"DATA_DIR": str(data_dir), "EMBED_MODEL": "hashing"}
    environment |= {f"CASELORE_{name}": value for name, value in settings.items()}
    process = subprocess.Popen(
        [*CASELORE, "serve", "--port", "0"], cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
    )
    try:
        yield _address(process)
    finally:
        process.terminate()
        process.communicate(timeout=60)


def _address(process: "subprocess.Popen[str]") -> str:
    assert process.stderr
    said = []
    for line in process.stderr:
        said.append(line)
        if found := re.search(r"answers at (\S+)", line):
            return found.group(1)
    raise AssertionError("the server did not start:\n" + "".join(said))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless browser for all tests."""
    with sync_playwright() as playwright:
        # No sandbox: containers that run tests as root have none to give.
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    """A page of a fresh browser profile; at its end nothing may have gone wrong in its console."""
    context = browser.new_context(base_url=url, viewport={"width": 1360, "height": 860}, accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    # The browser itself reports every refused request; those are what some tests provoke.
    page.on(
        "console",
        lambda said: wrong.append(said.text) if said.type == "error" and "Failed to load" not in said.text else None,
    )
    yield page
    context.close()
    assert wrong == []
