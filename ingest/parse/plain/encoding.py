"""Reads a text file of whatever encoding it has: UTF-8, UTF-16 and GB18030 first, others by statistics.

Chinese office files come in UTF-8 (with and without a byte order mark), in GBK/GB18030 and, from Windows editors, in
UTF-16. charset-normalizer rules out what cannot be; where several encodings fit equally well, GB18030 is preferred.
"""

import codecs
import re
from pathlib import Path

from charset_normalizer import from_bytes

from ingest.errors import EmptyDocument, UnreadableFile, UnsupportedFormat

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LIKELY = ["gb18030", "big5", "utf_16_le", "utf_16_be", "shift_jis", "euc_kr"]
_SAMPLE_BYTES = 200_000
_MOST_DAMAGE = 0.05
"""Share of undecodable characters up to which a file still counts as text of an encoding (a cut-off tail)."""
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def read_text(path: Path) -> str:
    """The file's text with `\\n` line ends and no byte order mark; undecodable bytes become U+FFFD.

    Raises `UnreadableFile` when the system refuses, `EmptyDocument` when there is nothing but blanks, and
    `UnsupportedFormat` when the content is not text.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            f"{path.name} cannot be read: {error.strerror}.", "Check the file's rights, then ingest again."
        ) from error
    text = _decode(data)
    if text is None or len(_CONTROLS.findall(text[:_SAMPLE_BYTES])) > len(text[:_SAMPLE_BYTES]) // 100:
        raise UnsupportedFormat(
            f"{path.name} is not a text file, whatever its extension says.",
            "Give it its right extension, or leave it out.",
        )
    if not text.strip():
        raise EmptyDocument(f"{path.name} has no text in it.", "Leave it out, or save it again with its content.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode(data: bytes) -> str | None:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, errors="replace")
    return _tolerant(data, "utf-8") or _by_statistics(data) or _tolerant(data, "gb18030")


def _tolerant(data: bytes, encoding: str) -> str | None:
    text = data.decode(encoding, errors="replace")
    damaged = text.count("�")
    beyond_ascii = sum(character > "\x7f" for character in text) - damaged
    return text if damaged <= beyond_ascii * _MOST_DAMAGE and "\x00" not in text else None


def _by_statistics(data: bytes) -> str | None:
    sample = data[:_SAMPLE_BYTES]
    if len(sample) < len(data):
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    matches = from_bytes(sample, cp_isolation=_LIKELY) or from_bytes(sample)
    best = matches.best()
    if best is None:
        return None
    chinese = next((match for match in matches if match.encoding == "gb18030" and match.chaos <= best.chaos), best)
    return data.decode(chinese.encoding, errors="replace")
