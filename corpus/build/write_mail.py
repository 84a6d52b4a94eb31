"""A manuscript as a mail with attachments: `from`, `to`, `cc`, `sent` (RFC 5322), `subject` stand in its head."""

import hashlib
import mimetypes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from manuscript import Manuscript


def write(one: Manuscript, path: Path) -> None:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = one.meta["from"], one.meta["to"]
    if "cc" in one.meta:
        mail["Cc"] = one.meta["cc"]
    mail["Subject"], mail["Date"] = one.meta["subject"], one.meta["sent"]
    stamp = hashlib.sha256(path.name.encode()).hexdigest()
    mail["Message-ID"] = f"<{stamp[:16]}@mail.example>"
    mail.set_content(one.body.lstrip("\n").replace("**", ""), cte="base64")
    for name in filter(None, one.meta.get("attach", "").split(", ")):
        kind = (mimetypes.guess_type(name)[0] or "application/octet-stream").split("/")
        mail.add_attachment((one.inside / name).read_bytes(), *kind, filename=name)
    if mail.is_multipart():
        mail.set_boundary(f"=_{stamp[16:40]}")
    path.write_bytes(mail.as_bytes())
