"""A document with something of every kind, as the tree and the page get it."""

from pathlib import Path

from ingest.document import (
    DocumentMeta,
    Element,
    LeftOut,
    Locator,
    ParsedDocument,
    Table,
    TableRow,
    Unread,
)
from ingest.inspect.reading import Understood

HOSTILE = "<script>alert(1)</script>\x1b[31m{{ 7 * 7 }}"


def place(page: int, top: float, **more: object) -> Locator:
    return Locator.model_validate({"kind": "page", "page": page, "bbox": (50, top, 250, top + 12), **more})


def understood(file: Path, form: str = "pdf") -> Understood:
    row = TableRow(cells=("推理池", "37张"), locator=place(1, 80))
    document = ParsedDocument(
        elements=(
            Element(kind="heading", level=1, text="一、资源", locator=place(1, 20)),
            Element(kind="heading", level=2, text="（一）配额", locator=place(1, 40)),
            Element(kind="list_item", level=2, text="1) 按季调整", locator=place(1, 60)),
            Element(kind="table", table=Table(header=("池", "卡数"), rows=(row,)), locator=place(1, 80)),
            Element(kind="paragraph", text=HOSTILE, locator=place(1, 100)),
            Element(kind="heading", level=1, text="二、图", locator=place(1, 120)),
            Element(kind="paragraph", text="接入网关", confidence=0.62, locator=place(1, 140, picture="image1.png")),
        ),
        left_out=(LeftOut(reason="footer", text="内部资料", locator=place(1, 180)),),
        unread=(Unread(message="x.xlsx asks for a password.", hint="Save it without one.", locator=place(1, 150)),),
    )
    metadata = DocumentMeta(id="0" * 16, title="算力配额", path=file.name, format=form, author="闻笛")
    return Understood(file=file, metadata=metadata, document=document)
