"""What a cell's style says of its meaning: weight, size and fill tell headers, the format what is shown."""

from dataclasses import dataclass

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS

from ingest.parse.office.ooxml import integer

_X = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# Excel's Chinese edition has these built in and writes only their number; ECMA-376 part 1, 18.8.30, zh-cn.
_CHINESE_FORMATS = {
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
_WHITE = {"rgb:FFFFFFFF", "rgb:00FFFFFF", "theme:0", "indexed:9", "indexed:65"}
_USUAL_SIZE = 11.0


@dataclass(frozen=True, slots=True)
class Look:
    """What a cell's style says: font weight and size (points), fill colour (empty when none), number format."""

    bold: bool
    size: float
    fill: str
    code: str


PLAIN = Look(bold=False, size=_USUAL_SIZE, fill="", code="General")
"""The look of a cell without a style, or with one that the workbook does not define."""


def read_looks(root: etree._Element | None) -> list[Look]:
    """The look of each cell style (`cellXfs`) of a styles part, by its index; nothing where there is no such part."""
    if root is None:
        return []
    codes = _CHINESE_FORMATS | {int(key): code for key, code in BUILTIN_FORMATS.items()}
    for one in root.iterfind(f"{_X}numFmts/{_X}numFmt"):
        key, code = integer(one.get("numFmtId")), one.get("formatCode")
        if key is not None and code:
            codes[key] = code
    fonts = [_font(one) for one in root.iterfind(f"{_X}fonts/{_X}font")]
    fills = [_fill(one) for one in root.iterfind(f"{_X}fills/{_X}fill")]
    looks = []
    for one in root.iterfind(f"{_X}cellXfs/{_X}xf"):
        font, fill = integer(one.get("fontId")) or 0, integer(one.get("fillId")) or 0
        bold, size = fonts[font] if 0 <= font < len(fonts) else (False, _USUAL_SIZE)
        colour = fills[fill] if 0 <= fill < len(fills) else ""
        looks.append(Look(bold, size, colour, codes.get(integer(one.get("numFmtId")) or 0, "General")))
    return looks


def _font(font: etree._Element) -> tuple[bool, float]:
    bold, size = font.find(f"{_X}b"), font.find(f"{_X}sz")
    try:
        points = float(size.get("val") or _USUAL_SIZE) if size is not None else _USUAL_SIZE
    except ValueError:
        points = _USUAL_SIZE
    return bold is not None and bold.get("val") not in {"0", "false"}, points


def _fill(fill: etree._Element) -> str:
    pattern, gradient = fill.find(f"{_X}patternFill"), fill.find(f"{_X}gradientFill")
    if pattern is None or pattern.get("patternType") != "solid":
        return "" if gradient is None else "gradient"
    shade = pattern.find(f"{_X}fgColor")
    if shade is None:
        return ""
    colour = ":".join(f"{key}:{shade.get(key)}" for key in ("rgb", "theme", "indexed", "tint") if shade.get(key))
    return "" if colour in _WHITE else colour
