"""Mails: alternatives, histories, attachments of all kinds, old encodings."""

import struct
import zipfile
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from evals.fidelity.fact import MadeFile
from evals.fidelity.made import docx_tables, pages, sheets
from evals.fidelity.made.ole_file import Storage, container


def _mail(subject: str) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = subject, "沈知白 <shen@example.com>", "岳临 <yue@example.com>"
    mail["Date"] = "Thu, 09 Oct 2025 10:00:00 +0800"
    return mail


def plain(folder: Path) -> MadeFile:
    """A text body with the history below, in GB18030."""
    made = MadeFile(folder / "eml_plain.eml", "eml", "Python's email, GB18030 and base64")
    mail = _mail(made.plant("subject", "关于双活切换窗口的确认", {"part": "Subject"}))
    text = made.plant("body", "切换窗口定于十二月十三日凌晨两点", {"part": "1"})
    items = [made.plant("typed list in a mail", one, {"part": "1"}) for one in ("停止夜间跑批三小时", "坐席侧提前签出")]
    old = made.plant("history", "上一封写明窗口原定周五晚间", {"part": "1"})
    body = f"岳临：\n\n{text}。\n\n1. {items[0]}\n2. {items[1]}\n\n-----原始邮件-----\n发件人: 岳临\n\n{old}。\n"
    mail.set_content(body, charset="gb18030", cte="base64")
    made.path.write_bytes(mail.as_bytes())
    return made


def html_and_text(folder: Path) -> MadeFile:
    """The same said in text and in HTML: read once; a table in the HTML."""
    made = MadeFile(folder / "eml_alternative.eml", "eml", "Python's email, multipart/alternative")
    mail = _mail(made.plant("subject", "算力配额第三版报送", {"part": "Subject"}))
    text = made.plant("body", "配额第三版已按科技委意见调整")
    mail.set_content(f"{text}。\n推理池 37张卡\n")
    rows = "".join(
        f"<tr><td>{key}</td><td>{made.plant('table in a mail', value, key=key, column='配额')}</td></tr>"
        for key, value in (("推理池甲", "37张卡"), ("训练池乙", "24张卡"))
    )
    mail.add_alternative(
        f"<html><body><p>{text}。</p><table><tr><th>资源池</th><th>配额</th></tr>{rows}</table></body></html>",
        subtype="html",
    )
    made.path.write_bytes(mail.as_bytes())
    return made


def attachments(folder: Path) -> MadeFile:
    """A workbook, a Word file, a PDF, a text in GBK and a forwarded mail with an attachment of its own."""
    made = MadeFile(folder / "eml_attachments.eml", "eml", "Python's email with attachments")
    mail = _mail("交接材料汇总")
    mail.set_content(made.plant("body", "随信附上交接材料五份请查收", {"part": "1"}) + "。\n")
    inner = _mail("转发的原始邮件")
    inner.set_content(made.plant("mail inside a mail", "原始邮件写明冷备份保留七份") + "。\n")
    with TemporaryDirectory() as scratch:
        for maker, name in (
            (sheets.sizing, "算力评估.xlsx"),
            (docx_tables.merged, "同步链路.docx"),
            (pages.borderless, "费用.pdf"),
        ):
            attached = maker(Path(scratch))
            mail.add_attachment(
                attached.path.read_bytes(), maintype="application", subtype="octet-stream", filename=name
            )
            made.within(name, attached.facts[:6])
    note = "附件文本写明堡垒机账号九十天到期"
    mail.add_attachment(note.encode("gbk"), maintype="text", subtype="plain", filename="账号.txt")
    made.plant("text attached in GBK", note, {"within": ("账号.txt",)})
    mail.add_attachment(inner)
    made.path.write_bytes(mail.as_bytes())
    return made


def zipped(folder: Path) -> MadeFile:
    """Documents in a zip archive that hangs on a mail."""
    made = MadeFile(folder / "eml_zipped.eml", "eml", "Python's email, a zip attached")
    mail, bundle = _mail("评估材料打包"), BytesIO()
    mail.set_content(made.plant("body", "材料打成一个压缩包请查收", {"part": "1"}) + "。\n")
    with TemporaryDirectory() as scratch, zipfile.ZipFile(bundle, "w") as archive:
        member = sheets.sizing(Path(scratch))
        archive.writestr("评估/算力评估.xlsx", member.path.read_bytes())
        note = "压缩包里的说明写明口径截至九月"
        archive.writestr("说明.txt", note)
    inside = MadeFile(made.path, "zip", "")
    inside.within("评估/算力评估.xlsx", member.facts[:6])
    inside.plant("text in an archive", note, {"within": ("说明.txt",)})
    made.within("材料.zip", inside.facts)
    mail.add_attachment(bundle.getvalue(), maintype="application", subtype="zip", filename="材料.zip")
    made.path.write_bytes(mail.as_bytes())
    return made


_UNICODE, _BYTES, _STORAGE = "001F", "0102", "000D"


def _properties(header: int) -> bytes:
    """`__properties_version1.0` (MS-OXMSG 2.4) with the time of sending and code page 936."""
    sent = struct.pack("<HHIQ", 0x0040, 0x0039, 6, 134_037_558_000_000_000)
    return bytes(header) + sent + struct.pack("<HHIQ", 0x0003, 0x3FFD, 6, 936)


def _streams(**texts: str) -> dict[str, bytes]:
    return {f"__substg1.0_{tag[1:]}{_UNICODE}": text.encode("utf-16-le") for tag, text in texts.items()}


def outlook(folder: Path) -> MadeFile:
    """An Outlook message: subject, a plain body, a workbook attached, a message inside."""
    made = MadeFile(folder / "outlook.msg", "msg", "written by hand after MS-OXMSG")
    subject = made.plant("subject", "关于容量评估的复核意见", {"part": "Subject"})
    body = made.plant("body", "复核意见共四条均已采纳")
    inner_body = made.plant("mail inside a mail", "原始意见要求补充九月数据")
    inner = Storage({"__properties_version1.0": _properties(24), **_streams(p0037="原始意见", p1000=inner_body)})
    with TemporaryDirectory() as scratch:
        attached = sheets.sizing(Path(scratch))
        content = attached.path.read_bytes()
        made.within("算力评估.xlsx", attached.facts[:6])
    files = [
        Storage({"__properties_version1.0": bytes(8), **_streams(p3707="算力评估.xlsx"),
                 f"__substg1.0_3701{_BYTES}": content}),
        Storage({"__properties_version1.0": bytes(8), **_streams(p3001="原始意见")},
                {f"__substg1.0_3701{_STORAGE}": inner}),
    ]  # fmt: skip
    root = Storage(
        {"__properties_version1.0": _properties(32), **_streams(p0037=subject, p1000=body, p0C1A="沈知白")},
        {f"__attach_version1.0_#{at:08X}": file for at, file in enumerate(files)},
    )
    made.path.write_bytes(container(root))
    return made
