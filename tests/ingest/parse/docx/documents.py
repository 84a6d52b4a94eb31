"""Small Word documents for tests, and what was read of them."""

from pathlib import Path
from typing import Any

from docx.shared import Pt

from ingest.document import ParsedDocument
from ingest.parse.docx.parser import parse
from tests.ingest.parse.docx.word_files import save

BODY = "两个站点同时对外服务，任意一个站点停机，另一个站点在五分钟之内接管全部会话。"


def parsed(document: Any, folder: Path) -> ParsedDocument:
    return parse(save(document, folder))


def bold(document: Any, text: str, size: float | None = None) -> Any:
    run = document.add_paragraph().add_run(text)
    run.bold = True
    run.font.size = Pt(size) if size else None
    return run
