"""The colours of a slide: those of its theme, and what a shape makes of them (ECMA-376 part 1, 20.1.2.3)."""

import colorsys
import re
from collections.abc import Mapping

from lxml import etree

from ingest.parse.office.ooxml import child, elements, integer, q
from ingest.parse.office.parts import Parts

_HEX = re.compile(r"[0-9A-Fa-f]{6}")
_WHOLE = 100_000
_NAMED = {"black": "000000", "white": "FFFFFF", "red": "FF0000", "blue": "0000FF", "yellow": "FFFF00", "gray": "808080"}
_USUAL_MAP = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}


class Theme:
    """The colours that names like `accent1` and `tx1` stand for on the slide at the part `slide`."""

    def __init__(self, parts: Parts, slide: str) -> None:
        layout = next(iter(parts.by_kind(slide, "slideLayout")), slide)
        master = next(iter(parts.by_kind(layout, "slideMaster")), layout)
        theme = next(iter(parts.by_kind(master, "theme")), "")
        root, stated = (parts.xml(theme) if theme else None), parts.xml(master)
        scheme = child(root, "a:themeElements", "a:clrScheme")
        self._colours = {
            etree.QName(one).localname: _stated(next(elements(one), None))
            for one in (() if scheme is None else scheme)
            if len(one)
        }
        mapped = child(stated, "p:clrMap")
        self._map: Mapping[str, str] = _USUAL_MAP | (
            {} if mapped is None else {str(key): str(value) for key, value in mapped.items()}
        )

    def fill(self, properties: etree._Element | None) -> str | None:
        """The colour (`#rrggbb`) that the properties fill with: of a gradient the first; `none` where they say so, None
        where they say nothing.
        """
        for one in elements(properties) if properties is not None else ():
            if one.tag == q("a:noFill"):
                return "none"
            if one.tag == q("a:solidFill"):
                return self.colour(one)
            if one.tag == q("a:gradFill"):
                return self.colour(child(one, "a:gsLst", "a:gs"))
        return None

    def colour(self, holder: etree._Element | None) -> str | None:
        """The colour (`#rrggbb`) inside an element such as `a:solidFill`."""
        stated = next(elements(holder), None) if holder is not None else None
        if stated is None:
            return None
        name = stated.get("val", "")
        base = _stated(stated)
        if stated.tag == q("a:schemeClr"):
            base = self._colours.get(self._map.get(name, name), "")
        return f"#{_changed(base, stated)}" if _HEX.fullmatch(base) else None


def _stated(colour: etree._Element | None) -> str:
    if colour is None:
        return ""
    name = colour.get("lastClr") or colour.get("val") or ""
    return name if _HEX.fullmatch(name) else _NAMED.get(name, "")


def _changed(base: str, stated: etree._Element) -> str:
    red, green, blue = (int(base[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, full = colorsys.rgb_to_hls(red, green, blue)
    for one in elements(stated):
        share = (integer(one.get("val")) or 0) / _WHOLE
        match etree.QName(one).localname:
            case "lumMod" | "shade":
                light *= share
            case "lumOff":
                light += share
            case "tint":
                light += (1 - light) * (1 - share)
            case "satMod":
                full *= share
    shown = colorsys.hls_to_rgb(hue, min(max(light, 0), 1), min(max(full, 0), 1))
    return "".join(f"{round(part * 255):02x}" for part in shown)
