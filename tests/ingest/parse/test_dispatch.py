"""What a file is follows from its content; what cannot be taken is refused with a reason and a next step."""

import importlib
import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pptx
import pytest

from ingest.document import ParsedDocument
from ingest.errors import (
    DamagedDocument,
    DocumentError,
    DocumentTooLarge,
    EmptyDocument,
    EncryptedDocument,
    UnreadableFile,
    UnsupportedFormat,
)
from ingest.parse.context import Context
from ingest.parse.detect import detect
from ingest.parse.dispatch import KNOWN_EXTENSIONS, parse_file

MIB = 2**20
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + bytes(64)


def make_docx() -> bytes:
    document = docx.Document()
    document.add_paragraph("双活切换先停写，再校验位点。")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def make_pptx() -> bytes:
    file = io.BytesIO()
    pptx.Presentation().save(file)
    return file.getvalue()


def make_xlsx() -> bytes:
    workbook = openpyxl.Workbook()
    workbook.worksheets[0]["A1"] = "910B3 共 74 张"
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def make_ole(*streams: str) -> bytes:
    """A minimal compound file (MS-CFB, version 3): header, one FAT sector, one directory sector of empty streams."""
    free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0, 0,
    )  # fmt: skip
    header = header[:76] + struct.pack("<109I", 0, *[free] * 108)
    table = struct.pack("<128I", fat, end, *[free] * 126)

    def entry(name: str, kind: int, right: int, child: int) -> bytes:
        raw = name.encode("utf-16-le") + b"\0\0"
        return struct.pack(
            "<64sHBBIII16xI8x8xIQ", raw, len(raw), kind, 1, free, right, child, 0, 0 if kind == 5 else end, 0
        )

    names = list(streams)
    entries = [entry("Root Entry", 5, free, 1)]
    for at, name in enumerate(names, start=1):
        entries.append(entry(name, 2, at + 1 if at < len(names) else free, free))
    directory = b"".join(entries).ljust(512, b"\0")
    return header + table + directory


