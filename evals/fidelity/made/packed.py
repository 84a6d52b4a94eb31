"""Files of files: archives with folders and Chinese names, an archive in an archive, e-books."""

import zipfile
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from evals.fidelity.fact import MadeFile
from evals.fidelity.made import docx_tables, sheets, texts, web

_GBK_NAME = "旧系统导出.txt".encode("gbk")


def archive(folder: Path) -> MadeFile:
    """Documents in folders, names in GBK as Chinese Windows writes them, and an archive inside."""
    made = MadeFile(folder / "zip_handover.zip", "zip", "Python's zipfile, one name in GBK")
    with TemporaryDirectory() as scratch, zipfile.ZipFile(made.path, "w", zipfile.ZIP_DEFLATED) as bundle:
        for maker, name in ((sheets.sizing, "评估/算力评估.xlsx"), (docx_tables.merged, "设计/同步链路.docx"),
                            (texts.gbk_text, "纪要/会议纪要.txt")):  # fmt: skip
            member = maker(Path(scratch))
            bundle.writestr(name, member.path.read_bytes())
            made.within(name, member.facts[:6])
        inner = BytesIO()
        page = web.word_html(Path(scratch))
        with zipfile.ZipFile(inner, "w") as nested:
            nested.writestr("配额.html", page.path.read_bytes())
        bundle.writestr("内层.zip", inner.getvalue())
        inside = MadeFile(page.path, "zip", "")
        inside.within("配额.html", page.facts)
        made.within("内层.zip", inside.facts)
        text = "旧系统导出文件写明字段共四十一个"
        bundle.writestr("x" * len(_GBK_NAME), text.encode("gbk"))
        made.plant("member with a name in GBK", text, {"within": ("旧系统导出.txt",)})
    # zipfile writes UTF-8 only; Chinese Windows does not.
    made.path.write_bytes(made.path.read_bytes().replace(b"x" * len(_GBK_NAME), _GBK_NAME))
    return made


_PAGE = '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{0}</title></head>\n<body>{1}</body></html>'


def book(folder: Path) -> MadeFile:
    """An EPUB 3 whose spine is not in the order of its files; its contents page is left out."""
    made = MadeFile(folder / "epub_manual.epub", "epub", "written by hand, EPUB 3")
    chapters = []
    for number in range(1, 5):
        title = made.plant("heading", f"第{number}讲 巡检要点{number * 7}", kind="heading")
        text = made.plant(
            "paragraph under headings", f"巡检第{number * 7}项须双人复核并拍照留存", {"headings": (title,)}
        )
        value = made.plant("table", f"{number * 19}分钟", key=f"巡检岗{number}", column="时限")
        table = (
            f"<table>\n<tr><th>岗位</th><th>时限</th></tr>\n<tr><td>巡检岗{number}</td><td>{value}</td></tr>\n</table>"
        )
        chapters.append(_PAGE.format(title, f"<h1>{title}</h1>\n<p>{text}。</p>\n{table}"))
    order = (3, 1, 4, 2)  # the files' names do not follow the reading order
    items = "".join(
        f'<item id="c{at}" href="text/part{name}.xhtml" media-type="application/xhtml+xml"/>'
        for at, name in enumerate(order, 1)
    )
    spine = "".join(f'<itemref idref="c{at}"/>' for at in range(1, 5))
    made.keep_out("contents page", "导航目录独有的词条")
    nav = _PAGE.format(
        "目录",
        '<nav xmlns:epub="http://www.idpf.org/2007/ops" epub:type="toc"><ol><li><a href="text/part3.xhtml">导航目录独有的词条</a></li></ol></nav>',
    )
    package = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"><metadata '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">x</dc:identifier><dc:title>巡检手册</dc:title>'
        '<dc:language>zh</dc:language><dc:creator>贺川</dc:creator></metadata><manifest><item id="nav" href="nav.xhtml" '
        f'properties="nav" media-type="application/xhtml+xml"/>{items}</manifest><spine>{spine}</spine></package>'
    )
    container = (
        '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    with zipfile.ZipFile(made.path, "w") as file:
        file.writestr("mimetype", "application/epub+zip")
        file.writestr("META-INF/container.xml", container)
        file.writestr("OEBPS/content.opf", package)
        file.writestr("OEBPS/nav.xhtml", nav)
        for name, chapter in zip(order, chapters, strict=True):
            file.writestr(f"OEBPS/text/part{name}.xhtml", chapter)
    return made
