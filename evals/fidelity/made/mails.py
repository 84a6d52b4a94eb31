"""Mails: alternatives, histories, attachments of all kinds, old encodings."""

from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory

from evals.fidelity.fact import MadeFile
from evals.fidelity.made import docx_tables, pages, sheets


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
