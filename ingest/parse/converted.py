"""Reads the formats that LibreOffice converts: the file that it makes is read by the parser of that file's format."""

from pathlib import Path

from ingest.document import ParsedDocument
from ingest.errors import DocumentError
from ingest.parse.context import PLAIN, Context
from ingest.parse.convert import converted
from ingest.parse.detect import detect
from ingest.said import retold


def parse(path: Path, context: Context = PLAIN) -> ParsedDocument:
    """Read an old or foreign office file. Locators are those of the current format, which numbers its paragraphs,
    slides and cells as the original does.

    Raises `UnsupportedFormat` without LibreOffice, `ParseTimeout`, and what the current format's parser raises.
    """
    from ingest.parse.dispatch import parse_file

    with converted(path, detect(path), context) as current:
        try:
            return parse_file(current, context)[1]
        except DocumentError as error:
            # The converted file's name is ours and says nothing to the user.
            raise type(error)(
                retold(error.message, lambda text: text.replace(current.name, path.name)), error.hint
            ) from error
