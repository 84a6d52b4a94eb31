"""Prints office documents to PDF with LibreOffice, so that their pages can be looked at."""

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.errors import DamagedDocument, ParseTimeout, UnavailableError

PRINTED = frozenset({"docx", "pptx", "xlsx", "doc", "ppt", "xls", "odt", "odp", "ods", "rtf"})
"""The formats that LibreOffice prints."""

_SECONDS = 120
_HIDDEN_TOO = {"ExportHiddenSlides": {"type": "boolean", "value": "true"}}
"""A hidden slide is read, so it must be seen, too; and the numbers of pages and slides agree."""
_OFF = "/org.openoffice.Office.Common/Security/Scripting"
_SAFE = f"""<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="{_OFF}"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="{_OFF}"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="{_OFF}"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


@cache
def soffice() -> str | None:
    """LibreOffice's program; None when it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def print_to_pdf(path: Path, form: str, folder: Path) -> Path:
    """The document printed as a PDF in `folder`; `form` is the format its content has.

    LibreOffice runs with a profile of its own, without macros and without links followed. Raises `UnavailableError`
    without LibreOffice, `ParseTimeout`, and `DamagedDocument` when it writes nothing.
    """
    program = soffice()
    if program is None:
        raise UnavailableError("LibreOffice is not installed.", "Install libreoffice to see the pages.")
    kind = {"pptx": "impress", "ppt": "impress", "odp": "impress", "xlsx": "calc", "xls": "calc", "ods": "calc"}
    export = f"pdf:{kind.get(form, 'writer')}_pdf_Export:{json.dumps(_HIDDEN_TOO)}"
    with TemporaryDirectory(prefix="caselore-print-") as work:
        profile = Path(work, "profile", "user")
        profile.mkdir(parents=True)
        Path(profile, "registrymodifications.xcu").write_text(_SAFE, "utf-8")
        copy = Path(work, f"document.{form}")  # a name that says what it is, whatever the file's own name says
        shutil.copyfile(path, copy)
        command = [program, f"-env:UserInstallation={profile.parent.as_uri()}", "--headless", "--norestore",
                   "--convert-to", export, "--outdir", str(folder), str(copy)]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False, stdin=subprocess.DEVNULL)
        except subprocess.TimeoutExpired as error:
            raise ParseTimeout(
                f"{path.name} was not printed within {_SECONDS} s.", "Print it to PDF by hand to see its pages."
            ) from error
    printed = folder / "document.pdf"
    if not printed.is_file():
        raise DamagedDocument(
            f"LibreOffice could not print {path.name}.", "Open it in its program to see whether it is whole."
        )
    return printed
