"""The files of the suite and the run over them."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from evals.fidelity.fact import MadeFile, Maker
from evals.fidelity.made import (
    converted,
    docx_changes,
    docx_shapes,
    docx_tables,
    docx_text,
    mails,
    packed,
    pages,
    scanned,
    sheets,
    sheets_more,
    slides,
    texts,
    web,
)
from evals.fidelity.openers.opening import opener
from evals.fidelity.score import Outcome, judge
from ingest.document import ParsedDocument, Value
from ingest.errors import DocumentError
from ingest.parse.options import ReadOptions
from ingest.parse.reading import read

QUICK: tuple[Maker, ...] = (
    docx_text.automatic_numbers,
    docx_text.decimal_numbers,
    docx_text.typed_numbers,
    docx_text.contents_and_margins,
    docx_text.plain,
    docx_tables.merged,
    docx_tables.long_table,
    docx_tables.wide_table,
    docx_shapes.shapes,
    docx_shapes.embedded,
    docx_changes.tracked,
    docx_changes.notes,
    slides.texts,
    slides.tables,
    slides.remarks,
    sheets.sizing,
    sheets.formats,
    sheets.hidden,
    sheets.wide,
    sheets.far_apart,
    sheets_more.formulas,
    sheets_more.graphics,
    sheets_more.bare_package,
    pages.report,
    pages.tables,
    pages.columns,
    pages.borderless,
    texts.handbook,
    texts.numbered_markdown,
    texts.utf8_text,
    texts.gbk_text,
    texts.gb18030_text,
    texts.utf16_text,
    texts.unmarked_utf16_text,
    texts.csv_utf8,
    texts.csv_gbk,
    texts.csv_semicolon,
    web.wiki_page,
    web.word_html,
    web.broken_html,
    mails.plain,
    mails.html_and_text,
    mails.attachments,
    packed.archive,
    packed.book,
)
"""What is made and read in a second."""

SLOW: tuple[Maker, ...] = (docx_shapes.pictures, slides.graphics, scanned.scan, scanned.picture, *converted.MAKERS)
"""What takes LibreOffice or OCR."""

MAKERS = QUICK + SLOW


class FileResult(Value):
    """How the facts of one file fared; `error` when it could not be parsed at all."""

    name: str
    format: str
    made_by: str
    outcomes: tuple[Outcome, ...]
    error: str = ""


def score_file(made: MadeFile) -> FileResult:
    error = ""
    try:
        document = read(made.path, ReadOptions(), lambda _done, _total: None).document
    except DocumentError as problem:
        document, error = ParsedDocument(elements=()), str(problem)
    outcomes = judge(made.facts, document, opener(made.path, made.encoding))
    return FileResult(
        name=made.path.name, format=made.format, made_by=made.made_by, outcomes=tuple(outcomes), error=error
    )
