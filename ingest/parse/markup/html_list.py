"""What stands in front of an HTML list item, as the reader sees it; and which lists are tables of contents."""

from ingest.parse.markup.html_text import Node, is_hidden, tag_of

_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def marker(item: Node) -> str:
    """The bullet or number of an `li`, from its list's `type` and `start` and its own `value`."""
    parent = item.getparent()
    if parent is None or tag_of(parent) != "ol":
        return "•"
    items = [one for one in parent if tag_of(one) == "li" and not is_hidden(one)]
    if parent.get("reversed") is not None:
        number = _whole(parent.get("start"), len(items)) - items.index(item)
    else:
        number = _whole(parent.get("start"), 1)
        for one in items:
            number = _whole(one.get("value"), number)
            if one is item:
                break
            number += 1
    return f"{_numeral(number, parent.get('type', '1'))}."


def is_contents(node: Node) -> bool:
    """Whether the list is nothing but links within the page."""
    links = [link for link in node.iter("a") if (link.get("href") or "").startswith("#")]
    linked = "".join("".join(map(str, link.itertext())) for link in links)
    text = "".join(map(str, node.itertext()))
    return bool(linked.strip()) and "".join(linked.split()) == "".join(text.split())


def _whole(stated: str | None, otherwise: int) -> int:
    try:
        return int(stated or "")
    except ValueError:
        return otherwise


def _numeral(number: int, kind: str) -> str:
    if kind in ("a", "A") and 0 < number <= 26:
        return chr(ord(kind) + number - 1)
    if kind in ("i", "I") and 0 < number < 40:
        left, roman = number, ""
        for value, letters in _ROMAN:
            roman += letters * (left // value)
            left %= value
        return roman if kind == "i" else roman.upper()
    return str(number)
