import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner

from caselore import build_app
from ingest.errors import EmptyDocument, NothingToIngest, UsageError
from tests.ingest.parse.ocr.writing import encoded, written

HANDOVER = "# 交接\n\n高睿负责堡垒机。\n\n| 事项 | 期限 |\n|---|---|\n| 换证书 | 九月 |\n"

runner = CliRunner()


@pytest.fixture
def handover(tmp_path: Path) -> Path:
    file = tmp_path / "交接.md"
    file.write_text(HANDOVER, "utf-8")
    return file


def test_a_file_as_a_tree(handover: Path) -> None:
    done = runner.invoke(build_app(), ["parse", str(handover)])
    assert done.exit_code == 0, done.output
    assert "高睿负责堡垒机。  [第3行]" in done.output
    assert "换证书" in done.output


def test_one_file_as_one_json_document(handover: Path) -> None:
    done = runner.invoke(build_app(), ["parse", str(handover), "--json"])
    found = json.loads(done.stdout)
    assert found["format"] == "md"
    assert found["metadata"]["title"] == "交接"
    assert [one["kind"] for one in found["elements"]] == ["heading", "paragraph", "table"]
    assert found["elements"][1]["locator"]["line_start"] == 3
    assert found["left_out"] == found["unread"] == []


def test_a_folder_where_one_file_is_bad(handover: Path) -> None:
    (handover.parent / "空.md").write_bytes(b"")
    done = runner.invoke(build_app(), ["parse", str(handover.parent), "--json"])
    assert done.exit_code == 3
    found = json.loads(done.stdout)
    assert [one["metadata"]["path"] for one in found["documents"]] == ["交接.md"]
    assert [(Path(one["path"]).name, bool(one["hint"])) for one in found["failures"]] == [("空.md", True)]


def test_one_bad_file_is_its_own_error(handover: Path) -> None:
    handover.write_bytes(b"")
    with pytest.raises(EmptyDocument):
        runner.invoke(build_app(), ["parse", str(handover)], catch_exceptions=False)


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(NothingToIngest):
        runner.invoke(build_app(), ["parse", str(tmp_path / "x.md")], catch_exceptions=False)


def test_a_page_for_one_and_a_folder_of_pages_for_many(handover: Path) -> None:
    out = handover.parent / "看" / "交接.html"
    assert runner.invoke(build_app(), ["parse", str(handover), "--html", str(out)]).exit_code == 0
    assert "高睿负责堡垒机。" in out.read_text("utf-8")
    many = handover.parent.parent / "many"
    assert runner.invoke(build_app(), ["parse", str(handover.parent), "--html", str(many)]).exit_code == 0
    assert (many / "交接.md.html").is_file()
    with pytest.raises(UsageError, match="is a file"):
        runner.invoke(build_app(), ["parse", str(handover.parent), "--html", str(out)], catch_exceptions=False)


def test_the_documents_of_an_archive(handover: Path) -> None:
    bundle = handover.parent / "归档.zip"
    with ZipFile(bundle, "w") as archive:
        archive.writestr("纪要/交接.md", HANDOVER)
        archive.writestr("空.md", b"")
        archive.writestr("../外.md", HANDOVER)
    done = runner.invoke(build_app(), ["parse", str(bundle), "--json"])
    assert done.exit_code == 3
    found = json.loads(done.stdout)
    assert [one["metadata"]["path"] for one in found["documents"]] == ["归档.zip/纪要/交接.md"]
    assert [one["path"] for one in found["failures"]] == [f"{bundle}/外.md", f"{bundle}/空.md"]
    shown = runner.invoke(build_app(), ["parse", str(bundle)])
    assert "归档.zip/纪要/交接.md" in shown.output
    assert "高睿负责堡垒机。  [第3行]" in shown.output


def test_pictures_without_text_in_a_folder_are_no_failures(handover: Path) -> None:
    (handover.parent / "logo.png").write_bytes(encoded(written()))
    done = runner.invoke(build_app(), ["parse", str(handover.parent)])
    assert (done.exit_code, "1 picture without text" in done.output) == (0, True)
