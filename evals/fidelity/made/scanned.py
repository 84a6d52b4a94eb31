"""Scans: pages that are pictures, upright and turned, one with a text layer, and pictures as files."""

from io import BytesIO
from pathlib import Path

from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from evals.fidelity.fact import MadeFile
from evals.fidelity.made.pictures import drawn

_PAGES = (
    ("切换演练于凌晨两点开始", "数据库主备切换耗时四分钟", "全部业务在九分钟内恢复"),
    ("会话索引重建用时半小时", "录音文件补传一千二百条", "演练期间未发生客户投诉"),
    ("遗留问题共三项均已登记", "下次演练定于三月下旬", "演练报告由贺川签发"),
)


def scan(folder: Path) -> MadeFile:
    """Three scanned pages; the second lies on its side, the third stands on its head."""
    made = MadeFile(folder / "scan_turned.pdf", "scan", "reportlab, pages as pictures of 150 dpi")
    page = canvas.Canvas(str(made.path), pagesize=A4)
    for number, lines in enumerate(_PAGES, 1):
        turned = (0, 90, 180)[number - 1]
        content, boxes = drawn(list(lines), size=44, turned=turned)
        picture = Image.open(BytesIO(content))
        sheet = Image.new("RGB", (1240, 1754), "white")
        sheet.paste(picture, (120, 200))
        out = BytesIO()
        sheet.save(out, "JPEG", quality=80)
        page.drawImage(ImageReader(out), 0, 0, A4[0], A4[1])
        page.showPage()
        scale = A4[0] / 1240
        for line, (x0, y0, x1, y1) in zip(lines, boxes, strict=True):
            box = tuple(scale * one for one in (x0 + 120, y0 + 200, x1 + 120, y1 + 200))
            made.plant(f"scan turned by {turned}°", line, {"page": number}, box=box)
    page.save()
    return made


def picture(folder: Path) -> MadeFile:
    """A photograph of a page as a file of its own."""
    made = MadeFile(folder / "scan_picture.png", "scan", "Pillow")
    lines = ["机房门禁换发名单", "酒仙桥机房共十一人", "软件园机房共七人"]
    content, boxes = drawn(lines, size=40)
    made.path.write_bytes(content)
    for line, box in zip(lines, boxes, strict=True):
        made.plant("picture as a document", line, box=box)
    return made
