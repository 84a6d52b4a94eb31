"""Turns old and foreign office files into current ones with LibreOffice, where it is there.

It runs without a window, without macros and without a network, in a profile of its own that is thrown away, and is
killed with all it started when it takes too long. Whoever opens a document from anywhere in LibreOffice
lets a large program run on it; all of these fences stand at once.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psutil

from ingest.errors import DamagedDocument, ParseTimeout, UnsupportedFormat
from ingest.parse.context import Context
from ingest.parse.soffice_profile import SETTINGS
from ingest.said import Said

CONVERTED = {
    "doc": "docx", "wps": "docx", "xls": "xlsx", "ods": "xlsx", "xlsb": "xlsx", "ppt": "pptx", "odp": "pptx",
}  # fmt: skip
"""What LibreOffice makes of a format."""
_NAMES = {
    "doc": "a Word 97-2003 document", "wps": "a Microsoft Works document", "xls": "an Excel 97-2003 workbook",
    "ppt": "a PowerPoint 97-2003 presentation", "xlsb": "a binary workbook (.xlsb)",
    "ods": "an OpenDocument spreadsheet", "odp": "an OpenDocument presentation",
}  # fmt: skip
_FILTERS = {
    "docx": "docx:MS Word 2007 XML",
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
    "pptx": "pptx:Impress MS PowerPoint 2007 XML",
}
_LONGEST_S = 180
_PLACES = ("/Applications/LibreOffice.app/Contents/MacOS/soffice", r"C:\Program Files\LibreOffice\program\soffice.exe")


def soffice() -> str | None:
    """The path of LibreOffice's program, or None when it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


@contextmanager
def converted(path: Path, form: str, context: Context) -> Iterator[Path]:
    """The file at `path`, which is of format `form`, as a current office file that is there inside the block only.

    Raises `UnsupportedFormat` (with advice, where LibreOffice is not there), `ParseTimeout` and `DamagedDocument`.
    """
    target = CONVERTED[form]
    if soffice() is None:
        raise UnsupportedFormat(
            Said(
                "{name} is {what}, which is read through LibreOffice, and that is not installed.",
                name=path.name,
                what=_NAMES[form],
            ),
            Said(
                "Install LibreOffice (Debian: apt install libreoffice-nogui), or save the file as .{target}.",
                target=target,
            ),
        )
    with saved(path, form, target, _FILTERS[target], context) as result:
        yield result


@contextmanager
def saved(path: Path, form: str, target: str, export: str, context: Context) -> Iterator[Path]:
    """The file at `path`, of format `form`, as LibreOffice's filter `export` saves it with the extension `target`.

    It is there inside the block only. Raises as `converted` does.
    """
    program = soffice()
    if program is None:
        raise UnsupportedFormat(
            Said("{name} is for LibreOffice to open, and that is not installed.", name=path.name),
            "Install LibreOffice (Debian: apt install libreoffice-nogui).",
        )
    with tempfile.TemporaryDirectory(prefix="caselore-office-") as folder:
        work = Path(folder)
        profile = work / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
        # A name of our own: the real one may hold what a program takes for an option or cannot write.
        source = work / f"in.{form}"
        shutil.copyfile(path, source)
        _run([*_alone(), *_command(program, work, export), str(source)], work, path, context)
        result = work / "out" / f"in.{target}"
        if not result.is_file() or not result.stat().st_size:
            raise DamagedDocument(
                Said("{name} could not be opened by LibreOffice.", name=path.name),
                Said(
                    "It may be damaged or ask for a password: open it in Office or WPS and save it as .{target}.",
                    target=target,
                ),
            )
        yield result


def _command(program: str, work: Path, export: str) -> list[str]:
    return [
        program, "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo", "--nofirststartwizard",
        f"-env:UserInstallation={(work / 'profile').as_uri()}",
        "--convert-to", export, "--outdir", str(work / "out"),
    ]  # fmt: skip


def _run(command: list[str], work: Path, path: Path, context: Context) -> None:
    """Run the command to its end, telling that it is alive; killed with all it started when it takes too long."""
    environment = {
        "PATH": os.environ.get("PATH", os.defpath), "HOME": str(work), "TMPDIR": str(work), "LANG": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp", "SAL_DISABLE_OPENCL": "1",
        # Nothing answers there: a request that gets past the other fences ends here.
        "http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9", "no_proxy": "",
    }  # fmt: skip
    process = subprocess.Popen(
        command,
        cwd=work,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    begun = time.monotonic()
    try:
        while True:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(1)
                return
            elapsed = time.monotonic() - begun
            if elapsed > _LONGEST_S:
                raise ParseTimeout(
                    Said(
                        "{name} was not converted by LibreOffice in {longest_s} s.",
                        name=path.name,
                        longest_s=_LONGEST_S,
                    ),
                    "Open it in Office or WPS and save it in the current format (.docx, .xlsx, .pptx).",
                )
            context.progress(int(elapsed), _LONGEST_S)
    finally:
        _kill(process)


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """End the program and all it started. They stay in this process's group, so that whoever ends this process by its
    group ends them too.
    """
    try:
        started = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
    except psutil.NoSuchProcess:
        started = []
    for one in started:
        with contextlib.suppress(psutil.NoSuchProcess):
            one.kill()
    process.wait()


@cache
def _alone() -> tuple[str, ...]:
    """What to put before a command so that it sees no network at all, where the system lets anybody do so (Linux with
    user namespaces). In a worker the kernel refuses it sockets besides.
    """
    program = shutil.which("unshare") if sys.platform == "linux" else None
    if program is None:
        return ()
    fence = (program, "--map-root-user", "--net")
    tried = subprocess.run([*fence, "true"], capture_output=True, check=False, timeout=10)
    return fence if tried.returncode == 0 else ()
