import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.errors import UnsupportedFormat
from ingest.inspect.page import write
from ingest.parse.workers.pool import ParsePool
from ingest.render.pages import render_in_worker
from tests.ingest.inspect.shown import HOSTILE, understood


class InThisProcess:
    """Does what a worker would."""

    def call(self, function: str, arguments: dict[str, Any], name: str) -> bytes:
        assert function == "ingest.render.pages:render_in_worker"
        json.dumps(arguments)
        return render_in_worker(lambda _done, _total: None, **arguments)


class WithoutOffice:
    """A pool where LibreOffice is not installed."""

    def call(self, function: str, arguments: dict[str, Any], name: str) -> bytes:
        raise UnsupportedFormat(f"{name} is for LibreOffice to open.", "Install LibreOffice.")


Page = Callable[..., str]


@pytest.fixture
def page(tmp_path: Path) -> Page:
    """What is written for a document of this format, by this pool."""

    def make(form: str = "pdf", pool: object = None) -> str:
        file = tmp_path / f"配额.{form}"
        canvas = Canvas(str(file), pagesize=(300, 200))
        canvas.drawString(50, 150, "x")
        canvas.save()
        write(understood(file, form), cast("ParsePool", pool or InThisProcess()), tmp_path / "out.html")
        return (tmp_path / "out.html").read_text("utf-8")

    return make


def test_what_a_document_says_is_no_markup(page: Page) -> None:
    html = page()
    assert HOSTILE.partition("\x1b")[0] not in html
    assert "&lt;script&gt;alert(1)" in html
    assert "{{ 7 * 7 }}" in html
    assert html.count("<script>") == 1


def test_the_page_loads_nothing_and_says_so_to_the_browser(page: Page) -> None:
    html = page()
    assert re.findall(r'(?:src|href)="(?!data:image/png;base64,)', html) == []
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy
    assert policy[1].startswith("default-src &#39;none&#39;")
    assert "unsafe" not in policy[1].partition("script-src")[2]


def test_the_policy_lets_the_pages_own_script_run(page: Page) -> None:
    import base64
    import hashlib

    html = page()
    script = re.search(r"<script>(.*?)</script>", html, re.DOTALL)
    assert script
    digest = base64.b64encode(hashlib.sha256(script[1].encode()).digest()).decode()
    assert digest.replace("+", "&#43;") in html or digest in html


def test_boxes_stand_where_the_locators_say(page: Page) -> None:
    html = page()
    box = re.search(r'data-of="e0" style="left:([\d.]+)%;top:([\d.]+)%;width:([\d.]+)%;height:([\d.]+)%"', html)
    assert box
    assert [float(one) for one in box.groups()] == pytest.approx([100 / 6, 10, 200 / 3, 6], abs=0.01)
    assert 'data-of="e3r0"' in html
    assert 'class="box out" data-of="x0"' in html


def test_what_is_missing_and_unsure_is_told(page: Page) -> None:
    html = page()
    assert "未能读出的部分（1）" in html
    assert html.index("asks for a password") < html.index("一、资源")
    assert '<p class="poor">接入网关</p>' in html
    assert "62%" in html
    assert "页脚 <b>1</b>" in html


def test_without_libreoffice_the_page_is_written_without_pictures(page: Page) -> None:
    html = page("docx", WithoutOffice())
    assert "没有页面图：" in html
    assert "Install LibreOffice." in html
    assert "<figure" not in html
    assert "一、资源" in html


def test_a_text_has_no_pages(page: Page) -> None:
    assert "这种格式没有页面可看" in page("md")
