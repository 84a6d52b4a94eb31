"""`python -m evals.bench aside KIND SOURCE DIR`: a question set that nothing was tuned on, as a BEIR-style folder.

KIND `squad`: SOURCE is a reading-comprehension file of SQuAD's form (DRCD, CMRC): its paragraphs are the passages.
KIND `faq`: SOURCE is a folder of Markdown documentation: headings that end in a question mark are the questions, the
text below them answers, and is told without its heading; all else in the folder is there to be mistaken for it.
"""

import argparse
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from markdown_it import MarkdownIt

from evals.show import console

LONGEST = 800
"""Characters of a passage made of documentation; a longer section is cut between paragraphs."""

SHORTEST = 20
"""Characters below which a section says nothing to be found."""

_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True)
class Asked:
    """A question and the passages that answer it."""

    text: str
    gold: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """A passage."""

    id: str
    title: str
    text: str


def main() -> None:
    """Write the folder, and say how much there is in it."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench aside", description=__doc__)
    parser.add_argument("kind", choices=("squad", "faq"))
    parser.add_argument("source", type=Path, metavar="SOURCE")
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--of", type=int, default=1, help="faq: keep one in N files that ask nothing")
    options = parser.parse_args()
    if options.kind == "squad":
        passages, questions = from_squad(json.loads(options.source.read_text("utf-8-sig")))
    else:
        passages, questions = from_documentation(options.source, options.of)
    write(options.folder, passages, questions)
    console().print(f"{options.folder}: {len(passages):,} passages, {len(questions):,} questions")


def from_squad(held: dict[str, Any]) -> tuple[list[Told], list[Asked]]:
    """The paragraphs and their questions."""
    passages: list[Told] = []
    questions: list[Asked] = []
    for article in held["data"]:
        for paragraph in article["paragraphs"]:
            passages.append(Told(f"p{len(passages)}", article.get("title", ""), paragraph["context"]))
            questions += [Asked(one["question"], (passages[-1].id,)) for one in paragraph["qas"]]
    return passages, questions


def from_documentation(root: Path, one_in: int = 1) -> tuple[list[Told], list[Asked]]:
    """The sections of a folder's Markdown files, and the questions among their headings; of files that ask nothing one
    in `one_in`, chosen by the hash of its path. What is hidden (`.github`) is no documentation.
    """
    passages: list[Told] = []
    answers: dict[str, list[str]] = {}
    for file in sorted(root.rglob("*.md")):
        path = file.relative_to(root).as_posix()
        if path.startswith(".") or "/." in path:
            continue
        title, sections = _sections(file.read_text("utf-8"))
        if not any(_asks(heading) for heading, _ in sections) and crc32(path.encode()) % one_in:
            continue
        for heading, text in sections:
            asks = _asks(heading)
            for piece in _cut(text):
                told = piece if asks else f"{heading}\n{piece}"
                passages.append(Told(f"{path}#{len(passages)}", title, told))
                if asks:
                    answers.setdefault(heading, []).append(passages[-1].id)
    return passages, [Asked(question, tuple(gold)) for question, gold in answers.items()]


def write(folder: Path, passages: Iterable[Told], questions: Iterable[Asked]) -> None:
    """`corpus.jsonl`, `queries.jsonl` and `qrels.tsv`."""
    folder.mkdir(parents=True, exist_ok=True)
    numbered = [(f"q{at}", one) for at, one in enumerate(questions)]
    rows = ({"_id": one.id, "title": one.title, "text": one.text} for one in passages)
    asked = ({"_id": key, "text": one.text, "answerable": True} for key, one in numbered)
    for name, lines in (("corpus", rows), ("queries", asked)):
        told = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        (folder / f"{name}.jsonl").write_text(told, "utf-8")
    judged = "".join(f"{key}\t{passage}\t1\n" for key, one in numbered for passage in one.gold)
    (folder / "qrels.tsv").write_text(f"query-id\tcorpus-id\tscore\n{judged}", "utf-8")


def _asks(heading: str) -> bool:
    return heading.endswith(("？", "?"))


def _sections(markdown: str) -> tuple[str, list[tuple[str, str]]]:
    """The title, and each heading with the text between it and the next one."""
    lines = re.sub(r"\A---\n.*?\n---\n", "", markdown, flags=re.DOTALL).splitlines()
    parsed = MarkdownIt().parse("\n".join(lines))
    heads = [
        (at.map[0], at.map[1], _plain(parsed[n + 1].content))
        for n, at in enumerate(parsed)
        if at.type == "heading_open" and at.map
    ]
    ends = [*(start for start, _, _ in heads), len(lines)][1 : len(heads) + 1]
    sections = [(head, _plain("\n".join(lines[end:to]))) for (_, end, head), to in zip(heads, ends, strict=True)]
    return (heads[0][2] if heads else ""), [(head, text) for head, text in sections if len(text) >= SHORTEST]


def _plain(text: str) -> str:
    return _LINK.sub(r"\1", text).strip()


def _cut(text: str) -> Iterator[str]:
    held = ""
    for paragraph in filter(str.strip, re.split(r"\n\s*\n", text)):
        if held and len(held) + len(paragraph) > LONGEST:
            yield held
            held = ""
        held = f"{held}\n{paragraph}".strip()
    if held:
        yield held


if __name__ == "__main__":
    main()
