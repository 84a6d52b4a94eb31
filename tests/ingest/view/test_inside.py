import zipfile
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest

from ingest.errors import DocumentNotFound
from ingest.parse.context import Context
from ingest.parse.dispatch import parse_file
from ingest.parse.nested import reading_inside
from ingest.view.inside import take_out_in_worker
from tests.ingest.view.opened import Opened


def mail(path: Path) -> Path:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("附录/清单.md", "# 清单\n\n共 74 张卡。\n")
    message = EmailMessage()
    message["Subject"], message["To"], message["From"] = "资料", "a@example.com", "b@example.com"
    message.set_content("附件见下。")
    message.add_attachment(packed.getvalue(), maintype="application", subtype="zip", filename="资料.zip")
    path.write_bytes(bytes(message))
    return path


def take(path: Path, target: Path, *within: str) -> None:
    take_out_in_worker(lambda _done, _total: None, path=str(path), within=within, target=str(target), max_bytes=2**20)


def test_a_file_in_an_archive_in_a_mail_is_taken_out(tmp_path: Path) -> None:
    path, target = mail(tmp_path / "a.eml"), tmp_path / "out.md"
    take(path, target, "资料.zip", "清单.md")
    assert "74 张卡" in target.read_text("utf-8")


def test_a_file_in_a_folder_of_the_archive_is_taken_out_by_the_place_that_reading_gave_it(tmp_path: Path) -> None:
    path, target = mail(tmp_path / "a.eml"), tmp_path / "out.md"
    context = Context(max_bytes=2**20)
    _, document = parse_file(path, reading_inside(context, path))
    cited = next(one for one in document.elements if "74 张卡" in one.text)
    assert cited.locator.within == ("资料.zip", "附录/清单.md")
    take(path, target, *cited.locator.within)
    assert "74 张卡" in target.read_text("utf-8")


def test_an_archive_inside_is_a_list_of_its_documents(tmp_path: Path) -> None:
    archive = tmp_path / "资料.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("附录/清单.md", "# 清单\n")
        packed.writestr("附录/照片.raw", b"\0")
        packed.writestr("../逃走.md", "# 逃走\n")
    items = Opened(archive).piece()
    assert [(one["kind"], one["text"], one["within"]) for one in items] == [
        ("file", "附录/清单.md", ["附录/清单.md"]),
    ]


def test_names_that_lead_nowhere_are_told(tmp_path: Path) -> None:
    path, target = mail(tmp_path / "a.eml"), tmp_path / "out.md"
    for within in (("别的.zip",), ("资料.zip", "../../etc/passwd"), ("/etc/passwd",)):
        with pytest.raises(DocumentNotFound):
            take(path, target, *within)
    assert not target.exists()


def test_a_view_names_the_files_inside(tmp_path: Path) -> None:
    item = next(one for one in Opened(mail(tmp_path / "a.eml")).piece() if one["kind"] == "file")
    assert (item["text"], item["within"]) == ("资料.zip", ["资料.zip"])
