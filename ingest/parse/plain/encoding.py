"""Reads text of whatever encoding it has: UTF-8, UTF-16 and GB18030 first, others by what is stated, or by statistics.

Chinese office files come in UTF-8 (with and without a byte order mark), in GBK/GB18030 and, from Windows editors, in
UTF-16; files put together from several have GBK lines among UTF-8 ones. What a page or mail states of itself is only
believed where it fits: labels are wrong more often than UTF-8 is mistaken. charset-normalizer rules out what cannot be;
where several encodings fit equally well, GB18030 is preferred.
"""

import codecs
import re
from contextlib import suppress
from pathlib import Path

from charset_normalizer import from_bytes

from ingest.errors import EmptyDocument, UnsupportedFormat
from ingest.parse.file_bytes import read_bytes
from ingest.said import Said

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDER = {
    "gb2312": "gb18030", "gb_2312-80": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030",
    "big5": "cp950", "x-x-big5": "cp950", "shift_jis": "cp932", "ks_c_5601-1987": "cp949", "euc-kr": "cp949",
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252",
}  # fmt: skip
"""What mails and pages mean by these names: programs write characters of the larger set under the smaller's name."""
_FITS_ANYTHING = frozenset({"utf-8", "ascii", "iso8859-1", "cp1252"})
"""UTF-8 was tried by then; a wrong label of the others shows in no error."""
_STATED = re.compile(
    rb"""(?:<meta[^>]{0,200}?charset|<\?xml[^>]{0,80}?encoding)\s*=\s*["']?\s*([\w.:-]{2,30})""", re.IGNORECASE
)
_HEAD_BYTES = 4096
_USUAL = re.compile(r"[一-龥　-〿，！：；？（）％＋－＝～“”‘’—…·、。①-⑳Ⅰ-Ⅻ℃√→≤≥≈±×÷]")
_LIKELY = ["gb18030", "big5", "utf_16_le", "utf_16_be", "shift_jis", "euc_kr"]
_SAMPLE_BYTES = 200_000
_MOSTLY = 0.9
_MOST_DAMAGE = 0.05
"""Share of undecodable characters up to which a file still counts as text of an encoding (a cut-off tail)."""
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def read_text(path: Path) -> str:
    """The file's text with `\\n` line ends and no byte order mark; undecodable bytes become U+FFFD.

    Raises `UnreadableFile` when the system refuses, `EmptyDocument` when there is nothing but blanks, and
    `UnsupportedFormat` when the content is not text.
    """
    return _read(path, None)


def read_markup(path: Path) -> str:
    """As `read_text`, for HTML and XML, which may state their encoding."""
    return _read(path, _STATED)


def decode(data: bytes, stated: str = "") -> str | None:
    """The text that `data` is, line ends as they are, or None where it is no text. `stated` is the name of an encoding
    that may be wrong.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, errors="replace").removeprefix("\ufeff")
    with suppress(UnicodeDecodeError):
        return _without_zeros(data.decode("utf-8")) or _by_statistics(data)
    return (
        _as_stated(data, stated)
        or _everyday(data)
        or _line_by_line(data)
        or _tolerant(data, "utf-8")
        or _by_statistics(data)
        or _tolerant(data, "gb18030")
    )


def _read(path: Path, statement: re.Pattern[bytes] | None) -> str:
    data = read_bytes(path)
    found = statement.search(data[:_HEAD_BYTES]) if statement else None
    text = decode(data, found[1].decode("ascii") if found else "")
    if text is None or len(_CONTROLS.findall(text[:_SAMPLE_BYTES])) > len(text[:_SAMPLE_BYTES]) // 100:
        raise UnsupportedFormat(
            Said("{name} is not a text file, whatever its extension says.", name=path.name),
            "Give it its right extension, or leave it out.",
        )
    if not text.strip():
        raise EmptyDocument(
            Said("{name} has no text in it.", name=path.name), "Leave it out, or save it again with its content."
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _without_zeros(text: str) -> str:
    return "" if "\x00" in text else text


def _as_stated(data: bytes, stated: str) -> str | None:
    """The text in the encoding stated; None where that is unknown, does not fit, or fits anything."""
    name = stated.strip("\"' ").lower()
    try:
        encoding = codecs.lookup(_WIDER.get(name, name)).name
        return None if encoding in _FITS_ANYTHING else _without_zeros(data.decode(encoding)) or None
    except (LookupError, UnicodeError, ValueError):
        return None


def _everyday(data: bytes) -> str | None:
    """The text in GB18030 where nearly all of it is everyday Chinese, so that a few characters are enough to tell."""
    with suppress(UnicodeDecodeError):
        text = data.decode("gb18030")
        beyond_ascii = "".join(character for character in text if character > "\x7f")
        # The first level of GB 2312: the 3755 characters in use, and punctuation; other encodings' bytes scatter.
        leads = beyond_ascii.encode("gb2312", "replace").replace(b"?", b"??")[::2]
        everyday = sum(0xB0 <= lead <= 0xD7 or 0xA1 <= lead <= 0xA3 for lead in leads)
        return _without_zeros(text) if everyday >= len(beyond_ascii) * _MOSTLY else None
    return None


def _line_by_line(data: bytes) -> str | None:
    """The text of a file whose lines are of two encodings, UTF-8 and GB18030; None where they are of one."""
    lines: list[str] = []
    kinds: set[str] = set()
    for line in data.split(b"\n"):
        if line.isascii():
            lines.append(line.decode("ascii"))
            continue
        encoding = next((one for one in ("utf-8", "gb18030") if _chinese(line, one)), "")
        kinds.add(encoding)
        lines.append(line.decode(encoding or "utf-8", errors="replace"))
    return "\n".join(lines) if {"utf-8", "gb18030"} <= kinds and not any("\x00" in line for line in lines) else None


def _chinese(line: bytes, encoding: str) -> bool:
    """Whether the line is mostly usual Chinese in that encoding."""
    text = line.decode(encoding, errors="replace")
    beyond_ascii = [character for character in text if character > "\x7f"]
    return len(_USUAL.findall("".join(beyond_ascii))) >= len(beyond_ascii) * 0.8


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
