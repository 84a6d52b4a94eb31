"""Writes what was understood of a file as one HTML page, the pictures of its pages beside it."""

import base64
import hashlib
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ingest.errors import CaseloreError
from ingest.inspect.reading import Understood
from ingest.inspect.standing import Box, place_on_pages
from ingest.inspect.words import COUNTED, FIELDS, KINDS, REASONS
from ingest.parse.workers.pool import ParsePool
from ingest.render.letters import Letters
from ingest.render.pages import RENDERED

_RENDER = "ingest.render.pages:render_in_worker"
_MOST_PAGES = 80
"""More pictures than this make a page that browsers refuse."""
_SURE, _FAIR = 0.9, 0.7


def write(understood: Understood, pool: ParsePool, path: Path) -> None:
    """Write the page to `path`: one file that loads nothing and runs only its own script.

    Pages that cannot be drawn are told of, not raised. Raises `OSError` when it cannot be written.
    """
    with TemporaryDirectory(prefix="caselore-pages-") as folder:
        pages, without = _pages(understood, pool, folder)
    text = _template().render(**_content(understood, pages, without))
    path.write_text(text, "utf-8")


def _pages(understood: Understood, pool: ParsePool, folder: str) -> tuple[list[dict[str, Any]], str]:
    """The pages with their pictures as data, and why there are none."""
    form = understood.metadata.format
    if form not in RENDERED:
        return [], "这种格式没有页面可看；每一段旁边注明了它在原文中的位置。"
    arguments: dict[str, object] = {"path": str(understood.file), "form": form, "folder": folder, "most": _MOST_PAGES}
    try:
        pages: list[dict[str, Any]] = json.loads(pool.call(_RENDER, arguments, understood.file.name))
    except CaseloreError as error:
        return [], f"没有页面图：{error}"
    for page in pages:
        png = Path(folder, f"{page['number']}.png").read_bytes()
        page["picture"] = f"data:image/png;base64,{base64.b64encode(png).decode()}"
        page["letters"] = Letters.model_validate(page["letters"])
    return pages, ""


def _content(understood: Understood, pages: list[dict[str, Any]], without: str) -> dict[str, Any]:
    document, metadata = understood.document, understood.metadata
    boxes: list[Box] = place_on_pages(document, metadata.format, pages)
    placed = {box.of for box in boxes}
    elements, depth = [], 0
    for at, element in enumerate(document.elements):
        depth = max(element.level - 1, 0) if element.kind == "heading" else depth
        elements.append(
            {
                "id": f"e{at}",
                "kind": element.kind,
                "kind_name": KINDS[element.kind],
                "level": min(max(element.level, 1), 6),
                "depth": min(depth + (element.kind != "heading"), 8),
                "indent": max(element.level - 1, 0) if element.kind == "list_item" else 0,
                "text": element.text,
                "place": _place(element.locator.model_copy(update={"headings": ()})),
                "confidence": element.confidence,
                "sure": _sureness(element.confidence),
                "header": element.table.header if element.table else (),
                "rows": [(f"e{at}r{row}", one) for row, one in enumerate(element.table.rows)] if element.table else [],
            }
        )
    reasons: dict[str, list[tuple[str, Any]]] = {}
    for at, one in enumerate(document.left_out):
        reasons.setdefault(REASONS.get(one.reason, one.reason), []).append((f"x{at}", one))
    by_page: dict[int, list[Box]] = {}
    for box in boxes:
        by_page.setdefault(box.page, []).append(box)
    return {
        "title": metadata.title,
        "fields": [(name, getattr(metadata, field)) for field, name in FIELDS.items() if getattr(metadata, field)],
        "counts": [(COUNTED.get(name, name), number) for name, number in understood.counts().items()],
        "unread": [(one, _place(one.locator) if one.locator else "") for one in document.unread],
        "elements": elements,
        "placed": placed,
        "left_out": reasons,
        "place": _place,
        "pages": pages,
        "most": _MOST_PAGES,
        "boxes": by_page,
        "without": without,
        "searched": metadata.format not in ("pdf", "png", "jpg", "jpeg", "tif", "tiff", "bmp", "gif", "webp"),
    }


def _place(locator: Any) -> str:
    picture = f" · 图片 {locator.picture}" if locator.picture else ""
    return f"{locator.label}{picture}".removeprefix(" · ")


def _sureness(confidence: float | None) -> str:
    if confidence is None:
        return ""
    return "sure" if confidence >= _SURE else "fair" if confidence >= _FAIR else "poor"


def _template() -> Any:
    here = Path(__file__).parent
    environment = Environment(loader=FileSystemLoader(here), autoescape=True, undefined=StrictUndefined,
                              trim_blocks=True, lstrip_blocks=True)  # fmt: skip
    script, style = (Path(here, name).read_text("utf-8") for name in ("page.js", "page.css"))
    # What a document says is escaped; these two are ours. The page may run no other script than this one.
    environment.globals["script"] = Markup(script)  # noqa: S704
    environment.globals["style"] = Markup(style)  # noqa: S704
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    environment.globals["policy"] = (
        f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'; "
        "form-action 'none'"
    )
    return environment.get_template("page.html.j2")
