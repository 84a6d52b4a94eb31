"""Office Math formulas as one line of text (ECMA-376 part 1, 22.1)."""

from lxml import etree

from ingest.parse.ooxml import child, elements, q


def formula(math: etree._Element) -> str:
    """An Office Math formula on one line: `(a+b)/(c)`, `x^2`, `x_i`, `√(x)`."""
    parts = {
        name: formula(found)
        for name in ("num", "den", "e", "sup", "sub", "deg")
        if (found := child(math, f"m:{name}")) is not None
    }
    name = etree.QName(math).localname
    if name == "f":
        return f"({parts.get('num', '')})/({parts.get('den', '')})"
    if name in {"sSup", "sSub", "sSubSup"}:
        below = f"_{parts['sub']}" if "sub" in parts else ""
        above = f"^{parts['sup']}" if "sup" in parts else ""
        return f"{parts.get('e', '')}{below}{above}"
    if name == "rad":
        return f"{parts.get('deg', '')}√({parts.get('e', '')})"
    if name == "d":
        return f"({','.join(formula(one) for one in math.findall(q('m:e')))})"
    if name == "nary":
        sign = child(math, "m:naryPr", "m:chr")
        shown = "∫" if sign is None else sign.get(q("m:val"), "∫")
        return f"{shown}_{parts.get('sub', '')}^{parts.get('sup', '')} {parts.get('e', '')}"
    return "".join((one.text or "") if one.tag == q("m:t") else formula(one) for one in elements(math))
