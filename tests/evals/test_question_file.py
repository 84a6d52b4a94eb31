"""Questions of one's own: the template can be read back, and every wrong row is named."""

import csv
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from evals.question_file import COLUMNS, read_questions, write_template
from ingest.errors import UsageError


def sheet(path: Path, *rows: list[object]) -> Path:
    workbook = Workbook()
    assert workbook.active is not None
    for row in rows:
        workbook.active.append(row)
    workbook.save(path)
    return path


HEADER: list[object] = ["问题", "可回答", "依据", "数字", "要点", "资料没有的"]


@pytest.mark.parametrize("name", ["mine.xlsx", "mine.csv"])
def test_the_template_is_a_question_set(tmp_path: Path, name: str) -> None:
    write_template(tmp_path / name)
    (question,) = read_questions(tmp_path / name)
    assert question.question == "星衡银行 AICC 双活的 RPO 和 RTO 是多少？"
    assert (question.gold[0].path, question.gold[0].quote) == ("双活设计_V1.2.docx", "RPO不超过5秒")
    assert question.figures == ("5秒", "10分钟")
    assert question.points == ("RPO 不超过 5 秒", "RTO 不超过 10 分钟")


def test_the_workbook_explains_its_columns(tmp_path: Path) -> None:
    write_template(tmp_path / "mine.xlsx")
    guide = load_workbook(tmp_path / "mine.xlsx")["填写说明"]
    assert [row[0] for row in guide.iter_rows(min_row=2, values_only=True)] == [column.chinese for column in COLUMNS]


def test_a_template_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "mine.xlsx").write_bytes(b"work of hours")
    with pytest.raises(UsageError, match="exists"):
        write_template(tmp_path / "mine.xlsx")
    assert (tmp_path / "mine.xlsx").read_bytes() == b"work of hours"


def test_cells_become_fields(tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "q.xlsx",
        HEADER,
        ["RPO 是多少？", "是", "a.docx | RPO 为 0\nb.xlsx ｜ 0", 0, None, None],
        [None] * 6,
        ["报价？", "否", None, None, None, "报价"],
    )
    first, second = read_questions(path)
    assert [gold.path for gold in first.gold] == ["a.docx", "b.xlsx"]
    assert (first.id, first.figures, second.id) == ("row-2", ("0",), "row-4")
    assert (second.answerable, second.missing) == (False, "报价")


def test_every_wrong_row_is_named_with_what_is_wrong(tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "q.xlsx",
        HEADER,
        ["好的", "是", "a.docx | 原文", None, None, None],
        ["没填", None, None, None, None, None],
        ["报价？", "否", None, None, None, None],
        ["依据不全？", "是", "a.docx", None, None, None],
        [None, "是", "a.docx | 原文", None, None, None],
    )
    with pytest.raises(UsageError) as caught:
        read_questions(path)
    message = caught.value.message
    assert "4 wrong rows" in message
    assert "row 3: 可回答" in message
    assert "row 4: 资料没有的" in message
    assert "row 5: 依据" in message
    assert "row 6: the question is empty" in message


def test_a_table_without_its_columns_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="可回答"):
        read_questions(sheet(tmp_path / "q.xlsx", ["问题"], ["RPO？"]))


def test_a_csv_of_excel_in_chinese_is_read(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([HEADER, ["双活的RPO是多少？资料里怎么写", "是", "设计.docx | RPO为零", "", "", ""]])
    assert read_questions(path)[0].gold[0].quote == "RPO为零"


@pytest.mark.parametrize("name", ["q.docx", "q.xlsx", "gone.csv"])
def test_what_is_no_table_is_told(tmp_path: Path, name: str) -> None:
    if not name.startswith("gone"):
        (tmp_path / name).write_bytes(b"no table")
    with pytest.raises(UsageError):
        read_questions(tmp_path / name)


@pytest.mark.parametrize("name", ["gone.xlsx", "gone.csv"])
def test_a_file_that_is_not_there_is_not_to_be_saved_anew(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="is not there") as told:
        read_questions(tmp_path / name)
    assert "Save it anew" not in str(told.value)


def test_two_questions_of_one_id_are_told(tmp_path: Path) -> None:
    path = sheet(tmp_path / "q.xlsx", ["编号", "问题", "可回答"], ["a", "一？", "是"], ["a", "二？", "是"])
    with pytest.raises(UsageError, match="the id a"):
        read_questions(path)


def test_a_workbook_with_a_damaged_sheet_is_told(tmp_path: Path) -> None:
    whole = sheet(tmp_path / "whole.xlsx", HEADER, ["双活？", "是"])
    with ZipFile(whole) as parts, ZipFile(tmp_path / "mine.xlsx", "w") as damaged:
        for name in parts.namelist():
            content = parts.read(name)
            damaged.writestr(name, content[: len(content) // 2] if "sheet1.xml" in name else content)
    with pytest.raises(UsageError, match=r"mine\.xlsx cannot be opened as a workbook"):
        read_questions(tmp_path / "mine.xlsx")


def test_a_table_that_is_none_is_told(tmp_path: Path) -> None:
    # A quote that is never closed makes one field of all that follows.
    (tmp_path / "mine.csv").write_text('问题,可回答\n"双活？,是\n容灾？,是\n', encoding="utf-8")
    with pytest.raises(UsageError, match=r"mine\.csv cannot be read as a table"):
        read_questions(tmp_path / "mine.csv")
