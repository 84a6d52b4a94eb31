"""What was filled into a form on a page, as text: pages of office systems hold their facts in fields."""

from ingest.parse.markup.html_text import BLOCKS, Node, tag_of

_WRITTEN = frozenset({"", "text", "number", "date", "datetime-local", "month", "time", "tel", "email", "url", "search"})
_LONG_BUTTON = 30  # characters: a button that says more, or holds blocks, is text in the wrong tag


def show_forms(root: Node) -> None:
    """Put the values of fields, the chosen options and the ticks in place of what they stand in."""
    for field in list(root.iter("input", "select", "textarea", "button")):
        match tag_of(field):
            case "input":
                _input(field)
            case "select":
                chosen = [one for one in field.iter("option") if one.get("selected") is not None]
                if chosen:
                    _become(field, "、".join(_text(one) for one in chosen))
            case "textarea":
                field.tag = "pre"
            case _ if len(_text(field)) > _LONG_BUTTON or any(tag_of(one) in BLOCKS for one in field.iter()):
                field.tag = "div"


def _input(field: Node) -> None:
    kind = field.get("type", "").strip().lower()
    if kind in ("checkbox", "radio"):
        _become(field, "☐" if field.get("checked") is None else "☑")
    elif kind in _WRITTEN and field.get("value", "").strip():
        _become(field, field.get("value", ""))


def _become(field: Node, text: str) -> None:
    for child in list(field):
        field.remove(child)
    field.tag, field.text = "span", text


def _text(node: Node) -> str:
    return " ".join("".join(map(str, node.itertext())).split())
