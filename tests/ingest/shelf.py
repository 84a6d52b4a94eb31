"""A folder of small documents and the library over it, for the tests of ingest."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.document import DocumentMeta
from ingest.index.lock import Holder
from ingest.library import Library
from ingest.pipeline import ingest
from ingest.report import IngestReport
from ingest.settings import Settings

SECTIONS = 12


def text_of(name: str, sections: int = SECTIONS) -> str:
    """A Markdown document that becomes one chunk per section, each with the words 双活架构 and `name` in it."""
    body = (
        f"## {n}. 第{n}节\n\n{name} 的双活架构第 {n} 项：" + f"数据同步与切换步骤 {name}-{n}。" * 20
        for n in range(sections)
    )
    return f"# {name}方案\n\n" + "\n\n".join(body) + "\n"


class Shelf:
    """Documents in `docs`, what is made of them in `data`."""

    def __init__(self, folder: Path) -> None:
        self.docs = folder / "docs"
        self.settings = Settings(data_dir=folder / "data", embed_model="hashing", _env_file=None)

    def put(self, name: str, text: str | bytes) -> Path:
        """Write a file below `docs`."""
        path = self.docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    @contextmanager
    def library(self, **changed: object) -> Iterator[Library]:
        """The library, with some settings changed."""
        with Library(self.settings.model_copy(update=changed), Holder("test"), create=True) as library:
            yield library

    def ingest(self, *paths: Path, prune: bool = False, **changed: object) -> IngestReport:
        """One run over `docs` (or the paths given), after which all that can be seen is whole."""
        with self.library(**changed) as library:
            report = ingest(library, paths or [self.docs], prune=prune)
            assert_whole(library)
        return report

    def documents(self) -> dict[str, DocumentMeta]:
        """What can be seen, by path."""
        with self.library() as library:
            return {meta.path: meta for meta, _ in library.registry.documents()}

    def stored(self) -> dict[str, int]:
        """Chunks in the store by document id, seen or not."""
        with self.library() as library:
            return library.store.facet("document_id")


def assert_whole(library: Library) -> None:
    """Every document that can be seen has all its chunks in the store, each once, with the metadata of now."""
    with library.reading() as visible:
        seen = list(library.store.scroll(visible))
    held = {meta.id: (meta, chunks) for meta, chunks in library.registry.documents()}
    sequences: dict[str, list[int]] = {key: [] for key in held}
    for stored in seen:
        assert stored.document == held[stored.document.id][0]
        sequences[stored.document.id].append(stored.chunk.seq)
    assert {key: sorted(found) for key, found in sequences.items()} == {
        key: list(range(chunks)) for key, (_, chunks) in held.items()
    }


def counts(report: IngestReport) -> dict[str, int]:
    """The outcomes that occurred."""
    return {outcome: number for outcome, number in report.documents.items() if number}


def environment(shelf: Shelf, **more: str) -> dict[str, str]:
    """The environment of a `caselore` process that works on the shelf."""
    mine = {name: value for name, value in os.environ.items() if not name.startswith("CASELORE_")}
    return mine | {"CASELORE_DATA_DIR": str(shelf.settings.data_dir), "CASELORE_EMBED_MODEL": "hashing"} | more
