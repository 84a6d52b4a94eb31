"""What is said about damaged packages: the name, the reason, the next step, each on one line."""

import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import docx
import pptx
import pytest

from ingest.document import ParsedDocument
from ingest.errors import (
    DamagedDocument,
    DocumentError,
    EmptyDocument,
    UnreadableFile,
)
from ingest.parse.docx import parser as docx_parser
from ingest.parse.pptx import parser as pptx_parser

PARSERS = {"docx": docx_parser.parse, "pptx": pptx_parser.parse}


@pytest.fixture(params=["docx", "pptx"])
def extension(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def parse(extension: str) -> Callable[[Path], ParsedDocument]:
    return PARSERS[extension]


@pytest.fixture
def sound(extension: str, tmp_path: Path) -> Path:
    path = tmp_path / f"sound.{extension}"
    if extension == "docx":
        document = docx.Document()
        document.add_paragraph("正文")
        document.save(str(path))
    else:
        deck = pptx.Presentation()
        deck.slides.add_slide(deck.slide_layouts[0]).shapes.title.text = "标题"
        deck.save(str(path))
    return path


def refuse(path: Path, parse: Callable[[Path], ParsedDocument], error: type[DocumentError]) -> DocumentError:
    with pytest.raises(error) as caught:
        parse(path)
    assert path.name in caught.value.message
    assert caught.value.hint
    assert "\n" not in str(caught.value)
    return caught.value


def test_a_truncated_file_is_damaged(sound: Path, parse: Callable[[Path], ParsedDocument]) -> None:
    for share in (0.1, 0.5, 0.99):
        cut = sound.with_name(f"cut{sound.suffix}")
        cut.write_bytes(sound.read_bytes()[: int(sound.stat().st_size * share)])
        refuse(cut, parse, DamagedDocument)


def test_flipped_bytes_never_escape_as_other_errors(sound: Path, parse: Callable[[Path], ParsedDocument]) -> None:
    content = sound.read_bytes()
    hurt = sound.with_name(f"hurt{sound.suffix}")
    refused = 0
    for at in range(60, len(content), len(content) // 40):
        hurt.write_bytes(content[:at] + bytes(8) + content[at + 8 :])
        try:
            parse(hurt)
        except DocumentError:
            refused += 1
    assert refused


def test_a_part_that_is_missing_or_malformed_is_damage(sound: Path, parse: Callable[[Path], ParsedDocument]) -> None:
    main = {".docx": "word/document.xml", ".pptx": "ppt/slides/slide1.xml"}[sound.suffix]
    for number, replacement in enumerate((None, b"<not closed", b"<x/>")):
        broken = sound.with_name(f"broken{number}{sound.suffix}")
        with zipfile.ZipFile(sound) as source, zipfile.ZipFile(broken, "w") as target:
            for name in source.namelist():
                if name != main:
                    target.writestr(name, source.read(name))
                elif replacement is not None:
                    target.writestr(name, replacement)
        if sound.suffix == ".docx":
            refuse(broken, parse, DamagedDocument)
            continue
        with suppress(EmptyDocument):  # one slide of a deck: the others, if any, are read
            assert main in parse(broken).unread[0].message


def test_a_file_that_is_not_there_cannot_be_read(parse: Callable[[Path], ParsedDocument], tmp_path: Path) -> None:
    refuse(tmp_path / "absent.docx", parse, UnreadableFile)
