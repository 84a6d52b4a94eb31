"""Reads mails (.eml) through unstructured, which knows their parts, encodings and signatures.

What it is not used for, as measured on files with known content: HTML (see html.py), Markdown and text (its readers
melt lists and break bold lines). Its guess at titles is not taken: any short Chinese line without a stop is one to it.
"""

import os
import re
from collections.abc import Iterator, Sequence
from email import policy
from email.parser import BytesHeaderParser
from functools import cache
from pathlib import Path
from typing import Any

from ingest.document import Element, ElementKind, Locator, ParsedDocument, Properties, Table, TableRow
from ingest.errors import DamagedDocument, EmptyDocument, UnreadableFile
from ingest.parse.context import PLAIN, Context
from ingest.parse.headings import HeadingPath
from ingest.parse.markup import html
from ingest.parse.plain.lines import is_heading

_CELL = re.compile(r"<t[dh]\b")
_LEFT_OUT = frozenset({"Header", "Footer", "PageBreak", "PageNumber", "Image"})


def parse(path: Path, context: Context = PLAIN) -> ParsedDocument:  # noqa: ARG001
    """Read a mail. Locators count the blocks of its body; the subject is its top heading, and sender, recipients and
    date open it. Attachments are not read.

    Raises `UnreadableFile`, `DamagedDocument` and `EmptyDocument`.
    """
    try:
        blocks = _partition(path)
    except OSError as error:
        raise UnreadableFile(
            f"{path.name} cannot be read: {error.strerror}.", "Check the file's rights, then ingest again."
        ) from error
    except Exception as error:
        raise DamagedDocument(
            f"{path.name} cannot be understood: {type(error).__name__}.", "Open it in its program and save it again."
        ) from error
    blocks = [block for block in blocks if block.category not in _LEFT_OUT and block.text.strip()]
    if not blocks:
        raise EmptyDocument(f"{path.name} has no text in it.", "Leave it out, or save it again with its content.")
    stated = {**blocks[0].metadata.to_dict(), "sent": _sent(path)}
    headings = HeadingPath()
    elements = [*_envelope(stated, headings), *_body(blocks, headings)]
    return ParsedDocument(elements=tuple(elements), properties=_properties(stated))


def _partition(path: Path) -> Sequence[Any]:
    _work_offline()
    from unstructured.partition.email import partition_email

    return list(partition_email(filename=str(path), languages=["zho"], process_attachments=False))


def _sent(path: Path) -> str | None:
    """When the mail was sent, by the sender's clock; unstructured gives it in UTC, in which it may be another day."""
    date = BytesHeaderParser(policy=policy.default).parsebytes(path.read_bytes())["Date"]
    moment = getattr(date, "datetime", None)
    return f"{moment:%Y-%m-%d %H:%M}" if moment else None


@cache
def _work_offline() -> None:
    """Keep unstructured from the network: no notice, no count of users, and a sentence tokenizer by rule in place of
    the spaCy model that it would download at first use.
    """
    os.environ.update(UNSTRUCTURED_DISABLE_NOTICE="1", SCARF_NO_ANALYTICS="true", DO_NOT_TRACK="true")
    import spacy
    from unstructured.nlp import tokenize

    def by_rule() -> Any:
        language = spacy.blank("xx")
        language.add_pipe("sentencizer", config={"punct_chars": ["。", "！", "？", "；", ".", "!", "?"]})
        return language

    tokenize._load_spacy_model = by_rule


def _envelope(stated: dict[str, Any], headings: HeadingPath) -> Iterator[Element]:
    """Subject, sender, recipients and date, labelled as mail programs show them."""
    subject = str(stated.get("subject") or "").strip()
    if subject:
        yield _element("heading", subject, headings, 0, level=headings.enter(subject, 1))
    names = {"sent_from": "发件人", "sent_to": "收件人", "cc_recipient": "抄送"}
    for key, name in names.items():
        if stated.get(key):
            yield _element("paragraph", f"{name}：{'、'.join(stated[key])}", headings, 0)
    if stated.get("sent"):
        yield _element("paragraph", f"日期：{stated['sent']}", headings, 0)


def _body(blocks: Sequence[Any], headings: HeadingPath) -> Iterator[Element]:
    for number, block in enumerate(blocks, start=1):
        text = block.text.strip()
        if block.metadata.text_as_html:
            yield from _tables(block.metadata.text_as_html, headings, number)
        elif block.category == "ListItem":
            yield _element("list_item", text, headings, number, level=block.metadata.category_depth or 1)
        elif block.category == "CodeSnippet":
            yield _element("code", text, headings, number)
        elif is_heading(text, emphasised=False):
            yield _element("heading", text, headings, number, level=headings.enter(text))
        else:
            yield _element("paragraph", text, headings, number)


def _tables(source: str, headings: HeadingPath, number: int) -> Iterator[Element]:
    for element in html.read_fragment(source, 1, headings):
        place = Locator(kind="section", headings=headings.path, paragraph=number)
        if element.table is None:
            yield element.model_copy(update={"locator": place})
            continue
        # It takes merged cells apart without a trace, and what follows them shifts: then better no column is named.
        widths = {len(_CELL.findall(row)) for row in source.split("<tr")[1:]}
        header, cells = element.table.header, [row.cells for row in element.table.rows]
        if header and len(widths) > 1:
            header, cells = (), [header, *cells]
        rows = tuple(TableRow(cells=row, locator=place) for row in cells)
        yield Element(kind="table", locator=place, table=Table(header=header, rows=rows))


def _element(kind: ElementKind, text: str, headings: HeadingPath, number: int, level: int = 0) -> Element:
    place = Locator(kind="section", headings=headings.path, paragraph=number or None)
    return Element(kind=kind, text=text, level=level, locator=place)


def _properties(stated: dict[str, Any]) -> Properties:
    sender = (stated.get("sent_from") or [None])[0]
    return Properties(title=stated.get("subject"), author=sender, date=stated["sent"], doc_type="邮件")
