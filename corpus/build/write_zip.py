"""A manuscript as an archive: the files in its `attach`; a body, if there is one, becomes the archive's 说明.txt."""

import zipfile
from pathlib import Path

from manuscript import Manuscript


def write(one: Manuscript, path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        members = {name: (one.inside / name).read_bytes() for name in one.meta["attach"].split(", ")}
        if one.body.strip():
            members["说明.txt"] = one.body.lstrip("\n").encode()
        for name, data in members.items():
            info = zipfile.ZipInfo(f"{path.stem}/{name}", (2025, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
