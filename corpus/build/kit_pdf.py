"""PDF documents: a Word document of the kit, printed by LibreOffice with the Noto CJK fonts embedded as subsets."""

import tempfile
from pathlib import Path

import office
from kit_docx import Doc
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, ByteStringObject

FONTS = ("Noto Serif CJK SC", "Noto Sans CJK SC")
"""Pass these as `Doc(fonts=…)`: the PDF then shows the same glyphs wherever it is built."""


def save_pdf(doc: Doc, path: Path) -> None:
    """Prints `doc` to `path`; title, author and dates are those of the document."""
    with tempfile.TemporaryDirectory() as folder:
        word, printed = Path(folder) / f"{path.stem}.docx", Path(folder) / f"{path.stem}.pdf"
        doc.save(word)
        office.convert(word, printed, created=doc.created)
        writer = PdfWriter(clone_from=PdfReader(printed))
        stamp = f"D:{doc.created:%Y%m%d}090000+08'00'"
        writer.add_metadata({"/Title": doc.title, "/Author": doc.author, "/CreationDate": stamp, "/ModDate": stamp})
        fixed = ByteStringObject(path.stem.encode()[:16].ljust(16, b"0"))
        writer._ID = ArrayObject([fixed, fixed])
        writer.write(path)
