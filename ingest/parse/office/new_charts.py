"""Charts of Office 2016 and later (waterfall, funnel, treemap, sunburst, histogram…), which have a format of their own.

A chart of this kind (`cx:chartSpace`, [MS-ODRAWXML] 2.24.3) keeps its data apart from its series, which refer to them.
"""

from lxml import etree

from ingest.parse.office.ooxml import child, integer, q


def new_chart(root: etree._Element) -> tuple[str, tuple[str, ...], list[tuple[str, ...]]]:
    """The chart's title, the header and the rows of its data: the categories, then a column per series."""
    title = child(root, "cx:chart", "cx:title")
    data = {one.get("id", ""): one for one in root.iterfind(f"{q('cx:chartData')}/{q('cx:data')}")}
    categories: dict[int, list[str]] = {}
    names: list[str] = []
    columns: list[dict[int, str]] = []
    for number, series in enumerate(root.iter(q("cx:series")), 1):
        reference = child(series, "cx:dataId")
        source = data.get("" if reference is None else reference.get("val", ""))
        if source is None:
            continue
        for dimension in source.findall(q("cx:strDim")):
            # The innermost level comes first; a reader goes from the outermost inwards.
            for level in reversed(dimension.findall(q("cx:lvl"))):
                for at, text in _points(level).items():
                    if not columns:
                        categories.setdefault(at, []).append(text)
        for dimension in source.findall(q("cx:numDim")):
            levels = dimension.findall(q("cx:lvl"))
            columns.append({at: text for level in levels for at, text in _points(level).items()})
            names.append(_text(child(series, "cx:tx")) or f"系列{number}")
    places = sorted({*categories, *(at for column in columns for at in column)})
    rows = [
        (" / ".join(categories.get(at, [str(at + 1)])), *(column.get(at, "") for column in columns)) for at in places
    ]
    return _text(title), ("", *names), rows


def _points(level: etree._Element) -> dict[int, str]:
    found = {}
    for point in level.findall(q("cx:pt")):
        at, text = integer(point.get("idx")), (point.text or "").strip()
        if at is not None and text:
            found[at] = text
    return found


def _text(element: etree._Element | None) -> str:
    """The text of a title or a series' name: rich text, or the value it was taken from."""
    if element is None:
        return ""
    rich = "".join(one.text or "" for one in element.iter(q("a:t"))).strip()
    return rich or "".join(one.text or "" for one in element.iter(q("cx:v"))).strip()
