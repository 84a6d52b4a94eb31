"""Finds out what a file is: by its content, and by its extension only where kinds of text have to be told apart."""

import re
from pathlib import Path

from ingest.errors import EmptyDocument, UnreadableFile, UnsupportedFormat
from ingest.parse.containers import OLE_MAGIC, ZIP_MAGICS, ole_format, zip_format
from ingest.said import Said

TEXT_FORMATS = {
    "md": "md", "markdown": "md", "html": "html", "htm": "html", "xhtml": "html",
    "csv": "csv", "tsv": "csv", "tab": "csv", "mht": "mht", "mhtml": "mht", "mbox": "mbox",
}  # fmt: skip
"""How a text is read, by its extension. Any other text is plain text."""
PICTURE_EXTENSIONS = frozenset({"png", "jpg", "jpeg", "bmp", "tif", "tiff", "webp"})
_PICTURES = {"a PNG picture": "png", "a JPEG picture": "jpg", "a BMP picture": "bmp", "a TIFF picture": "tiff"}
_WEBP = re.compile(rb"RIFF....WEBP", re.DOTALL)
_HEAD_BYTES = 8192
_PDF_START = 1024  # how far into the file `%PDF-` may stand, as viewers have it
_MAGICS = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"BM", "a BMP picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"RIFF", "a picture, sound or film (RIFF)"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a program"),
)
_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL)
_MAIL = re.compile(
    rb"\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,60}?"
    rb"(?:MIME-Version|Received|Return-Path|Message-ID|Delivered-To|X-Mailer|Content-Transfer-Encoding):",
    re.IGNORECASE,
)
_MBOX = re.compile(rb"From \S+.*\d\d:\d\d.*\d{4}.*\n[\w-]+:")
_WEB_ARCHIVE = re.compile(
    rb"^(?:Snapshot-Content-Location|Content-Location):|multipart/related", re.IGNORECASE | re.MULTILINE
)
# What unstructured writes: objects with the keys `element_id`, `metadata`, `text` and `type`.
_ELEMENTS = re.compile(rb'\s*(?:\[\s*)?\{(?=[^\x00]*"element_id"\s*:)(?=[^\x00]*"metadata"\s*:)(?=[^\x00]*"text"\s*:)')
_LETTER = re.compile(rb"^(?:To|Received|Delivered-To|Return-Path):", re.IGNORECASE | re.MULTILINE)
_LIKELY_UTF16 = re.compile(r"[\t\n\r -~　-〿一-鿿！-･]")


def detect(path: Path) -> str:
    """The format of the file's content, as the extension it would have: `docx`, `pdf`, `eml`, `doc`, …

    A picture is a document where its extension says so: a picture called `.docx` is a mistake to tell of. Raises
    `UnsupportedFormat` (programs, archives), `EncryptedDocument`, `DamagedDocument` (a truncated
    archive), `EmptyDocument` or `UnreadableFile`.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError as error:
        raise unreadable(path, error) from error
    if not head:
        raise EmptyDocument(Said("{name} is empty (0 bytes).", name=path.name), "Copy or download it again.")
    if head.startswith(ZIP_MAGICS):
        return zip_format(path)
    if head.startswith(OLE_MAGIC):
        return ole_format(path)
    if b"%PDF-" in head[:_PDF_START]:
        return "pdf"
    if head.lstrip()[:5] == b"{\\rtf":
        return "rtf"
    what = next((what for magic, what in _MAGICS if head.startswith(magic)), "")
    extension = path.suffix.lower().removeprefix(".")
    if extension in PICTURE_EXTENSIONS and (what in _PICTURES or _WEBP.match(head)):
        return _PICTURES.get(what, "webp")
    # `BM` and `MZ` may also open a text.
    if what and not (what in {"a BMP picture", "a Windows program"} and _is_text(head)):
        raise _not_a_document(path, what)
    if not _is_text(head):
        raise _not_a_document(path, "binary data of an unknown kind")
    return _text_format(head.removeprefix(_BOMS[-1]), extension)


def _text_format(head: bytes, extension: str) -> str:
    if _HTML.match(head):
        return "html"
    if _MBOX.match(head) and extension in {"mbox", "mbx", ""}:
        return "mbox"
    # A note may quote a mail's header; a file that says it is a note is one.
    if extension in {"eml", "mht", "mhtml"} or (_MAIL.match(head) and extension not in {"md", "txt", "csv"}):
        stated = extension in {"mht", "mhtml"}
        return (
            "mht"
            if stated or (extension != "eml" and _WEB_ARCHIVE.search(head) and not _LETTER.search(head))
            else "eml"
        )
    if _ELEMENTS.match(head):
        return "json"
    return TEXT_FORMATS.get(extension, "txt")


def _is_text(head: bytes) -> bool:
    if head.startswith(_BOMS):
        return True
    if b"\x00" not in head:
        return len(_CONTROLS.findall(head)) <= len(head) // 100
    # UTF-16 without a byte order mark: of random bytes less than half would be Chinese, ASCII or punctuation.
    for encoding in ("utf-16-le", "utf-16-be"):
        text = head[: len(head) // 2 * 2].decode(encoding, errors="replace")
        if len(_LIKELY_UTF16.findall(text)) > 0.95 * len(text):
            return True
    return False


def _not_a_document(path: Path, what: str) -> UnsupportedFormat:
    if path.suffix:
        what = Said("{what}, not a {suffix} document that can be read", what=what, suffix=path.suffix.lower())
    return UnsupportedFormat(
        Said("{name} is {what}.", name=path.name, what=what),
        "Give it its right extension, leave it out, or save it as .docx.",
    )


def unreadable(path: Path, error: OSError) -> UnreadableFile:
    """The error for a file that the operating system does not let be read."""
    if path.is_dir():
        return UnreadableFile(Said("{name} is a folder.", name=path.name), "Name a file.")
    return UnreadableFile(
        Said("{name} cannot be read: {why}.", name=path.name, why=error.strerror),
        "Check that it exists and its permissions.",
    )
