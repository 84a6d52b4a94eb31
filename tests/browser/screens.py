"""`python -m tests.browser.screens FOLDER`: the pictures of the pages in `docs/screens/`, made anew.

Serves a copy of the library in `CASELORE_DATA_DIR` (the sample corpus, with at least one `caselore eval run`), asks as
a reader does, and writes one PNG of few colours per page and width.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from ingest.settings import Settings
from tests.browser.asking import ask
from tests.browser.conftest import BROWSER, CASELORE, PATIENCE_MS

WIDTHS = {"wide": (1360, 860), "narrow": (360, 760)}
COLOURS = 128
SETTLED_MS = 800
"""For pictures of pages and smooth scrolling, after which nothing moves."""

WORD = ("星衡银行 AICC 双活的 RPO 和 RTO 是多少？", ".docx")
CELLS = ("禾川银行评了多少张 910B3？", ".xlsx")
PDF = ("星衡灾备演练报告里，第二次切换演练发现了哪些问题？", ".pdf")
UNKNOWN = ("星衡银行双活项目的报价是多少？", "鹿鸣银行智算平台的机房 PUE 是多少？", "澜江证券的合同金额是多少？")
OLDER, NEWER = "星衡银行AICC双活架构设计说明书_V1.0", "星衡银行AICC双活架构设计说明书_V1.2"


def begin(page: Page) -> None:
    """Where one asks, before anything is asked."""
    page.goto("/")
    expect(page.locator("#examples button").first).to_be_visible()


def source(question: str, form: str) -> Callable[[Page], None]:
    """An answer with the first place open that it cites in a file of that `form`."""

    def show(page: Page) -> None:
        page.goto("/")
        turn = ask(page, question)
        for cite in turn.locator(".cite").all():
            cite.click()
            whole = page.locator("#source").get_by_role("link", name="整页打开").get_attribute("href") or ""
            document_id = whole.split("?")[0].rpartition("/")[2]
            original = page.request.get(f"/api/documents/{document_id}/source")
            if form in original.headers["content-disposition"]:
                break
            page.keyboard.press("Escape")
        else:
            raise LookupError(f"no {form} is cited for {question}")
        expect(page.locator("#source .skeleton")).to_have_count(0)

    return show


def document(page: Page) -> None:
    """A document as a page of its own."""
    page.goto(f"/library?q={NEWER}")
    page.locator("main a[href^='/documents/']").first.click()
    expect(page.locator("main .skeleton")).to_have_count(0)


def parsed(page: Page) -> None:
    """A document beside what was read of it, at one of its places."""
    page.goto("/library?q=星衡银行AICC灾备演练报告")
    page.locator("main a[href^='/documents/']").first.click()
    expect(page.locator("main .skeleton")).to_have_count(0)
    page.get_by_role("button", name="读出的内容").click()
    item = page.locator(".parsed-list li").nth(14)
    if page.viewport_size and page.viewport_size["width"] >= WIDTHS["wide"][0]:
        item.get_by_role("button").first.click()
    expect(page.locator("main .skeleton")).to_have_count(0)


def changes(page: Page) -> None:
    """What changed between two versions of it."""
    page.goto(f"/library?q={OLDER}")
    page.locator("a.newer").first.click()


def run(page: Page) -> None:
    """The newest run of a question set."""
    page.goto("/evals")
    page.locator("a[href^='/evals/runs/']").first.click()


def gaps(page: Page) -> None:
    """What was asked for and not found."""
    for question in UNKNOWN:
        page.goto("/")
        ask(page, question)
    page.goto("/gaps")


SCREENS: dict[str, Callable[[Page], object]] = {
    "ask": begin,
    "source-docx": source(*WORD),
    "source-xlsx": source(*CELLS),
    "source-pdf": source(*PDF),
    "library": lambda page: page.goto("/library"),
    "document": document,
    "parsed": parsed,
    "changes": changes,
    "evals": lambda page: page.goto("/evals"),
    "evals-run": run,
    "gaps": gaps,
}
DARK = ("source-docx",)


@contextmanager
def served(data_dir: Path) -> Iterator[str]:
    """The address of a service over a copy of the library: what is asked here stays out of the library itself."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "data"
        shutil.copytree(data_dir, copy)
        process = subprocess.Popen(
            [*CASELORE, "serve", "--port", "0"],
            env={**os.environ, "CASELORE_DATA_DIR": str(copy)},
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            assert process.stderr
            for line in process.stderr:
                if found := re.search(r"answers at (\S+)", line):
                    yield found.group(1)
                    break
            else:
                raise RuntimeError("the service did not start")
        finally:
            process.terminate()
            process.wait(timeout=60)


def few_colours(png: bytes) -> Image.Image:
    """The picture with a palette: a fifth of the bytes, and no difference to the eye."""
    return Image.open(BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)


def main(folder: Path, only: set[str]) -> None:
    """Write the pictures named in `only`; all of them when it is empty."""
    folder.mkdir(parents=True, exist_ok=True)
    with served(Settings().data_dir) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        for name, show in SCREENS.items():
            if only and name not in only:
                continue
            for width, (across, down) in WIDTHS.items():
                for theme in ("light", "dark") if name in DARK else ("light",):
                    page = browser.new_page(
                        base_url=url,
                        viewport={"width": across, "height": down},
                        color_scheme="dark" if theme == "dark" else "light",
                    )
                    page.set_default_timeout(PATIENCE_MS)
                    expect.set_options(timeout=PATIENCE_MS)
                    show(page)
                    page.wait_for_load_state("networkidle")
                    page.wait_for_timeout(SETTLED_MS)
                    file = folder / f"{name}-{width}{'-dark' if theme == 'dark' else ''}.png"
                    few_colours(page.screenshot()).save(file, optimize=True)
                    sys.stderr.write(f"{file}  {file.stat().st_size // 1024} KiB\n")
                    page.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), set(sys.argv[2:]))
