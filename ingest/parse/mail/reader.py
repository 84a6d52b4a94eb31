"""Makes a document of a mail: what its header states, its texts with earlier mails told apart, its files.

unstructured's partition_email was measured first on mails with known content: it takes merged cells apart without a
trace, takes any short Chinese line for a title, gives no parts and loses what wrong charset labels hide.
"""

from collections.abc import Iterator

from ingest.document import Element, Locator, ParsedDocument, Properties, Unread
from ingest.parse.context import Context
from ingest.parse.gathered import Gathered
from ingest.parse.headings import HeadingPath
from ingest.parse.mail import body, calendar, history
from ingest.parse.mail.letter import Letter, Part
from ingest.said import Said

_WHY_SEALED = {
    "encrypted": ("is encrypted", "Open it in a mail program that has the key, and save the decrypted mail."),
    "signed": (
        "is signed in a way that wraps the text",
        "Open it in a mail program and save the text without signature.",
    ),
    "object": (
        "is an object that only its own program reads",
        "Open the message, save the object as a file and ingest that.",
    ),
    "tnef": (
        "is packed by Outlook (winmail.dat)",
        "Ask the sender to send it as HTML or plain text, or save it in Outlook.",
    ),
}


def read_letter(letter: Letter, context: Context) -> ParsedDocument:
    """Everything the mail says. The subject is the top heading; locators name the header field or the part."""
    found = Gathered()
    headings = HeadingPath()
    found.elements += _envelope(letter, headings)
    top = headings.path
    shown: set[str] = set()
    for text in letter.texts:
        own = HeadingPath()
        if letter.subject:
            own.enter(letter.subject, 1)
        said = body.read(text, own, letter.pictures, context)
        shown |= body.shown_in(text, letter.pictures)
        told = history.mark(said.elements, top)
        found.take(said.model_copy(update={"elements": told.elements, "left_out": (*said.left_out, *told.left_out)}))
    for part in letter.calendars:
        place = _place(top, part)
        lines = calendar.lines(part.content, part.charset)
        found.elements += (Element(kind="paragraph", text=line, locator=place) for line in lines)
    for part in letter.pictures:
        if part.number not in shown:
            name = part.name or f"picture {part.number}"
            found.take(context.picture(part.content, _place(top, part).model_copy(update={"picture": name})))
    for part in letter.files:
        found.take(context.inside(part.name or f"part {part.number}", part.content, _place(top, part)))
    found.unread += (_sealed(part, why, _place(top, part)) for part, why in letter.sealed)
    return found.document(_properties(letter))


def _envelope(letter: Letter, headings: HeadingPath) -> Iterator[Element]:
    """Subject, sender, recipients and date, labelled as mail programs show them."""
    if letter.subject:
        level = headings.enter(letter.subject, 1)
        place = Locator(kind="section", headings=headings.path, part="Subject")
        yield Element(kind="heading", text=letter.subject, level=level, locator=place)
    for line in letter.stated:
        place = Locator(kind="section", headings=headings.path, part=line.field)
        yield Element(kind="paragraph", text=f"{line.label}：{line.value}", locator=place)


def _place(top: tuple[str, ...], part: Part) -> Locator:
    return Locator(kind="section", headings=top, part=part.number)


def _sealed(part: Part, why: str, place: Locator) -> Unread:
    what, hint = _WHY_SEALED[why]
    return Unread(
        message=Said("Part {part} {what} and was not read.", part=f"{part.number} {part.name}".strip(), what=what),
        hint=hint,
        locator=place,
    )


def _properties(letter: Letter) -> Properties:
    author = next((line.value for line in letter.stated if line.field == "From"), None)
    date = f"{letter.sent:%Y-%m-%d %H:%M}" if letter.sent else None
    return Properties(title=letter.subject or None, author=author, date=date, doc_type="邮件")
