"""Office Math formulas as one line of text (ECMA-376 part 1, 22.1)."""

from lxml import etree

from ingest.parse.office.ooxml import NS, child, elements, q

_PARTS = ("num", "den", "e", "sup", "sub", "deg", "lim", "fName")
_ACCENTS = {"\u0302": "^", "\u0303": "~", "\u0304": "‾", "\u0305": "‾", "\u20d7": "→", "\u0307": "˙", "\u0308": "¨"}


def formula(math: etree._Element) -> str:
    """A formula on one line: `(a+b)/c`, `x^2`, `x_i`, `√(x+1)`, `∑_(k=0)^n k`, `[a,b;c,d]`, `{x=1；y=2`."""
    name = etree.QName(math).localname
    found = {part: child(math, f"m:{part}") for part in _PARTS}
    parts = {part: formula(one) for part, one in found.items() if one is not None}
    base, scripts = parts.get("e", ""), _script("_", parts.get("sub", "")) + _script("^", parts.get("sup", ""))
    match name:
        case "f":
            return f"{_closed(parts.get('num', ''))}/{_closed(parts.get('den', ''))}"
        case "sSup" | "sSub" | "sSubSup":
            return _base(base) + scripts
        case "sPre":
            return scripts + base
        case "limLow" | "limUpp":
            return base + _script("_" if name == "limLow" else "^", parts.get("lim", ""))
        case "rad":
            return f"{parts.get('deg', '')}√{_closed(base)}"
        case "d":
            opening, between, closing = _fences(math)
            return opening + between.join(formula(one) for one in math.findall(q("m:e"))) + closing
        case "eqArr":
            return "；".join(formula(one).replace("&", "") for one in math.findall(q("m:e")))
        case "m":
            rows = (",".join(formula(one) for one in row.findall(q("m:e"))) for row in math.findall(q("m:mr")))
            return f"[{';'.join(rows)}]"
        case "acc":
            accent = _character(math, "m:accPr", "\u0302")
            return f"{_closed(base)}{_ACCENTS.get(accent, accent)}"
        case "func":
            return f"{parts.get('fName', '')} {base}"
        case "nary":
            return f"{_character(math, 'm:naryPr', '∫')}{scripts} {base}"
    return "".join((one.text or "") if one.tag == q("m:t") else _inside(one) for one in elements(math))


def _inside(element: etree._Element) -> str:
    """What is part of a formula: also the words that Word keeps there as an ordinary run or a tracked insertion."""
    if element.tag == q("w:t"):
        return element.text or ""
    return "" if element.tag in (q("w:del"), q("w:moveFrom")) else formula(element)


def _fences(math: etree._Element) -> tuple[str, str, str]:
    """What stands before, between and after: `(`, `,` and `)` unless the formula says otherwise."""
    return (
        _character(math, "m:dPr", "(", "begChr"),
        _character(math, "m:dPr", ",", "sepChr"),
        _character(math, "m:dPr", ")", "endChr"),
    )


def _character(math: etree._Element, properties: str, usual: str, name: str = "chr") -> str:
    stated = child(math, properties, f"m:{name}")
    return usual if stated is None else stated.get(f"{{{NS['m']}}}val", usual if name == "chr" else "")


def _base(text: str) -> str:
    """What carries an exponent: a word or a number as it stands, anything longer in brackets."""
    return text if text.isalnum() or len(text) <= 1 or text[-1] in ")]}" else f"({text})"


def _closed(text: str) -> str:
    return text if text.isalnum() or (text.startswith("(") and text.find(")") == len(text) - 1) else f"({text})"


def _script(mark: str, text: str) -> str:
    return f"{mark}{_closed(text)}" if text else ""
