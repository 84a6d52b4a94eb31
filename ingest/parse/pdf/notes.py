"""Finds footnotes at the foot of a page and takes their numbers out of the text."""

import re
from dataclasses import replace

from ingest.parse.pdf.lines import Line
from ingest.parse.pdf.page_text import PageText
from ingest.parse.pdf.style import Style
from ingest.parse.plain.lines import superscript

_NOTE_SIZE = 0.88  # of the body's
_NOTE_NUMBER = re.compile(r"(?:\d{1,3}|[⁰¹²³⁴-⁹]+)\s*(?=\S)")


def split_notes(page: PageText, style: Style) -> tuple[list[list[Line]], list[Line]]:
    """The footnotes in the lower half of a page, and the lines above them. A footnote is small and opens with a
    number that stands raised in the text; there the number is taken out, and in the note too.
    """
    start = len(page.lines)
    while start and _is_small(page.lines[start - 1], page, style):
        start -= 1
    lines, notes = page.lines[:start], list[list[Line]]()
    for line in page.lines[start:]:
        number = _NOTE_NUMBER.match(line.text)
        mark = superscript(number.group().strip()) if number else ""
        refers = next((at for at, one in enumerate(lines) if mark and mark in one.text), None)
        if refers is not None and number:
            lines[refers] = replace(lines[refers], text=lines[refers].text.replace(mark, "", 1))
            notes.append([replace(line, text=line.text[number.end() :])])
        elif notes:
            notes[-1].append(line)
        else:
            lines.append(line)
    return notes, lines


def _is_small(line: Line, page: PageText, style: Style) -> bool:
    return line.size <= _NOTE_SIZE * style.size and line.box[1] > page.height / 2 and not line.alone
