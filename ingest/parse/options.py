"""What a file is read with: the part of the settings that decides what a parser makes of it."""

from ingest.document import Value
from ingest.settings import Settings

MIB = 2**20


class ReadOptions(Value):
    """Crosses to the worker as JSON. `max_bytes` is the largest file taken; `formulas` asks for a cell's formula
    beside its value, `ocr` for the text in pictures and on scanned pages.
    """

    max_bytes: int = 200 * MIB
    formulas: bool = False
    ocr: bool = True

    @classmethod
    def of(cls, settings: Settings) -> "ReadOptions":
        """What the settings ask for."""
        return cls(max_bytes=settings.max_file_mb * MIB, ocr=settings.ocr)

    def shaping(self) -> dict[str, object]:
        """The options that change what is made of a file, rather than whether it is taken."""
        return self.model_dump(exclude={"max_bytes"})
