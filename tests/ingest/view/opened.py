"""How tests open a view of a file, without a library."""

import json
from pathlib import Path
from typing import Any

from ingest.document import Locator
from ingest.view.made import DESCRIPTION, Description, piece_name
from ingest.view.making import make_in_worker
from ingest.view.place import Place, find
from ingest.view.sheets import rows_in_worker


class Opened:
    """The view of the file at `path`, made in the folder beside it."""

    def __init__(self, path: Path) -> None:
        self.path, self.folder = path, path.parent / f"{path.name}.view"
        make_in_worker(lambda _done, _total: None, path=str(path), folder=str(self.folder), max_bytes=2**20)
        self.description = Description.model_validate_json((self.folder / DESCRIPTION).read_bytes())

    def piece(self, part: int = 1, piece: int = 1) -> Any:
        target = self.folder / piece_name(part, piece)
        if self.description.kind == "sheets":
            sheet = self.description.parts[part - 1].model_dump()
            rows_in_worker(lambda _done, _total: None, path=str(self.path), part=sheet, piece=piece, target=str(target))
        return json.loads(target.read_text("utf-8"))

    def place(self, at: Locator, quote: str = "") -> Place | None:
        return find(self.description, self.folder, at, quote)
