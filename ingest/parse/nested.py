"""Reads the files inside a file: attachments, embedded workbooks, files within those, to a bounded depth.

Each becomes a temporary file that goes through the same dispatch as any other, so an attachment is read as well as the
document it could have been, and fails with the same advice.
"""

import hashlib
import re
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.document import Element, Locator, ParsedDocument, Unread
from ingest.errors import DataDirNotWritable, DocumentError, DocumentTooLarge
from ingest.parse.containers import ZIP_MAGICS
from ingest.parse.context import Context
from ingest.parse.dispatch import KNOWN_EXTENSIONS, parse_file
from ingest.parse.file_names import ARCHIVE, extension
from ingest.parse.gathered import Gathered
from ingest.parse.places import move_document
from ingest.parse.unpack import Unpacking, is_package
from ingest.said import Said

DEEPEST = 3
"""Files within files within files: what is deeper is named as unread."""
MOST_FILES = 200
"""Files inside one document, at all depths."""
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
_LONGEST_NAME_BYTES = 180
_SAVE_ALL = "Save the files inside it to a folder and ingest that."


@dataclass
class _Budget:
    """What is left for the files inside one document."""

    files: int
    bytes: int


@dataclass(frozen=True)
class NestedFiles:
    """The `NestedReader` of one document.

    `around` holds the digests of the files that this one is inside of, itself included: a file that holds itself is
    read once.
    """

    context: Context
    around: tuple[bytes, ...]
    budget: _Budget

    def read(self, name: str, content: bytes, place: Locator) -> ParsedDocument:
        """As `NestedReader` says. A heading with the file's name stands above what the file holds."""
        return self._read(shown_name(name), content, place)

    def _read(self, shown: str, content: bytes, place: Locator) -> ParsedDocument:
        outside = place.model_copy(update={"within": (*place.within, shown)})
        digest = _digest(content)
        refusal = self._refusal(shown, digest, len(content))
        if refusal:
            return ParsedDocument(elements=(), unread=(refusal.model_copy(update={"locator": outside}),))
        self.budget.files -= 1
        self.budget.bytes -= len(content)
        deeper = replace(self, around=(*self.around, digest))
        try:
            with written_file(shown, content) as path:
                if content.startswith(ZIP_MAGICS) and zipfile.is_zipfile(path) and not is_package(path):
                    document = deeper._read_members(path, shown)
                else:
                    document = parse_file(path, replace(self.context, nested=deeper))[1]
        except DocumentError as error:
            unread = Unread(message=error.message, hint=error.hint, locator=outside)
            return ParsedDocument(elements=(), unread=(unread,))
        return _hang(document, shown, place)

    def _read_members(self, archive: Path, shown: str) -> ParsedDocument:
        """What the documents in a zip archive say, each named by its path in the archive. Raises a `DocumentError`."""
        found = Gathered()
        with tempfile.TemporaryDirectory(prefix="caselore-") as folder:
            unpacking = Unpacking(
                is_wanted, most_bytes=max(self.budget.bytes, 0), most_file_bytes=self.context.max_bytes
            )
            try:
                unpacking.unpack(archive, Path(folder), shown)
            except DataDirNotWritable as error:
                raise DocumentTooLarge(
                    Said("{shown} could not be unpacked to be read: {message}", shown=shown, message=error.message),
                    "Make room in the temporary folder.",
                ) from error
            members = sorted(path for path in Path(folder).rglob("*") if path.is_file())
            for at, path in enumerate(members):
                if not self.budget.files:
                    more = Said(
                        "{count} files in {shown} were not read: more than {most_files} in all.",
                        count=len(members) - at,
                        shown=shown,
                        most_files=MOST_FILES,
                    )
                    found.unread.append(Unread(message=more, hint=_SAVE_ALL))
                    break
                member = path.relative_to(folder).as_posix()
                found.take(self._read(member, path.read_bytes(), Locator(kind="section")))
        found.unread += (
            Unread(message=one.error, hint=one.hint, locator=Locator(kind="section", within=(one.name,)))
            for one in unpacking.not_taken
        )
        if unpacking.passed_over:
            message = Said(
                "{passed_over} files in {shown} are of kinds that are no documents.",
                passed_over=unpacking.passed_over,
                shown=shown,
            )
            found.unread.append(Unread(message=message, hint="Look whether something is missing."))
        return found.document()

    def _refusal(self, name: str, digest: bytes, size: int) -> Unread | None:
        if digest in self.around:
            return Unread(
                message=Said("{name} is inside itself; it was read once.", name=name), hint="Nothing needs to be done."
            )
        if len(self.around) > DEEPEST:
            return Unread(
                message=Said(
                    "{name} lies more than {deepest} files deep and was not read.", name=name, deepest=DEEPEST
                ),
                hint="Save it as a file of its own and ingest that.",
            )
        if not self.budget.files:
            return Unread(
                message=Said(
                    "{name} was not read: the document holds more than {most_files} files.",
                    name=name,
                    most_files=MOST_FILES,
                ),
                hint=_SAVE_ALL,
            )
        if size > self.budget.bytes:
            return Unread(
                message=Said(
                    "{name} was not read: the files inside the document are larger than what is taken in all.",
                    name=name,
                ),
                hint="Save it as a file of its own and ingest that, or raise CASELORE_MAX_FILE_MB.",
            )
        return None


def reading_inside(context: Context, path: Path) -> Context:
    """`context` for reading the document at `path`, with the files inside it read too.

    They may have `max_bytes` in all. Raises `OSError` when `path` cannot be read.
    """
    budget = _Budget(MOST_FILES, context.max_bytes)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").digest()
    return replace(context, nested=NestedFiles(context, (digest,), budget))


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def shown_name(name: str) -> str:
    """The name without folders and without what a file system or a page would trip over."""
    last = re.split(r"[/\\]", name.strip().rstrip("/\\"))[-1]
    return _UNSAFE.sub(" ", last).strip(" .") or "附件"


def is_wanted(name: str) -> bool:
    """Whether a member of an archive that has this name is read: a document, or another archive."""
    return extension(Path(name)) in KNOWN_EXTENSIONS | {ARCHIVE}


@contextmanager
def written_file(name: str, content: bytes) -> Iterator[Path]:
    """A file of this content; its name is `name` without folders, cut to what a file system takes."""
    path = Path(name)
    suffix = path.suffix[:12]
    room = _LONGEST_NAME_BYTES - len(suffix.encode())
    stem = path.stem.encode("utf-8", "replace")[:room].decode("utf-8", "ignore")
    with tempfile.TemporaryDirectory(prefix="caselore-") as folder:
        written = Path(folder) / f"{stem or 'x'}{suffix.encode('utf-8', 'replace').decode()}"
        written.write_bytes(content)
        yield written


def _hang(document: ParsedDocument, name: str, place: Locator) -> ParsedDocument:
    """The nested document in its place: below a heading with its name, below the headings of the place."""
    above = (*place.headings, name)
    depth = len(above)

    def moved(inner: Locator) -> Locator:
        within = (*place.within, name, *inner.within)
        return inner.model_copy(update={"headings": (*above, *inner.headings), "within": within})

    title = Element(kind="heading", text=name, level=depth, locator=place.model_copy(update={"headings": above}))
    hung = move_document(document, moved, deeper=depth)
    return ParsedDocument(elements=(title, *hung.elements), left_out=hung.left_out, unread=hung.unread)
