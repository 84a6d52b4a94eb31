"""The opener of a file, by its format, and the way to a file that lies inside another."""

import email
import email.policy
import zipfile
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import olefile

from evals.fidelity.openers import office, outlook, pictures, text
from evals.fidelity.openers.text import numbered_parts
from evals.fidelity.score import Opener
from ingest.document import Locator

_PACKAGES = (".docx", ".pptx", ".xlsx")
_SAYS_UTF8 = 0x800
_BY_SUFFIX = {".docx": office.word, ".pptx": office.slides, ".xlsx": office.workbook, ".pdf": text.page,
              ".eml": text.mail, ".msg": outlook.message}  # fmt: skip


def opener(path: Path, encoding: str = "utf-8", stand_in: Path | None = None) -> Opener:
    """What opens `path`. `stand_in` is the same document saved in a format that can be opened, for old formats."""
    return partial(_open, stand_in or path, encoding=encoding)


def _open(path: Path, locator: Locator, encoding: str) -> str:
    if locator.within:
        name, *deeper = locator.within
        inner = locator.model_copy(update={"within": tuple(deeper)})
        with TemporaryDirectory() as folder:
            file = Path(folder, Path(name).name)
            file.write_bytes(_inside(path, name))
            return _open(file, inner, _encoding(file))
    if locator.picture and path.suffix.lower() in _PACKAGES:
        return pictures.picture(path, locator)
    # A message inside a message is called .eml, whatever form it has.
    suffix = ".msg" if olefile.isOleFile(path) and path.suffix == ".eml" else path.suffix.lower()
    if suffix in _BY_SUFFIX:
        return _BY_SUFFIX[suffix](path, locator)
    return text.lines(path, locator, encoding, markup=suffix in (".html", ".htm", ".xhtml"))


def _inside(path: Path, name: str) -> bytes:
    """The bytes of an attachment, an archive's member or an embedded file."""
    if path.suffix.lower() == ".eml":
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for part in numbered_parts(message).values():
            content = part.get_content()
            if isinstance(content, EmailMessage) and name == f"{content['Subject']}.eml":
                return content.as_bytes()
            if part.get_filename() == name:
                return bytes(content if isinstance(content, bytes) else part.get_payload(decode=True))
        raise LookupError(f"no attachment {name}")
    if path.suffix.lower() == ".msg":
        return outlook.attachment(path, name)
    if not zipfile.is_zipfile(path):
        raise LookupError(f"{path.name} is no archive")
    with zipfile.ZipFile(path) as archive:
        members = [one for one in archive.infolist() if _name(one) == name or _name(one).endswith(f"/{name}")]
        if not members:
            raise LookupError(f"no member {name}")
        return archive.read(members[0])


def _name(member: zipfile.ZipInfo) -> str:
    """The member's name; in the suite's files it is in UTF-8, and says so, or in GBK."""
    if member.flag_bits & _SAYS_UTF8 or member.filename.isascii():
        return member.filename
    return member.filename.encode("cp437").decode("gbk")


def _encoding(file: Path) -> str:
    """The suite's nested texts are in UTF-8 or GBK."""
    try:
        file.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"
