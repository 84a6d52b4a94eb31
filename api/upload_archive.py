"""Uploaded zip archives: each document in one is taken by itself, by the rules of `caselore ingest`."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from api.upload_report import Taken, UntilStopped
from ingest.archives import Archives, is_archive
from ingest.errors import DocumentError, EmptyDocument
from ingest.library import Library
from ingest.metadata import read_manifest
from ingest.replace import replace_document
from ingest.said import Said
from ingest.source import SourceFile, is_mere_picture


@dataclass(frozen=True)
class UploadedArchives:
    """What lies in archives that were uploaded. What is unpacked of them and was not taken is deleted, so that all that
    lies there is documents, and what was removed from the library does not come back.
    """

    library: Library
    archives: Archives

    @classmethod
    def of(cls, library: Library) -> "UploadedArchives":
        """Those of a library."""
        return cls(library, Archives(library.settings))

    def is_one(self, path: Path) -> bool:
        """Whether an uploaded file is an archive, or an office document that somebody has named so."""
        return is_archive(path)

    def take(self, path: Path, taken: Taken, watcher: UntilStopped, *, again: bool = False) -> bool:
        """Take the documents of the archive; False when it is an office document that somebody has named `.zip`.

        With `again` only what was unpacked before is looked at, and nothing of it is deleted. Raises `DocumentError`
        when the archive cannot be opened or nothing of it can be taken, and what `replace_document` raises.
        """
        source = SourceFile(path, path.parent)
        manifests = {path.parent: read_manifest(path.parent)}
        opened = self.archives.open(self.library.parsers, [source], manifests, watcher, as_before=again)
        if source in opened.files:
            return False
        before = len(taken.documents)
        for place, error in opened.not_taken:
            if place == path:
                raise error
            taken.refuse(_named(path, place), error)
        taken.report.failures += opened.problems
        taken.report.passed_over += opened.passed_over
        watcher.opened(path, len(opened.files))
        for file in opened.files:
            watcher.check()
            shown = _named(path, Path(file.shown))
            watcher.tell("file", path=shown)
            try:
                outcome = replace_document(
                    self.library, file, opened.manifests[file.root], taken.report, watcher.about(shown)
                )
            except DocumentError as error:
                if not again:
                    file.path.unlink()
                if is_mere_picture(file, error, ocr=self.library.settings.ocr):
                    taken.report.pictures_passed_over += 1
                    watcher.tell("passed_over", path=shown)
                else:
                    taken.refuse(shown, error)
                continue
            taken.take(shown, self.library.registry.file_document(file.path) or "", outcome)
        if len(taken.documents) == before and not again:
            raise EmptyDocument(
                Said("{name} has no document in it that could be taken.", name=path.name),
                "Unpack it and look what is in it.",
            )
        return True

    def documents(self, path: Path) -> list[Path]:
        """The unpacked files of the archive that are registered."""
        return self.library.registry.files_under([self.archives.folder(path)])

    def is_in(self, path: Path) -> bool:
        """Whether the archive was unpacked, and all that was taken of it is in the library."""
        registry = self.library.registry
        ids = [registry.file_document(one) for one in self._files(path)]
        return bool(ids) and all(one is not None and registry.active_recipe(one) is not None for one in ids)

    def discard_member(self, path: Path, uploads: Path) -> Path | None:
        """Delete a file that was unpacked from an uploaded archive. Returns the archive, if it was that."""
        archive = self.archives.archive_of(path)
        if archive is None or not archive.is_relative_to(uploads):
            return None
        path.unlink(missing_ok=True)
        return archive

    def is_spent(self, archive: Path) -> bool:
        """Whether no document is left of the archive."""
        return next(self._files(archive), None) is None

    def forget(self, archive: Path) -> None:
        """Delete what was unpacked of the archive."""
        self.archives.drop(archive)

    def _files(self, archive: Path) -> Iterator[Path]:
        return self.archives.unpacked(archive)


def _named(archive: Path, shown: Path) -> str:
    """The path of a member as its sender knows it: by way of the archive's own name."""
    return shown.relative_to(archive.parent).as_posix()
