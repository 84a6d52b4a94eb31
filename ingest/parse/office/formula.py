"""Office Math formulas as one line of text (ECMA-376 part 1, 22.1)."""

from lxml import etree

from ingest.parse.office.ooxml import child, elements, q

_PARTS = ("num", "den", "e", "sup", "sub", "deg", "lim", "fName")


def formula(math: etree._Element) -> str:
    """A formula on one line: `(a+b)/c`, `x^2`, `x_i`, `√(x+1)`, `∑_(k=0)^n k`."""
    name = etree.QName(math).localname
    found = {part: child(math, f"m:{part}") for part in _PARTS}
    parts = {part: formula(one) for part, one in found.items() if one is not None}
    base, scripts = parts.get("e", ""), _script("_", parts.get("sub", "")) + _script("^", parts.get("sup", ""))
    match name:
        case "f":
            return f"{_closed(parts.get('num', ''))}/{_closed(parts.get('den', ''))}"
        case "sSup" | "sSub" | "sSubSup":
            return base + scripts
        case "limLow" | "limUpp":
            return base + _script("_" if name == "limLow" else "^", parts.get("lim", ""))
        case "rad":
            return f"{parts.get('deg', '')}√{_closed(base)}"
        case "d":
            return f"({','.join(formula(one) for one in math.findall(q('m:e')))})"
        case "func":
            return f"{parts.get('fName', '')} {base}"
        case "nary":
            sign = child(math, "m:naryPr", "m:chr")
            return f"{'∫' if sign is None else sign.get(q('m:val'), '∫')}{scripts} {base}"
    return "".join((one.text or "") if one.tag == q("m:t") else formula(one) for one in elements(math))


def _closed(text: str) -> str:
    return text if text.isalnum() or (text.startswith("(") and text.find(")") == len(text) - 1) else f"({text})"


def _script(mark: str, text: str) -> str:
    return f"{mark}{_closed(text)}" if text else ""
