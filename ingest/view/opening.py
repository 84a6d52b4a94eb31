"""Opens documents of the library to be looked at: what is wanted is made by a worker once and kept."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from ingest.document import BBox, Locator
from ingest.errors import DocumentNotFound
from ingest.library import Library
from ingest.parse.convert import soffice
from ingest.said import Said
from ingest.view.made import CONVERTED_SHEETS, DESCRIPTION, Description, piece_name
from ingest.view.original import original
from ingest.view.place import Place, find

_MAKE = "ingest.view.making:make_in_worker"
_ROWS = "ingest.view.sheets:rows_in_worker"
_TAKE_OUT = "ingest.view.inside:take_out_in_worker"
_DRAW = "ingest.view.drawing:draw_in_worker"
_PRINT = "ingest.view.drawing:print_in_worker"
_BOXES = "ingest.view.drawing:boxes_in_worker"
_KEY = re.compile(r"[0-9a-f]{16}")
_PICTURE = re.compile(r"[0-9a-f]{16}\.png")
_SOURCE = "source"
_PAGE_WIDE = 1500
"""Pixels of a page's picture, from edge to edge."""
_LONGEST_SEARCHED = 2000
"""Letters of a quote that are looked for on a page."""
_BOX_LIST: TypeAdapter[list[BBox]] = TypeAdapter(list[BBox])


@dataclass(frozen=True)
class OpenView:
    """A document's view, or that of a file inside it, whose `key` the next requests name."""

    library: Library
    document_id: str
    source: Path
    folder: Path
    key: str = ""

    @property
    def description(self) -> Description:
        """What the view consists of, made when it is not there. Raises `DocumentError`s and `UnavailableError`s."""
        return Description.model_validate_json((self._made() / DESCRIPTION).read_bytes())

    def place(self, at: Locator, quote: str) -> Place | None:
        """Where the locator leads to; None where that is not to be found. Raises as `description`."""
        view = self.description
        found = find(view, self._made(), at, quote)
        if found and view.kind == "pages" and view.format == "pdf":
            arguments: dict[str, object] = {"path": str(self.source), "page": found.part, "bbox": at.bbox}
            arguments["quote"] = quote[:_LONGEST_SEARCHED]
            boxes = _BOX_LIST.validate_json(self._call(_BOXES, arguments))
            return found.model_copy(update={"boxes": tuple(boxes)})
        return found

    def piece(self, part: int, piece: int) -> Path:
        """The file of a piece, as JSON. Raises `DocumentNotFound` where there is none; else as `description`."""
        made, view = self._made(), self.description
        target = made / piece_name(part, piece)
        parts = view.parts
        if view.kind != "sheets" or not (1 <= part <= len(parts) and 1 <= piece <= len(parts[part - 1].pieces)):
            return self._file(target)
        current = made / CONVERTED_SHEETS
        arguments: dict[str, object] = {"path": str(current if current.exists() else self.source), "piece": piece}
        arguments["part"] = parts[part - 1].model_dump(exclude_defaults=True)
        return self.library.views.kept(target, lambda making: self._write(_ROWS, arguments | {"target": str(making)}))

    def picture(self, name: str) -> Path:
        """The PNG of a picture in the document. Raises as `piece`."""
        if not _PICTURE.fullmatch(name):
            raise _no_such_part()
        return self._file(self._made() / name)

    def page(self, number: int) -> Path:
        """The PNG of a page, or of a slide where LibreOffice is there to print it. Raises as `piece`."""
        view = self.description
        if not 1 <= number <= len(view.parts) or not (view.kind == "pages" or self.prints):
            raise _no_such_part()
        drawn, form = (self.source, view.format) if view.kind == "pages" else (self._printed(view.format), "pdf")
        arguments: dict[str, object] = {"path": str(drawn), "form": form, "number": number, "wide": _PAGE_WIDE}
        target = self.folder / "pages" / f"{number}.png"
        views = self.library.views
        return views.kept(target, lambda making: self._write(_DRAW, arguments | {"target": str(making)}))

    @property
    def prints(self) -> bool:
        """Whether slides are to be had as pages printed by LibreOffice."""
        return self.description.kind == "slides" and soffice() is not None

    def _printed(self, form: str) -> Path:
        arguments: dict[str, object] = {"path": str(self.source), "form": form}
        target = self.folder / "print.pdf"
        views = self.library.views

        def write(making: Path) -> None:
            # LibreOffice takes long: beside what is being ingested, not before what others want to look at.
            self.library.parsers.call(_PRINT, arguments | {"target": str(making)}, self.source.name)

        return views.kept(target, write)

    def _made(self) -> Path:
        most = self.library.settings.max_file_mb << 20
        arguments: dict[str, object] = {"path": str(self.source), "max_bytes": most}
        views = self.library.views
        return views.kept(self.folder / "view", lambda making: self._write(_MAKE, arguments | {"folder": str(making)}))

    def _write(self, function: str, arguments: dict[str, object]) -> None:
        self._call(function, arguments)

    def _call(self, function: str, arguments: dict[str, object]) -> bytes:
        return self.library.viewers.call(function, arguments, self.source.name)

    @staticmethod
    def _file(path: Path) -> Path:
        if not path.is_file():
            raise _no_such_part()
        return path


def open_view(library: Library, document_id: str, within: Sequence[str] = ()) -> OpenView:
    """The view of a document, or of the file inside it that `within` leads to.

    Raises `DocumentNotFound` when there is no such document or file, or its file has gone or was changed since;
    `DocumentError`s and `UnavailableError`s when the inner file cannot be taken out.
    """
    source = original(library.registry, document_id)
    folder = library.views.folder(document_id)
    if not within:
        return OpenView(library, document_id, source, folder)
    key = hashlib.sha256(json.dumps(list(within)).encode()).hexdigest()[:16]
    # The name tells kinds of text apart.
    name = f"{_SOURCE}{Path(within[-1]).suffix[:8].lower()}"
    target = folder / f"inside-{key}" / name
    most = library.settings.max_file_mb << 20
    arguments: dict[str, object] = {"path": str(source), "within": list(within), "max_bytes": most}

    def take_out(making: Path) -> None:
        library.viewers.call(_TAKE_OUT, arguments | {"target": str(making)}, source.name)

    return OpenView(library, document_id, library.views.kept(target, take_out), target.parent, key)


def opened_before(library: Library, document_id: str, key: str) -> OpenView:
    """The view of the document, or of the file inside it with this `key`, which `open_view` has made. Raises
    `DocumentNotFound`.
    """
    if not key:
        return open_view(library, document_id)
    source = original(library.registry, document_id)
    folder = library.views.folder(document_id) / f"inside-{key}"
    inner = next(folder.glob(f"{_SOURCE}*"), None) if _KEY.fullmatch(key) else None
    if inner is None:
        raise DocumentNotFound(
            Said("That file inside {name} has not been opened.", name=source.name), "Open it by its place."
        )
    return OpenView(library, document_id, inner, folder, key)


def _no_such_part() -> DocumentNotFound:
    return DocumentNotFound("The document has no such page or part.", "Open the document from its beginning.")
