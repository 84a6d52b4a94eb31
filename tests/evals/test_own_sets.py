import io
import zipfile
from pathlib import Path

import pytest

from evals.own_sets import MAX_UNPACKED, OwnSets, SetNotFound
from evals.question_file import write_template
from ingest.errors import UsageError

CSV = "问题,可回答,资料没有的\n报价是多少？,否,报价\n"


def test_a_file_is_kept_and_read(tmp_path: Path) -> None:
    own = OwnSets(tmp_path / "sets")
    assert own.names() == []
    assert own.put("我的题.csv", CSV.encode()) == 1
    assert own.names() == ["我的题.csv"]
    chosen = own.read("我的题.csv")
    assert (chosen.name, chosen.split, len(chosen.questions)) == ("我的题", "own", 1)


def test_the_template_can_be_filled_in(tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx")
    assert OwnSets(tmp_path / "sets").put("t.xlsx", (tmp_path / "t.xlsx").read_bytes()) == 1


def test_wrong_rows_are_told_without_where_files_lie(tmp_path: Path) -> None:
    own = OwnSets(tmp_path / "sets")
    own.put("a.csv", CSV.encode())
    with pytest.raises(UsageError) as wrong:
        own.put("a.csv", "问题,可回答\n报价是多少？,也许\n".encode())
    assert "row 2" in wrong.value.message
    assert str(tmp_path) not in wrong.value.message
    assert len(own.read("a.csv").questions) == 1, "the older file stays"
    assert [one.name for one in (tmp_path / "sets").iterdir()] == ["a.csv"], "nothing unfinished is left"


@pytest.mark.parametrize("name", ["../a.csv", "a.txt", ".a.csv", "sub/a.csv"])
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError):
        OwnSets(tmp_path / "sets").put(name, CSV.encode())
    with pytest.raises(SetNotFound):
        OwnSets(tmp_path / "sets").read(name)


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (MAX_UNPACKED + 1))
    with pytest.raises(UsageError, match="unpacks to more"):
        OwnSets(tmp_path / "sets").put("bomb.xlsx", packed.getvalue())
    with pytest.raises(UsageError, match="workbook"):
        OwnSets(tmp_path / "sets").put("none.xlsx", b"PK none")


def test_a_file_is_removed(tmp_path: Path) -> None:
    own = OwnSets(tmp_path / "sets")
    own.put("a.csv", CSV.encode())
    own.remove("a.csv")
    with pytest.raises(SetNotFound):
        own.remove("a.csv")
