"""Opens Outlook messages with olefile: MS-OXMSG is streams whose names are property tags."""

from pathlib import Path

import olefile

from ingest.document import Locator

_TAGS = {"Subject": "0037", "From": "0C1A"}


def message(path: Path, locator: Locator) -> str:
    """A header's value, or the body; of messages inside as well, which have no file of their own."""
    tag = _TAGS.get(locator.part or "", "1000")
    with olefile.OleFileIO(path) as file:
        said = [file.openstream(one).read() for one in file.listdir() if one[-1] == f"__substg1.0_{tag}001F"]
    if not said:
        raise LookupError(f"no {locator.part} in {path.name}")
    return "\n".join(one.decode("utf-16-le").rstrip("\0") for one in said)


def attachment(path: Path, name: str) -> bytes:
    """The bytes of the file attached under `name`; of a message attached, those of the whole one around it."""
    with olefile.OleFileIO(path) as file:
        for one in file.listdir(storages=True, streams=False):
            names = [f"{one[0]}/__substg1.0_{tag}001F" for tag in ("3707", "3001")]
            said = [file.openstream(at).read().decode("utf-16-le").rstrip("\0") for at in names if file.exists(at)]
            if any(name.startswith(each) for each in said):
                content = f"{one[0]}/__substg1.0_37010102"
                return bytes(file.openstream(content).read()) if file.exists(content) else path.read_bytes()
    raise LookupError(f"no attachment {name}")
