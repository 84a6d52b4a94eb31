"""E-books: chapters in reading order, each place in its chapter's file."""

import zipfile
from pathlib import Path

import pytest

from ingest.errors import DamagedDocument, EncryptedDocument
from ingest.parse.context import Context
from ingest.parse.dispatch import parse_file
from tests.ingest.parse.eyes import Eyes
from tests.ingest.parse.listing import listing

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
)
BOOK = """<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">
<metadata><dc:title>运维手册</dc:title><dc:creator>张三</dc:creator></metadata><manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="two" href="text/%E4%BA%8C.xhtml" media-type="application/xhtml+xml"/>
<item id="one" href="text/one.xhtml" media-type="application/xhtml+xml"/>
<item id="gone" href="text/gone.xhtml" media-type="application/xhtml+xml"/>
<item id="png" href="img/a.png" media-type="image/png"/></manifest>
<spine><itemref idref="nav"/><itemref idref="one"/><itemref idref="two"/><itemref idref="gone"/></spine></package>"""
PAGE = '<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>\n{}\n</body></html>'
PARTS = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": CONTAINER,
    "OEBPS/book.opf": BOOK,
    "OEBPS/nav.xhtml": PAGE.format("<p>目录页</p>"),
    "OEBPS/text/one.xhtml": PAGE.format(
        '<h1>第一章 切换</h1>\n<p>先停写，再校验位点。</p>\n<p><img src="../img/a.png"/></p>'
    ),
    "OEBPS/text/二.xhtml": PAGE.format("<h2>第二节 回切</h2>\n<p>RTO≤30分钟。</p>"),
    "OEBPS/img/a.png": "架构图",
}


def write(folder: Path, **more: str) -> Path:
    path = folder / "手册.epub"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in {**PARTS, **more}.items():
            archive.writestr(name, content)
    return path


def test_chapters_in_reading_order_and_every_place_opens(tmp_path: Path) -> None:
    path = write(tmp_path)
    form, document = parse_file(path, Context(pictures=Eyes()))
    assert form == "epub"
    assert listing(document) == [
        "heading1: 第一章 切换",
        "paragraph: 先停写，再校验位点。",
        "paragraph: 架构图",
        "heading2: 第二节 回切",
        "paragraph: RTO≤30分钟。",
    ]
    assert (document.properties.title, document.properties.author) == ("运维手册", "张三")
    (unread,) = document.unread
    assert "gone.xhtml" in unread.message
    with zipfile.ZipFile(path) as archive:
        for element in document.elements:
            place = element.locator
            lines = archive.read(place.within[0]).decode().split("\n")
            if not place.picture:
                assert element.text in lines[(place.line_start or 0) - 1]
    assert document.elements[2].locator.picture == "OEBPS/img/a.png"


def test_copy_protection_and_damage(tmp_path: Path) -> None:
    protected = "<encryption><EncryptedData/></encryption>"
    with pytest.raises(EncryptedDocument, match="copy-protected"):
        parse_file(write(tmp_path, **{"META-INF/encryption.xml": protected}))
    with pytest.raises(DamagedDocument, match="chapters"):
        parse_file(write(tmp_path, **{"META-INF/container.xml": "<container/>"}))
