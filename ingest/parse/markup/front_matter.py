"""Takes the front matter off a Markdown text: YAML, or the `标签：值` lines that people write in its place."""

import re
from dataclasses import dataclass

import frontmatter

from ingest.document import Properties
from ingest.labels import properties

_FENCED = re.compile(r"\A\s*---[ \t]*\n(?P<lines>.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_PAIR = re.compile(r"[*_]*(?P<label>[\w@ ]{1,20}?)[*_]*\s*[:：]\s*(?P<value>.*)")


@dataclass(frozen=True)
class FrontMatter:
    """What the front matter says, and the text after it, which begins after `lines` lines of the file."""

    properties: Properties
    body: str
    lines: int


def take_off(text: str) -> FrontMatter:
    """Split `text` (with `\\n` line ends). Without front matter, all of it is the body.

    A text that opens with a rule (`---`) and has another one further down is not front matter: nothing is cut off.
    """
    try:
        metadata, body = frontmatter.parse(text)
    except Exception:  # noqa: BLE001 - its YAML reader raises errors of many kinds for what is no front matter
        metadata, body = {}, text
    if metadata:
        start = len(text.rstrip()) - len(body)
        found = properties((str(label), value) for label, value in metadata.items())
        return FrontMatter(found, body, text.count("\n", 0, start))
    fenced = _FENCED.match(text)
    pairs = [_PAIR.fullmatch(line.strip()) for line in fenced["lines"].splitlines() if line.strip()] if fenced else []
    if not fenced or not pairs or not all(pairs):
        return FrontMatter(Properties(), text, 0)
    found = properties((pair["label"].strip("@ "), pair["value"]) for pair in pairs if pair)
    return FrontMatter(found, text[fenced.end() :], text.count("\n", 0, fenced.end()))
