"""Documents written as manuscripts: a project's folder of `*.j2` files, filled in from its facts.

A manuscript begins with `key: value` lines between two `---`: `file` (its name in `documents/`, whose extension says
the format), `title`, `author`, `date`, `type`, `version`, and `manifest`, the fields that its row of the manifest has
(default: all it knows; `none` for a path only). `inside: yes` keeps a file out of `documents/`: it is an attachment
or archive member, named in another manuscript's `attach`. The rest is a Jinja template (jinja.palletsprojects.com)
whose variables are the names in the project's `facts.FACTS`; a manuscript that begins with `_` is only included.
"""

import importlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import blocks
import jinja2
from diagram import Diagram
from manifest import Entry

PROJECTS = Path(__file__).parent / "projects"
FIELDS = ("title", "author", "date", "version")
WRITERS = {
    "docx": "write_docx",
    "doc": "write_docx",
    "pdf": "write_docx",
    "pptx": "write_pptx",
    "xlsx": "write_xlsx",
    "xls": "write_xlsx",
    "html": "write_html",
    "eml": "write_mail",
    "zip": "write_zip",
}


@dataclass
class Manuscript:
    """One document to be: `body` is the text below the head, `inside` holds the files it may attach."""

    meta: dict[str, str]
    body: str
    facts: dict[str, Any]
    pictures: dict[str, Diagram]
    inside: Path

    @property
    def blocks(self) -> Iterator[blocks.Block]:
        return blocks.read(self.body)


def build(folder: str, out: Path) -> list[Entry]:
    """Writes all documents of the project in `projects/<folder>` and returns their manifest rows."""
    known = importlib.import_module(f"projects.{folder}.facts")
    environment = jinja2.Environment(  # noqa: S701 - it makes no web page
        loader=jinja2.FileSystemLoader(PROJECTS / folder),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    with tempfile.TemporaryDirectory() as inside:
        made = []
        for name in sorted(path.name for path in (PROJECTS / folder).glob("[!_]*.j2")):
            head, body = environment.get_template(name).render(known.FACTS).removeprefix("---\n").split("\n---\n", 1)
            meta = dict(line.split(": ", 1) for line in head.splitlines() if line.strip())
            made.append(Manuscript(meta, body, known.FACTS, getattr(known, "PICTURES", {}), Path(inside)))
        made.sort(key=lambda one: "inside" not in one.meta)
        return [entry for one in made if (entry := _write(one, out))]


def _write(one: Manuscript, out: Path) -> Entry | None:
    path = (one.inside if "inside" in one.meta else out) / one.meta["file"]
    form = path.suffix[1:]
    if form in WRITERS:
        importlib.import_module(WRITERS[form]).write(one, path)
    else:
        path.write_text(one.body.lstrip("\n"), encoding=one.meta.get("encoding", "utf-8"))
    return None if "inside" in one.meta else _entry(one)


def _entry(one: Manuscript) -> Entry:
    path = f"documents/{one.meta['file']}"
    wanted = one.meta.get("manifest", "type title author date version").split()
    if wanted == ["none"]:
        return Entry(path=path)
    fields = {key: one.meta[key] for key in FIELDS if key in wanted and key in one.meta}
    if "type" in wanted:
        fields["doc_type"] = one.meta["type"]
    return Entry(path=path, project=one.facts["project"], customer=one.facts["customer"], **fields)
