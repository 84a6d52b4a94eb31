"""The files of the suite and the run over them."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from evals.fidelity.archive import read_archive
from evals.fidelity.fact import MadeFile, Maker
from evals.fidelity.made import (
    converted,
    docx_changes,
    docx_odd,
    docx_shapes,
    docx_tables,
    docx_text,
    mails,
    packed,
    pages,
    scanned,
    sheets,
    sheets_more,
    sheets_odd,
    slides,
    slides_odd,
    stated,
    texts,
    variants,
    web,
)
from evals.fidelity.made.converted import convert
from evals.fidelity.openers.opening import opener
from evals.fidelity.score import Outcome, judge
from ingest.document import ParsedDocument, Value
from ingest.errors import DocumentError, UnavailableError
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
    docx_odd.wrapped,
    docx_odd.odd_numbers,
    docx_odd.split_table,
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
    sheets_odd.deep_header,
    sheets_odd.odd_formats,
    slides_odd.odd,
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
    mails.outlook,
    mails.zipped,
    sheets_more.asked_formulas,
    stated.word_says,
    stated.slides_say,
    stated.workbook_says,
    stated.pages_say,
    stated.page_says,
    *variants.MAKERS,
)
"""What is made and read in a second."""

SLOW: tuple[Maker, ...] = (
    docx_shapes.pictures,
    docx_odd.picture_in_cell,
    sheets_odd.pictured,
    slides.graphics,
    scanned.scan,
    scanned.picture,
    *converted.MAKERS,
)
"""What takes LibreOffice or OCR."""

MAKERS = QUICK + SLOW


class FileResult(Value):
    """How the facts of one file fared; `error` when it could not be parsed at all."""

    name: str
    format: str
    made_by: str
    outcomes: tuple[Outcome, ...]
    error: str = ""


def run(makers: Iterable[Maker], folder: Path, skipped: list[str]) -> Iterator[FileResult]:
    """Make each file in `folder`, parse it and score it. What cannot be made here (no LibreOffice, no Chinese font) is
    named in `skipped`.
    """
    for maker in makers:
        try:
            result = score_file(maker(folder))
        except UnavailableError as error:
            skipped.append(f"{maker.__name__}: {error}")
            continue
        yield result


def score_file(made: MadeFile) -> FileResult:
    """Parse the file and judge its facts."""
    error = ""
    try:
        document = _read(made)
    except DocumentError as problem:
        document, error = ParsedDocument(elements=()), str(problem)
    with TemporaryDirectory() as scratch:
        stand_in = convert(made.path, made.stand_in, Path(scratch)) if made.stand_in and not error else None
        outcomes = judge(made.facts, document, opener(made.path, made.encoding, stand_in or made.twin))
    return FileResult(
        name=made.path.name, format=made.format, made_by=made.made_by, outcomes=tuple(outcomes), error=error
    )


def _read(made: MadeFile) -> ParsedDocument:
    if made.format == "zip":
        return read_archive(made.path)
    options = ReadOptions(formulas=made.formulas)
    return read(made.path, options, _nobody_watches).document


def _nobody_watches(_done: int, _total: int) -> None:
    """Progress of a made file."""
