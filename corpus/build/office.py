"""LibreOffice as a converter, and packages written so that a rebuild gives the same bytes."""

import atexit
import datetime
import io
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from functools import cache
from pathlib import Path

# Spreadsheets are calculated on load, whatever values they carry.
RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>
"""


@cache
def _profile() -> str:
    """A user profile of our own, so that builds can run side by side; removed when the build ends."""
    folder = Path(tempfile.mkdtemp(prefix="corpus-soffice-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "user").mkdir()
    (folder / "user" / "registrymodifications.xcu").write_text(RECALCULATE, encoding="utf-8")
    return str(folder)


def convert(source: Path, target: Path, *, created: datetime.date | None = None) -> None:
    """Converts `source` to the format of `target`'s extension. Raises RuntimeError when soffice gives no file."""
    soffice = shutil.which("soffice")
    if soffice is None:
        raise RuntimeError("soffice not found: install LibreOffice (apt install libreoffice-core fonts-noto-cjk)")
    env = dict(os.environ)
    if created:
        moment = datetime.datetime.combine(created, datetime.time(9), datetime.UTC)
        env["SOURCE_DATE_EPOCH"] = str(int(moment.timestamp()))
    with tempfile.TemporaryDirectory() as folder:
        command = [soffice, f"-env:UserInstallation=file://{_profile()}", "--headless", "--convert-to"]
        command += [target.suffix[1:], "--outdir", folder, str(source)]
        run = subprocess.run(command, env=env, capture_output=True, text=True, timeout=300, check=False)
        made = Path(folder) / f"{source.stem}{target.suffix}"
        if not made.exists():
            raise RuntimeError(f"soffice could not convert {source.name}: {run.stderr.strip() or run.stdout.strip()}")
        shutil.move(made, target)


def freeze(package: Path) -> None:
    """Rewrites an OOXML package with fixed timestamps, so that the same content gives the same bytes."""
    package.write_bytes(_frozen(package.read_bytes()))


def _frozen(data: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name in source.namelist():
            part = source.read(name)
            if name.endswith(".xlsx"):  # a chart's data, stamped by its writer with the time of the build
                part = _frozen(_undated(part))
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, part)
    return target.getvalue()


def _undated(workbook: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as source, zipfile.ZipFile(target, "w") as package:
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2025-01-01T00:00:00Z", part)
            package.writestr(name, part)
    return target.getvalue()


def moment(day: datetime.date, hour: int = 9) -> datetime.datetime:
    """A day as the naive date and time that document properties want."""
    return datetime.datetime.combine(day, datetime.time(hour))