@pytest.mark.parametrize(
    ("name", "make", "expected"),
    [
        ("a.docx", make_docx, "docx"),
        ("a.pdf", make_docx, "docx"),
        ("a.xls", make_xlsx, "xlsx"),
        ("a", make_pptx, "pptx"),
        ("a.docx", lambda: b"%PDF-1.7\n", "pdf"),
        ("a.pdf", lambda: b"\xef\xbb\xbf\n%PDF-1.4\n", "pdf"),
        ("a.md", lambda: "# 一、概述\n".encode(), "md"),
        ("a.markdown", lambda: "# 一、概述\n".encode("gb18030"), "md"),
        ("a.docx", lambda: "只是文字".encode(), "txt"),
        ("a.txt", lambda: "只是文字".encode("utf-16"), "txt"),
        ("a.txt", lambda: "没有标记的文字，两行。\r\n第二行 910B3。".encode("utf-16-le"), "txt"),
        ("a.txt", lambda: b"BM25 and dense vectors", "txt"),
        ("a.xls", lambda: b"<html><table><tr><td>1</td></tr></table></html>", "html"),
        ("a.txt", lambda: b"<?xml version='1.0'?>\n<!-- x -->\n<!DOCTYPE html>\n<html></html>", "html"),
        ("a.htm", lambda: b"<p>no html tag</p>", "html"),
        ("a.wps", lambda: make_ole("WordDocument", "1Table"), "doc"),
        ("a.doc", lambda: make_ole("WORDDOCUMENT"), "doc"),
        ("a.xlsx", lambda: make_ole("Workbook"), "xls"),
        ("a.dps", lambda: make_ole("PowerPoint Document"), "ppt"),
        ("a.doc", lambda: make_ole("__properties_version1.0"), "msg"),
        ("a.doc", lambda: b"{\\rtf1\\ansi text}", "rtf"),
        ("a.csv", lambda: "型号,张数\n910B3,74\n".encode("gb18030"), "csv"),
        ("a", lambda: b"Received: by x\r\nSubject: a\r\n\r\ntext", "eml"),
        ("a.txt", lambda: b"From: x\r\nMIME-Version: 1.0\r\n\r\nnotes on a mail", "txt"),
        ("a", lambda: b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n", "mht"),
        ("a.mbox", lambda: b"From x@y Thu Jan  1 10:00:00 2026\nSubject: a\n\ntext", "mbox"),
        ("a.docx", lambda: zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "odt"),
        ("a.zip", lambda: zipped({"mimetype": b"application/epub+zip"}), "epub"),
        ("a.docm", lambda: zipped({"[Content_Types].xml": b'"ms-word.document.macroEnabled.main+xml"'}), "docx"),
    ],
)
def test_content_decides(tmp_path: Path, name: str, make: Callable[[], bytes], expected: str) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    assert detect(path) == expected


@pytest.mark.parametrize(
    ("name", "content", "error", "says"),
    [
        ("a.docx", PNG, UnsupportedFormat, "a PNG picture, not a .docx document"),
        ("a.pdf", b"\xff\xd8\xff\xe0" + bytes(50), UnsupportedFormat, "a JPEG picture, not a .pdf"),
        ("a.docx", bytes(range(256)) * 4, UnsupportedFormat, "binary data of an unknown kind, not a .docx"),
        ("a.xlsx", make_ole("EncryptionInfo", "EncryptedPackage"), EncryptedDocument, "password"),
        ("a.bin", make_ole("Contents"), UnsupportedFormat, "OLE container"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(60), DamagedDocument, "damaged"),
        ("a.docx", make_docx()[:-500], DamagedDocument, "truncated"),
        ("a.docx", b"", EmptyDocument, "0 bytes"),
    ],
)
def test_what_is_no_document_is_named(
    tmp_path: Path, name: str, content: bytes, error: type[DocumentError], says: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(error) as caught:
        detect(path)
    assert name in caught.value.message
    assert says in caught.value.message
    assert caught.value.hint
    assert "\n" not in str(caught.value)


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def test_a_zip_of_other_files_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(zipped({"readme.txt": b"x"}))
    with pytest.raises(UnsupportedFormat, match="zip archive"):
        detect(path)


def test_encrypted_zip(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.txt": b"x"}, zipfile.ZIP_STORED))
    central = content.index(b"PK\x01\x02")
    content[central + 8] |= 1
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    with pytest.raises(EncryptedDocument):
        detect(path)


def test_zip_bomb_is_refused_before_a_parser_opens_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: str) -> object:
        raise AssertionError(f"{name} was loaded")

    monkeypatch.setattr(importlib, "import_module", fail)
    types = zipfile.ZipFile(io.BytesIO(make_xlsx())).read("[Content_Types].xml")
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(zipped({"[Content_Types].xml": types, "xl/worksheets/sheet1.xml": bytes(80 * MIB)}))
    with pytest.raises(DocumentTooLarge, match="times its size"):
        parse_file(path, Context(max_bytes=200 * MIB))


def test_too_large_missing_folder_and_directory(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 2000)
    with pytest.raises(DocumentTooLarge, match=r"a\.txt"):
        parse_file(path, Context(max_bytes=1000))
    with pytest.raises(UnreadableFile, match=r"gone\.docx"):
        parse_file(tmp_path / "gone.docx", Context(max_bytes=MIB))
    with pytest.raises(UnreadableFile, match="folder"):
        parse_file(tmp_path, Context(max_bytes=MIB))


def test_misnamed_document_is_read_as_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(make_xlsx())
    form, document = parse_file(path, Context(max_bytes=MIB))
    assert form == "xlsx"
    assert any(element.text == "910B3 共 74 张" for element in document.elements)


def test_document_without_text_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    file = io.BytesIO()
    openpyxl.Workbook().save(file)
    path.write_bytes(file.getvalue())
    with pytest.raises(EmptyDocument, match=r"a\.xlsx"):
        parse_file(path, Context(max_bytes=MIB))


@pytest.mark.parametrize(
    ("raised", "error"), [(RecursionError("deep"), DamagedDocument), (MemoryError(), DocumentTooLarge)]
)
def test_whatever_a_parser_raises_becomes_advice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, raised: Exception, error: type[DocumentError]
) -> None:
    import ingest.parse.xlsx.parser

    def trip(path: Path, context: Context) -> ParsedDocument:
        raise raised

    monkeypatch.setattr(ingest.parse.xlsx.parser, "parse", trip)
    path = tmp_path / "a.xlsx"
    path.write_bytes(make_xlsx())
    with pytest.raises(error) as caught:
        parse_file(path, Context(max_bytes=MIB))
    assert caught.value.__cause__ is raised


def test_known_extensions_have_no_dot() -> None:
    assert {"docx", "pptx", "xlsx", "pdf", "md", "txt", "html"} <= KNOWN_EXTENSIONS
    assert not any(one.startswith(".") for one in KNOWN_EXTENSIONS)
