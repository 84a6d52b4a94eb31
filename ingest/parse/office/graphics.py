"""The facts inside charts and SmartArt, read from their own XML parts (the same parts in Word and PowerPoint).

A chart keeps a copy of the numbers it shows (ECMA-376 part 1, 21.2); SmartArt keeps its words in a data part, as points
and the connections between them (21.4).
"""

from collections.abc import Iterator

from lxml import etree

from ingest.document import Element, Locator, Table, TableRow
from ingest.parse.office.new_charts import new_chart
from ingest.parse.office.ooxml import NS, child, integer, parse_xml, q


def read_graphic(blob: bytes, locator: Locator) -> list[Element]:
    """As `graphic`, from the part's bytes. Raises etree.XMLSyntaxError where they are no XML."""
    return graphic(parse_xml(blob), locator)


def graphic(root: etree._Element, locator: Locator) -> list[Element]:
    """A chart as a caption and a table (a row per category, a column per series), SmartArt as list items, else nothing.

    `root` is the root of the part that the drawing refers to.
    """
    if root.tag == q("c:chartSpace"):
        return list(_chart(root, locator))
    if root.tag == q("cx:chartSpace"):
        title, header, rows = new_chart(root)
        return list(_elements(title, header, rows, locator))
    if root.tag == q("dgm:dataModel"):
        return [Element(kind="list_item", text=text, level=level, locator=locator) for level, text in _smart_art(root)]
    return []


def _chart(root: etree._Element, locator: Locator) -> Iterator[Element]:
    title = _rich_text(child(root, "c:chart", "c:title"))
    series = root.findall("c:chart/c:plotArea/*/c:ser", NS)
    pairs = any(child(one, "c:xVal") is not None for one in series)
    header, rows = _xy_table(root, series) if pairs else _category_table(root, series)
    yield from _elements(title, header, rows, locator)


def _elements(title: str, header: tuple[str, ...], rows: list[tuple[str, ...]], locator: Locator) -> Iterator[Element]:
    if title:
        yield Element(kind="caption", text=title, locator=locator)
    if rows:
        table = Table(header=header, rows=tuple(TableRow(cells=cells, locator=locator) for cells in rows))
        yield Element(kind="table", table=table, locator=locator)


def _category_table(
    root: etree._Element, series: list[etree._Element]
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    names = tuple(_series_name(one) or f"系列{at}" for at, one in enumerate(series, 1))
    columns = [_points(child(one, "c:val")) for one in series]
    categories: dict[int, str] = {}
    for one in series:
        categories = _points(child(one, "c:cat")) | categories
    places = sorted({at for column in (*columns, categories) for at in column})
    axis = _axis_title(root, "c:catAx") or _axis_title(root, "c:dateAx")
    return (axis, *names), [
        (categories.get(at, str(at + 1)), *(column.get(at, "") for column in columns)) for at in places
    ]


def _xy_table(root: etree._Element, series: list[etree._Element]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    titles = [_rich_text(child(axis, "c:title")) for axis in root.findall("c:chart/c:plotArea/c:valAx", NS)]
    x, y = (*titles, "", "")[:2]
    bubbles = any(child(one, "c:bubbleSize") is not None for one in series)
    rows: list[tuple[str, ...]] = []
    for at, one in enumerate(series, 1):
        xs, ys, sizes = (_points(child(one, f"c:{name}")) for name in ("xVal", "yVal", "bubbleSize"))
        name = _series_name(one) or f"系列{at}"
        size = (lambda place, sizes=sizes: (sizes.get(place, ""),)) if bubbles else (lambda _: ())
        rows += [(name, xs.get(place, ""), ys[place], *size(place)) for place in sorted(ys)]
    return ("系列", x or "X", y or "Y", *(["大小"] if bubbles else [])), rows


def _series_name(series: etree._Element) -> str:
    name = child(series, "c:tx")
    return "" if name is None else " ".join(text for one in name.iter(q("c:v")) if (text := (one.text or "").strip()))


def _points(data: etree._Element | None) -> dict[int, str]:
    """The cached points by index. The levels of a nested category are joined from the outermost inwards."""
    if data is None:
        return {}
    levels = list(data.iter(q("c:lvl")))
    if levels:
        return _nested_categories(levels)
    code = "".join(one.text or "" for one in data.iter(q("c:formatCode")))
    return {at: _as_shown(text, code) for at, text in _cached(data)}


def _nested_categories(levels: list[etree._Element]) -> dict[int, str]:
    inner = dict(_cached(levels[0]))
    outer = [dict(_cached(level)) for level in levels[1:]]
    found = {}
    for at, text in inner.items():
        above = [level[max(start for start in level if start <= at)] for level in outer if any(k <= at for k in level)]
        found[at] = " / ".join([*reversed(above), text])
    return found


def _cached(data: etree._Element) -> Iterator[tuple[int, str]]:
    for point in data.iter(q("c:pt")):
        at, shown = integer(point.get("idx")), child(point, "c:v")
        if at is not None and shown is not None and shown.text:
            yield at, shown.text.strip()


def _as_shown(text: str, code: str) -> str:
    """A cached number as its format shows it, so far as that changes its reading: percent, and no `800.0`."""
    try:
        number = float(text)
    except ValueError:
        return text
    if "%" in code:
        return f"{number * 100:.10g}%"
    return f"{number:.15g}" if abs(number) < 1e15 else text


def _axis_title(root: etree._Element, axis: str) -> str:
    return _rich_text(child(root, "c:chart", "c:plotArea", axis, "c:title"))


def _rich_text(title: etree._Element | None) -> str:
    if title is None:
        return ""
    written = "".join(one.text or "" for one in title.iter(q("a:t"))).strip()
    return written or "".join(one.text or "" for one in title.iter(q("c:v"))).strip()


def _smart_art(root: etree._Element) -> Iterator[tuple[int, str]]:
    """(depth from 1, text) of each point with words, from the top of the tree downwards."""
    points = {one.get("modelId", ""): one for one in root.iter(q("dgm:pt"))}
    children: dict[str, list[tuple[int, str]]] = {}
    for link in root.iter(q("dgm:cxn")):
        if link.get("type", "parOf") == "parOf":
            order = integer(link.get("srcOrd")) or 0
            children.setdefault(link.get("srcId", ""), []).append((order, link.get("destId", "")))
    seen: set[str] = set()

    def below(point_id: str, depth: int) -> Iterator[tuple[int, str]]:
        if point_id in seen or point_id not in points:
            return
        seen.add(point_id)
        text = _point_text(points[point_id])
        if text:
            yield depth, text
        for _, at in sorted(children.get(point_id, [])):
            yield from below(at, depth + 1 if text else depth)

    tops = [one for one, point in points.items() if point.get("type") == "doc"]
    for top in (*tops, *points):
        if points[top].get("type", "node") in {"doc", "node", "asst"}:
            yield from below(top, 1)


def _point_text(point: etree._Element) -> str:
    paragraphs = ("".join(one.text or "" for one in paragraph.iter(q("a:t"))) for paragraph in point.iter(q("a:p")))
    return " ".join(text.strip() for text in paragraphs if text.strip())
