"""Old Office formats through LibreOffice: read where it is there, advised about where not, and never on the network."""

import http.server
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import DamagedDocument, ParseTimeout, UnsupportedFormat
from ingest.parse import convert
from ingest.parse.context import Context
from ingest.parse.convert import converted, soffice
from ingest.parse.detect import detect
from ingest.parse.dispatch import parse_file
from tests.ingest.parse.listing import listing
from tests.ingest.parse.test_dispatch import make_ole

needs_office = pytest.mark.skipif(soffice() is None, reason="LibreOffice (soffice) is not installed")


@pytest.fixture
def old_document(tmp_path: Path) -> Path:
    """A Word 97-2003 document, made by LibreOffice itself from a page that also asks for a picture."""
    return _old(tmp_path, "<h1>双活方案</h1><p>RPO 为 0。</p>")


def _old(folder: Path, html: str) -> Path:
    import subprocess

    source = folder / "source.html"
    source.write_text(f'<meta charset="utf-8">{html}', encoding="utf-8")
    profile = (folder / "making").as_uri()
    command = [str(soffice()), "--headless", f"-env:UserInstallation={profile}", "--convert-to", "doc:MS Word 97"]
    subprocess.run([*command, "--outdir", str(folder), str(source)], capture_output=True, check=True, timeout=120)
    return folder / "source.doc"


@pytest.mark.office
@needs_office
def test_an_old_document_is_read(old_document: Path) -> None:
    steps: list[int] = []
    form, document = parse_file(old_document, Context(progress=lambda done, _total: steps.append(done)))
    assert form == "doc"
    assert listing(document) == ["heading1: 双活方案", "paragraph: RPO 为 0。"]
    assert document.elements[1].locator.headings == ("双活方案",)


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A web server on this machine, and what it was asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


LINKED = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.2"><office:body>
<office:spreadsheet><table:table table:name="评估"><table:table-row>
<table:table-cell table:formula="of:=WEBSERVICE(&quot;{0}/formula&quot;)" office:value-type="string"><text:p>0</text:p>
</table:table-cell><table:table-cell office:value-type="string"><text:p>910B3 共 74 张</text:p>
<draw:frame svg:width="2cm" svg:height="2cm"><draw:image xlink:href="{0}/picture.png"/></draw:frame></table:table-cell>
</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""
MANIFEST = """<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""


@pytest.mark.office
@needs_office
@pytest.mark.parametrize("fenced", [True, False])
def test_nothing_is_fetched(
    tmp_path: Path, listener: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch, fenced: bool
) -> None:
    """A workbook with a linked picture and a formula that asks the web; also where the system has no fence to offer."""
    address, asked = listener
    if not fenced:
        monkeypatch.setattr(convert, "_alone", lambda: ())
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", LINKED.format(address))
        archive.writestr("META-INF/manifest.xml", MANIFEST)
    assert detect(path) == "ods"
    document = parse_file(path)[1]
    assert any("910B3 共 74 张" in line for line in listing(document))
    assert not asked


def test_without_libreoffice_the_advice_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(convert, "soffice", lambda: None)
    path = tmp_path / "a.doc"
    path.write_bytes(make_ole("WordDocument", "1Table"))
    with pytest.raises(UnsupportedFormat, match=r"a\.doc is a Word 97-2003 document") as caught:
        parse_file(path)
    assert "Install LibreOffice" in caught.value.hint
    assert ".docx" in caught.value.hint


@pytest.mark.office
@needs_office
def test_what_libreoffice_cannot_open_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(make_ole("WordDocument", "1Table"))
    with pytest.raises(DamagedDocument, match=r"^a\.doc"):
        parse_file(path)


def test_a_program_that_hangs_is_killed_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    alive = tmp_path / "alive"
    program.write_text(f"#!/bin/sh\n(sleep 3; touch {alive}) &\nsleep 60\n")
    program.chmod(0o755)
    monkeypatch.setattr(convert, "soffice", lambda: str(program))
    monkeypatch.setattr(convert, "_LONGEST_S", 1)
    path = tmp_path / "a.doc"
    path.write_bytes(b"x")
    with pytest.raises(ParseTimeout, match=r"a\.doc"), converted(path, "doc", Context()):
        pass
    import time

    time.sleep(3)
    assert not alive.exists()
