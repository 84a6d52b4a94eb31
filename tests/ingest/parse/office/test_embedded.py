"""The file in an embedded object."""

import struct

import pytest

from ingest.parse.office import embedded
from ingest.parse.office.embedded import embedded_file


def native(label: bytes, content: bytes) -> bytes:
    path = b"C:\\x\\" + label + b"\0"
    body = b"\x02\0" + label + b"\0" + path + b"\0\0\x03\0" + struct.pack("<I", len(path)) + path
    return struct.pack("<I", 0) + body + struct.pack("<I", len(content)) + content


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_packagers_stream_gives_the_name_the_user_saw(encoding: str) -> None:
    assert embedded._unwrapped(native("巡检记录.txt".encode(encoding), b"ok"), "oleObject1") == ("巡检记录.txt", b"ok")


@pytest.mark.parametrize("cut", [3, 8, 20, 40])
def test_a_truncated_stream_holds_no_file(cut: int) -> None:
    assert embedded._unwrapped(native(b"a.txt", b"")[:cut], "oleObject1") is None


def test_a_package_is_the_file_itself() -> None:
    assert embedded_file("word/embeddings/Book1.xlsx", b"PK\x03\x04") == ("Book1.xlsx", b"PK\x03\x04")


def test_a_malformed_container_is_handed_on_to_be_named() -> None:
    blob = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    assert embedded_file("word/embeddings/oleObject1.bin", blob) == ("oleObject1.bin", blob)
