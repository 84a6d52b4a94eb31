"""Finds the earlier mails that are quoted below a mail's own text, and takes each of their texts once.

Whoever reads an answer must see that a figure stands in the mail that was answered, not in the answer: what is quoted
gets a heading of its own with its sender and date.
"""

import re
from collections.abc import Sequence

from ingest.document import Element, LeftOut, Locator, ParsedDocument
from ingest.parse.places import move_element

_RULED = re.compile(
    r"[-—_=*\s]*(?:原始邮件|原邮件|原始信件|回复的原邮件|转发(?:的)?邮件(?:信息)?|被转发邮件信息|Original Message|"
    r"Forwarded [Mm]essage|Begin forwarded message)[-—_=*：:\s]*"
)
_SENDER = re.compile(r"[*\s]*(?:发件人|发信人|From)[*\s]*[:：]\s*(?P<value>.*)")
_SENT = re.compile(r"[*\s]*(?:发送时间|发送日期|日期|时间|Sent|Date)[*\s]*[:：]\s*(?P<value>.*)")
_WROTE = re.compile(
    r"(?:在\s*)?(?P<date>\d{4}[-年/.]\d.{0,40}?\d{1,2}:\d{2}(?::\d{2})?)[\s，,]*(?P<sender>.{1,80}?)\s*(?:写道|来信)\s*[:：]|"
    r"On\s(?P<on>.{6,60}?\d{4}(?:,?(?:\sat)?\s\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AP]M)?)?),?\s(?P<by>[^,]{1,80}?)\swrote:"
)
_HEADER = re.compile(
    r"[*\s]*(?:发件人|发信人|发送时间|发送日期|日期|时间|收件人|抄送|主题|From|Sent|Date|To|Cc|Subject)[*\s]*[:：]"
)
_HEADER_LINES = 5
_SHORTEST_REPEAT = 12


def mark(elements: Sequence[Element], subject: tuple[str, ...]) -> ParsedDocument:
    """The elements of a body with the quoted mails below headings of their own; a quoted text that stands in the mail
    already is left out. `subject` are the headings of the body's own top.
    """
    marked: list[Element] = []
    left_out: list[LeftOut] = []
    seen: set[str] = set()
    title = ""
    before: tuple[str, ...] = ()
    header_ends = 0
    for at, element in enumerate(elements):
        opened = _opened(elements, at) if at >= header_ends else ""
        if opened:
            title, before, header_ends = opened, element.locator.headings, at + _header_length(elements, at)
            place = element.locator.model_copy(update={"headings": (*subject, title)})
            marked.append(Element(kind="heading", text=title, level=len(subject) + 1, locator=place))
        if not title:
            marked.append(element)
            seen.add(_bare(element))
            continue
        moved = _moved(element, subject, title, before)
        text = _bare(element)
        if len(text) >= _SHORTEST_REPEAT and text in seen and at >= header_ends:
            left_out.append(LeftOut(reason="repeated", text=_shown(element), locator=moved.locator))
        else:
            marked.append(moved)
            seen.add(text)
    return ParsedDocument(elements=tuple(marked), left_out=tuple(left_out))


def _opened(elements: Sequence[Element], at: int) -> str:
    """The heading of the quoted mail that begins at this element; empty where none begins."""
    text = elements[at].text
    wrote = _WROTE.fullmatch(text.strip())
    if wrote:
        return _title(wrote["sender"] or wrote["by"], wrote["date"] or wrote["on"])
    near = [element.text for element in elements[at : at + _HEADER_LINES + 1]]
    sender = next((found["value"] for one in near if (found := _SENDER.match(one))), "")
    sent = next((found["value"] for one in near if (found := _SENT.match(one))), "")
    if _RULED.fullmatch(text) or (_SENDER.match(text) and sent):
        return _title(sender, sent)
    return ""


def _header_length(elements: Sequence[Element], at: int) -> int:
    """How many elements the quoted mail's header takes, so that its lines open no further mail."""
    length = 1
    for element in elements[at + 1 : at + 3 + _HEADER_LINES]:
        if not _HEADER.match(element.text):
            break
        length += 1
    return length


def _title(sender: str, sent: str) -> str:
    said = " ".join(part.strip(" *") for part in (sender, sent) if part.strip(" *"))
    return f"原始邮件：{said}"[:120] if said else "原始邮件"


def _moved(element: Element, subject: tuple[str, ...], title: str, before: tuple[str, ...]) -> Element:
    """The element below the quoted mail's heading; headings that stood above the quote do not reach into it."""

    def moved(place: Locator) -> Locator:
        found = place.headings
        shared = 0
        while shared < min(len(found), len(before)) and found[shared] == before[shared]:
            shared += 1
        return place.model_copy(update={"headings": (*subject, title, *found[max(shared, len(subject)) :])})

    return move_element(element, moved, deeper=1)


def _shown(element: Element) -> str:
    if element.table is None:
        return element.text
    return "\n".join(" | ".join(cells) for cells in (element.table.header, *(row.cells for row in element.table.rows)))


def _bare(element: Element) -> str:
    return "".join(_shown(element).split())
